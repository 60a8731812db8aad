import type { ViewsOpenArguments, WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { UsageError } from "../usage-error.ts";
import { sentenceOf } from "./slack-advice.ts";
import { faultOf } from "./slack-fault.ts";

/**
 * Opens a form for whoever pressed a button, once: opened again it would lie on top of itself.
 *
 * @throws UsageError that says what to do when it did not open, or may not have.
 */
export async function openView(
  { client, log }: { readonly client: Pick<WebClient, "views">; readonly log: Pick<Logger, "warn"> },
  form: ViewsOpenArguments,
): Promise<void> {
  try {
    await client.views.open(form);
  } catch (err) {
    const fault = faultOf(err);
    log.warn({ where: "views.open", ...fault }, "a form did not open");
    throw new UsageError(
      fault.fate === "unknown"
        ? "Slack did not confirm that the form opened. If you do not see it, press the button again."
        : `The form did not open. ${sentenceOf(fault)}`,
    );
  }
}
