import type { ActionsBlock, Button } from "@slack/types";
import type { Reply } from "../command.ts";
import { plainText, type SlackMessage } from "./block-parts.ts";
import { type ImportRequest, toValue, type UndoRequest } from "./import-request.ts";
import { limits } from "./limits.ts";
import { renderNotice, renderReply } from "./render-blocks.ts";

/** The `action_id` of the buttons of an import starts with this. */
export const IMPORT_ACTION = /^import:(check|run|cancel|undo)(:|$)/;

/** What would change, to be decided. */
export function renderPreview(reply: Reply, request: ImportRequest): SlackMessage {
  return withButtons(renderReply(reply, { line: "" }), [
    button("Import", "import:run", toValue(request), "primary"),
    cancel(request),
  ]);
}

/** The one question that files cannot answer. */
export function renderDateQuestion(finding: string, request: ImportRequest): SlackMessage {
  const asked = renderNotice(`${finding} Which comes first, the day or the month?`);
  const choice = (label: string, dates: "dmy" | "mdy") =>
    button(label, `import:check:${dates}`, toValue({ ...request, dates, attempt: request.attempt + 1 }));
  return withButtons(asked, [choice("Day first", "dmy"), choice("Month first", "mdy"), cancel(request)]);
}

/** What went wrong. `step` is what may be tried again. */
export function renderRefusal(sentence: string, request: ImportRequest, step: "check" | "run"): SlackMessage {
  const again = toValue({ ...request, attempt: request.attempt + 1 });
  // An import of several sources may have loaded the first of them.
  const told = step === "check" ? `${sentence} Nothing was imported.` : sentence;
  return withButtons(renderNotice(told), [
    button("Try again", `import:${step}:again`, again),
    cancel(request),
  ]);
}

/** What was imported, and the way back. */
export function renderImported(
  reply: Reply,
  importIds: readonly number[],
  remark: string | undefined,
): SlackMessage {
  const noted = remark === undefined ? reply : { ...reply, notes: [...(reply.notes ?? []), remark] };
  return withButtons(renderReply(noted, { line: "" }), [undo({ imports: importIds, attempt: 0 })]);
}

/** Why an import could not be undone, or not entirely. */
export function renderUndoRefusal(sentence: string, request: UndoRequest): SlackMessage {
  return withButtons(renderNotice(sentence), [undo({ ...request, attempt: request.attempt + 1 })]);
}

function undo(request: UndoRequest): Button {
  return {
    ...button("Undo import", "import:undo", toValue(request), "danger"),
    confirm: {
      title: plainText("Undo this import?", 100),
      text: plainText(
        "Everything it brought is taken back, for everybody, as if it had never been loaded.",
        300,
      ),
      confirm: plainText("Undo", 30),
      deny: plainText("Keep", 30),
      style: "danger",
    },
  };
}

function cancel(request: ImportRequest): Button {
  return button("Cancel", "import:cancel", toValue(request));
}

function button(label: string, id: string, value: string, style?: "primary" | "danger"): Button {
  return {
    type: "button",
    action_id: id,
    text: plainText(label, limits.buttonText),
    value,
    ...(style && { style }),
  };
}

function withButtons(message: SlackMessage, elements: readonly Button[]): SlackMessage {
  const actions: ActionsBlock = { type: "actions", elements: [...elements] };
  return { ...message, blocks: [...message.blocks, actions] };
}
