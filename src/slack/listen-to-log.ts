import type { App, ViewSubmitAction } from "@slack/bolt";
import type { TeamOf } from "./admit.ts";
import { readFormMetadata, submittedFrom } from "./form-metadata.ts";
import { LOG_SHORTCUT, logLine } from "./log-form.ts";
import { readMessageShortcut, readViewSubmission } from "./payloads.ts";

/** "Log in Portfolio" in the menu of a message, and the form that it opens. */
export function listenToLog(app: App, teamOf: TeamOf): void {
  app.shortcut({ type: "message_action", callback_id: LOG_SHORTCUT }, async ({ ack, body, context }) => {
    const { interaction, ...used } = readMessageShortcut(body);
    await teamOf(context).dispatch(ack, interaction, { kind: "open-log", line: "log", ...used });
  });

  app.view<ViewSubmitAction>(LOG_SHORTCUT, async ({ ack, body, context }) => {
    const { metadata, values, viewId, ...submission } = readViewSubmission(body);
    const form = readFormMetadata(metadata);
    const logged = logLine(form.line, values);
    if (!logged.ok) return ack({ response_action: "errors", errors: logged.errors });
    const from = submittedFrom(form, submission);
    await teamOf(context).dispatch(ack, from, { kind: "fill", line: logged.line, viewId });
  });
}
