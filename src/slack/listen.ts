import type { App, ViewSubmitAction } from "@slack/bolt";
import type { Logger } from "pino";
import type { TeamOf } from "./admit.ts";
import type { Step } from "./dispatch.ts";
import { FILTER_FORM, LOADED_FIELD, readFormMetadata } from "./filter-form.ts";
import { readBlockActions, readBlockSuggestion, readSlashCommand, readViewSubmission } from "./payloads.ts";
import { SETTINGS_FORM, ZONE_FIELD, zoneOptions } from "./settings-form.ts";
import { within } from "./time-limit.ts";
import { readTypedLine } from "./typed-line.ts";

/** The slash command, as in manifest.yml. */
const SLASH_COMMAND = "/portfolio";
/** Slack gives up on the options of a menu after three seconds. */
const OPTIONS_WITHIN_MS = 2500;

/** Commands, buttons, menus and the filter form. */
export function listenToLines(app: App, teamOf: TeamOf): void {
  app.command(SLASH_COMMAND, async ({ ack, body, context }) => {
    const { text, interaction } = readSlashCommand(body);
    await teamOf(context).dispatch(ack, interaction, { kind: "answer", line: readTypedLine(text) });
  });

  app.action(/^(run|choose|share|download|filter):/, async ({ ack, body, context }) => {
    const { actionId, line, triggerId, interaction } = readBlockActions(body);
    const step = stepOf(actionId, line, triggerId);
    if (step) await teamOf(context).dispatch(ack, interaction, step);
    else await ack();
  });

  app.view(FILTER_FORM, async ({ ack, body, context }) => {
    const { metadata, values, sender, requestId } = readViewSubmission(body);
    const form = readFormMetadata(metadata);
    const { channelId, responseUrl, message } = form;
    const interaction = { ...sender, requestId, channelId, responseUrl, message };
    await teamOf(context).dispatch(ack, interaction, { kind: "submit-form", form, values });
  });
}

/** What pressing an element means; its `action_id` says so. */
function stepOf(actionId: string, line: string | undefined, triggerId: string | undefined): Step | undefined {
  if (line === undefined) return undefined;
  if (actionId.startsWith("share:")) return { kind: "share", line };
  if (actionId.startsWith("download:")) return { kind: "download", line };
  if (!actionId.startsWith("filter:")) return { kind: "answer", line };
  return triggerId === undefined ? undefined : { kind: "open-form", line, triggerId };
}

/** The form in which an admin changes settings. */
export function listenToSettings(app: App, teamOf: TeamOf): void {
  app.action(/^form:/, async ({ ack, body, context }) => {
    const { line: form, triggerId, interaction } = readBlockActions(body);
    if (form !== SETTINGS_FORM) return;
    if (triggerId === undefined) await ack();
    else await teamOf(context).settings.open(ack, interaction, triggerId);
  });
  app.view<ViewSubmitAction>(SETTINGS_FORM, async ({ ack, body, context }) => {
    await teamOf(context).settings.submit(ack, readViewSubmission(body));
  });
}

/** The options of menus that are searched. */
export function listenToMenus(app: App, teamOf: TeamOf, log: Pick<Logger, "error">): void {
  app.options(ZONE_FIELD, async ({ ack, body }) => {
    await ack({ options: [...zoneOptions(readBlockSuggestion(body).typed)] });
  });
  app.options(LOADED_FIELD, async ({ ack, body, context }) => {
    const request = readBlockSuggestion(body);
    const loaded = teamOf(context)
      .options(request)
      .catch((err: unknown) => {
        log.error({ err, actionId: request.actionId }, "the options of a menu could not be loaded");
        return [];
      });
    await ack({ options: [...(await within(OPTIONS_WITHIN_MS, loaded, []))] });
  });
}
