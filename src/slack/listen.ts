import type { App, Context, ViewSubmitAction } from "@slack/bolt";
import type { Logger } from "pino";
import type { TeamOf } from "./admit.ts";
import { isForeign, type Step } from "./dispatch.ts";
import { fillForms, fillLine } from "./fill-form.ts";
import { readFillValue } from "./fill-value.ts";
import { FILTER_FORM, LOADED_FIELD } from "./filter-form.ts";
import { readFormMetadata, submittedFrom } from "./form-metadata.ts";
import { ACCOUNT_FIELD } from "./log-form.ts";
import { readBlockActions, readBlockSuggestion, readSlashCommand, readViewSubmission } from "./payloads.ts";
import { readQuestion } from "./questions.ts";
import { SETTINGS_FORM, ZONE_FIELD, zoneOptions } from "./settings-form.ts";
import { within } from "./time-limit.ts";
import { readTypedLine } from "./typed-line.ts";

/** The slash command, as in manifest.yml. */
const SLASH_COMMAND = "/portfolio";
/** Slack gives up on the options of a menu after three seconds. */
const OPTIONS_WITHIN_MS = 2500;

/** Commands, buttons, menus, and the forms that change a line or add to it. */
export function listenToLines(app: App, teamOf: TeamOf): void {
  app.command(SLASH_COMMAND, async ({ ack, body, context }) => {
    const { text, interaction } = readSlashCommand(body);
    await teamOf(context).dispatch(ack, interaction, { kind: "answer", line: readTypedLine(text) });
  });

  app.action(/^(run|choose|share|download|filter|fill-\w+):/, async ({ ack, body, context }) => {
    const { interaction, ...pressed } = readBlockActions(body);
    const step = stepOf(pressed);
    if (step) await teamOf(context).dispatch(ack, interaction, step);
    else await ack();
  });

  app.view(FILTER_FORM, async ({ ack, body, context }) => {
    const { metadata, values, ...submission } = readViewSubmission(body);
    const form = readFormMetadata(metadata);
    const from = submittedFrom(form, submission);
    await teamOf(context).dispatch(ack, from, { kind: "submit-form", form, values });
  });

  for (const form of fillForms) {
    app.view<ViewSubmitAction>(`fill-${form}`, async ({ ack, body, context }) => {
      const { metadata, values, viewId, ...submission } = readViewSubmission(body);
      const { line, ...whence } = readFormMetadata(metadata);
      const filled = fillLine(form, line, values);
      if (!filled.ok) return ack({ response_action: "errors", errors: filled.errors });
      const from = submittedFrom(whence, submission);
      await teamOf(context).dispatch(ack, from, { kind: "fill", line: filled.line, viewId });
    });
  }
}

/** What pressing an element means; its `action_id` says so. */
function stepOf({
  actionId,
  line,
  label,
  triggerId,
}: Omit<ReturnType<typeof readBlockActions>, "interaction">): Step | undefined {
  if (line === undefined) return undefined;
  const [kind] = actionId.split(":");
  if (kind === "share" || kind === "download") return { kind, line };
  const form = kind === "filter" ? kind : fillForms.find((each) => kind === `fill-${each}`);
  if (form === undefined) return { kind: "answer", line };
  if (triggerId === undefined) return undefined;
  const { about, ...filled } = readFillValue(line);
  const title = [label, about].filter((part) => part !== undefined).join(": ");
  return { kind: "open-form", form, ...filled, label: title, triggerId };
}

/** Questions in words: of the app by its name in a channel, and in direct messages. */
export function listenToQuestions(app: App, teamOf: TeamOf): void {
  const answer = async ({ body, context }: { readonly body: unknown; readonly context: Context }) => {
    const question = readQuestion(body);
    if (!question) return;
    const { installed, dispatch } = teamOf(context);
    // People of another company did not press anything of ours, and expect nothing.
    if (isForeign(question.from, installed.teamId)) return;
    // Bolt acknowledges events by itself.
    await dispatch(async () => {}, question.from, { kind: "ask", line: question.text });
  };
  app.event("app_mention", answer);
  app.event("message", answer);
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
  for (const field of [LOADED_FIELD, ACCOUNT_FIELD])
    app.options(field, async ({ ack, body, context }) => {
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
