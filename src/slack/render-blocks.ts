import type { KnownBlock, RichTextText } from "@slack/types";
import type { Action, Line, Reply, Span } from "../command.ts";
import { characters, context, plainText, richText, type SlackMessage } from "./block-parts.ts";
import { withDownload } from "./download-action.ts";
import { limits } from "./limits.ts";
import { escapeMarkup, runningText, spanText } from "./readable-text.ts";
import { renderActions } from "./render-actions.ts";
import { omitted, renderTable } from "./render-table.ts";

/** Shares of a message's characters; what a part leaves over goes to the table. */
const MOST_HEADLINE = 600;
const MOST_ACTIONS = 3500;
const MOST_FACTS = 2000;
const LEAST_TABLE = 3000;
const MOST_NOTES = 8;
const MOST_NOTE = 300;
/** For the sentences about what was left out. */
const RESERVE = 400;

interface RenderOptions {
  /** The line that asks for this reply again, without the slash command and its page. */
  readonly line: string;
  /** For a message that the whole channel sees. */
  readonly shared?: { readonly by: string };
}

/**
 * A reply as a Slack message, whatever is in it: what is too long or too much is left out, and the message
 * says so.
 */
export function renderReply(reply: Reply, { line, shared }: RenderOptions): SlackMessage {
  const headline = runningText(reply.headline, MOST_HEADLINE, "Portfolio");
  const heading = renderHeadline(headline);
  const offered = reply.actions ?? [];
  const actions = renderActions(
    shared ? sharedActions(offered, line) : withDownload(offered, reply, line),
    MOST_ACTIONS,
  );
  const notes = context(smallPrint(reply, line, shared));
  let left = limits.messageCharacters - characters([...heading, ...actions.blocks, ...notes]) - RESERVE;
  const reserved = reply.table ? LEAST_TABLE : 0;
  const facts = renderFacts(reply.facts ?? [], Math.min(MOST_FACTS, left - reserved));
  left -= characters(facts.blocks);
  const lines = renderLines(reply.lines ?? [], left - reserved);
  left -= characters(lines.blocks);
  const table = reply.table ? renderTable(reply.table, left) : { blocks: [], omissions: [] };
  const omissions = [...lines.omissions, ...facts.omissions, ...table.omissions, ...actions.omissions];
  return {
    text: escapeMarkup(headline),
    blocks: [
      ...heading,
      ...lines.blocks,
      ...facts.blocks,
      ...table.blocks,
      ...context(omissions),
      ...actions.blocks,
      ...notes,
    ],
  };
}

/** What the person did wrong, and lines to press that work. */
export function renderUsage(
  message: string,
  suggestions: readonly { readonly label: string; readonly line: string }[],
): SlackMessage {
  const buttons = suggestions.map((suggestion): Action => ({ kind: "run", ...suggestion }));
  return {
    text: escapeMarkup(runningText(message, MOST_HEADLINE, "That did not work.")),
    blocks: [
      ...richText([codeSpans(message.slice(0, 3000)).map(renderSpan).filter(isThere)]),
      ...renderActions(buttons, MOST_ACTIONS).blocks,
    ],
  };
}

/** What we did wrong, in one sentence that lets an admin find the cause. */
export function renderFailure(id: string): SlackMessage {
  return renderNotice(failureSentence(id));
}

export function failureSentence(id: string): string {
  return `Something went wrong on our side and was noted as ${id}; please try again in a moment.`;
}

/** One plain sentence. */
export function renderNotice(sentence: string): SlackMessage {
  const text = runningText(sentence, 1000);
  return { text: escapeMarkup(text), blocks: [...richText([[{ type: "text", text }]])] };
}

function renderHeadline(headline: string): readonly KnownBlock[] {
  if (headline.length <= limits.headerText) {
    return [{ type: "header", text: plainText(headline, limits.headerText) }];
  }
  return richText([[{ type: "text", text: headline, style: { bold: true } }]]);
}

function smallPrint(reply: Reply, line: string, shared: RenderOptions["shared"]): readonly string[] {
  const all = reply.notes ?? [];
  const notes = all.slice(0, MOST_NOTES).map((note) => runningText(note, MOST_NOTE));
  // A person's id means nothing to a reader.
  const isReadable = line.trim() !== "" && !line.includes("<@");
  return [
    ...(shared ? [`Shared by ${runningText(shared.by, 100, "a colleague")}`] : []),
    ...notes,
    ...omitted(all.length - notes.length, "note", ""),
    ...(isReadable ? [runningText(`/portfolio ${line}`, MOST_NOTE)] : []),
  ];
}

function renderLines(lines: readonly Line[], budget: number) {
  const shown: RichTextText[][] = [];
  let left = budget;
  for (const line of lines) {
    const spans = line.map(renderSpan).filter(isThere);
    left -= characters(spans) + 1;
    if (left < 0) break;
    shown.push(spans);
  }
  return { blocks: richText(shown), omissions: omitted(lines.length - shown.length, "line", "") };
}

function renderFacts(facts: NonNullable<Reply["facts"]>, budget: number) {
  const shown: RichTextText[][] = [];
  let left = budget;
  for (const { label, value } of facts) {
    const name = runningText(label, 75);
    const line: RichTextText[] = [
      { type: "text", text: name, style: { bold: true } },
      { type: "text", text: `  ${runningText(value, 300)}` },
    ];
    left -= characters(line) + 1;
    if (left < 0) break;
    shown.push(line);
  }
  return { blocks: richText(shown), omissions: omitted(facts.length - shown.length, "figure", "") };
}

function renderSpan(span: Span): RichTextText {
  if (typeof span === "string") return { type: "text", text: spanText(span, 1000) };
  return { type: "text", text: spanText(span.text, 1000), style: { [span.style]: true } };
}

function isThere({ text }: RichTextText): boolean {
  return text !== "";
}

/** Our own sentences put what can be typed between backticks. */
function codeSpans(sentence: string): Line {
  return sentence.split("`").map((text, index): Span => (index % 2 === 1 ? { text, style: "code" } : text));
}

/** In a channel only what opens something for the person who presses it: nothing that changes the message. */
function sharedActions(actions: readonly Action[], line: string): readonly Action[] {
  const own = withoutPage(line);
  return actions.filter((action) => {
    if (action.kind === "run") return withoutPage(action.line) !== own;
    return action.kind === "choose";
  });
}

/** A line without the page and snapshot that `formatQuery` puts at its end. */
function withoutPage(line: string): string {
  return line.trim().replace(/(\s+page:\d+)?(\s+snapshot:\d+)?$/, "");
}
