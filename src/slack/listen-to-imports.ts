import type { App, Context, ViewSubmitAction } from "@slack/bolt";
import { readGivenFiles } from "./given-files.ts";
import type { ImportFlow } from "./import-flow.ts";
import { IMPORT_FORM, readImportForm, readImportMetadata } from "./import-form.ts";
import { IMPORT_ACTION } from "./import-messages.ts";
import { readDecision } from "./import-request.ts";
import { readBlockActions, readViewSubmission } from "./payloads.ts";

/** Buttons, the form and messages that an import consists of. Each is acknowledged before anything is done about it. */
export function listenToImports(app: App, flowOf: (context: Context) => ImportFlow): void {
  app.action(/^form:/, async ({ ack, body, context }) => {
    const { line: form, triggerId, interaction } = readBlockActions(body);
    if (form !== IMPORT_FORM) return;
    await ack();
    if (triggerId !== undefined) await flowOf(context).open(interaction, triggerId);
  });

  app.view<ViewSubmitAction>(IMPORT_FORM, async ({ ack, body, context }) => {
    const { metadata, values, sender, requestId } = readViewSubmission(body);
    const form = readImportForm(values);
    if (!form.ok) return ack({ response_action: "errors", errors: form.errors });
    await ack();
    const { channelId, responseUrl } = readImportMetadata(metadata);
    const from = { ...sender, requestId, channelId, responseUrl, message: undefined };
    await flowOf(context).begin(from, form.request);
  });

  app.action(IMPORT_ACTION, async ({ ack, body, context }) => {
    await ack();
    const { actionId, line: value, interaction } = readBlockActions(body);
    const [, step = ""] = actionId.split(":");
    const decision = readDecision(step, value);
    if (decision) await flowOf(context).press(interaction, decision);
  });

  // Bolt acknowledges events by itself.
  app.event("message", async ({ body, context }) => {
    const given = readGivenFiles(body);
    if (given) await flowOf(context).begin(given.from, given.request);
  });
}
