import type { KnownBlock } from "@slack/types";
import type { Action, Reply, Table } from "../command.ts";
import { characters, context, plainText, richText, type SlackMessage } from "./block-parts.ts";
import { withDownload } from "./download-action.ts";
import { limits } from "./limits.ts";
import { escapeMarkup, runningText } from "./readable-text.ts";
import { renderActions } from "./render-actions.ts";
import { type ChartView, type Pictures, renderCharts, waysOf } from "./render-charts.ts";
import { renderEntries } from "./render-entries.ts";
import { renderFacts, renderLines, renderSentence } from "./render-paragraphs.ts";
import { type FittedTable, omitted, renderPlainTable, renderTable } from "./render-table.ts";

/** Shares of a message's characters; what a part leaves over goes to the table. */
const MOST_HEADLINE = 600;
const MOST_ACTIONS = 3500;
const MOST_FACTS = 2000;
const MOST_CHARTS = 4000;
const LEAST_TABLE = 3000;
/** What else is in a message takes fewer blocks than the rest. */
const MOST_ENTRY_BLOCKS = 30;
const MOST_NOTES = 8;
const MOST_NOTE = 300;
/** For the sentences about what was left out. */
const RESERVE = 400;

export interface RenderOptions {
  /** The line that asks for this reply again, without the slash command and its page. */
  readonly line: string;
  /** For a message that the whole channel sees. */
  readonly shared?: { readonly by: string };
  /** Which of the message's forms, from 0; the last shows charts and tables as text. */
  readonly form?: number;
  readonly pictures?: Pictures;
  /** Sentences about how the charts are shown. */
  readonly remarks?: readonly string[];
}

/**
 * A reply as a Slack message, whatever is in it: what is too long or too much is left out, and the message
 * says so.
 */
export function renderReply(reply: Reply, options: RenderOptions): SlackMessage {
  const { line, shared, remarks = [] } = options;
  const headline = runningText(reply.headline, MOST_HEADLINE, "Portfolio");
  const heading = renderHeadline(headline);
  const offered = reply.actions ?? [];
  const actions = renderActions(
    shared ? sharedActions(offered, line) : withDownload(offered, reply, line),
    MOST_ACTIONS,
  );
  const notes = context([...remarks, ...smallPrint(reply, line, shared)]);
  let left = limits.messageCharacters - characters([...heading, ...actions.blocks, ...notes]) - RESERVE;
  const reserved = reply.table ? LEAST_TABLE : 0;
  const charts = renderCharts(reply.charts ?? [], viewOf(options), Math.min(MOST_CHARTS, left - reserved));
  const chartRemarks = context(charts.remarks);
  left -= characters([...charts.blocks, ...chartRemarks]);
  const facts = renderFacts(reply.facts ?? [], Math.min(MOST_FACTS, left - reserved));
  left -= characters(facts.blocks);
  const lines = renderLines(reply.lines ?? [], left - reserved);
  left -= characters(lines.blocks);
  const entries = renderEntries(
    reply.entries ?? [],
    { characters: left - reserved, blocks: MOST_ENTRY_BLOCKS },
    (some) => (shared ? sharedActions(some, line) : some),
  );
  left -= characters(entries.blocks);
  const table = reply.table ? tableOf(reply.table, reply, options, left) : { blocks: [], omissions: [] };
  const omissions = [lines, entries, facts, table, actions].flatMap((part) => part.omissions);
  return {
    text: escapeMarkup(headline),
    blocks: [
      ...heading,
      ...lines.blocks,
      ...entries.blocks,
      ...facts.blocks,
      ...charts.blocks,
      ...chartRemarks,
      ...table.blocks,
      ...context(omissions),
      ...actions.blocks,
      ...notes,
    ],
  };
}

/** How many forms a reply's message has: one for every way of its charts, and its table as text. */
export function formsIn({ charts = [], table }: Reply, surface: ChartView["surface"]): number {
  return Math.max(table ? 2 : 1, ...charts.map((chart, index) => waysOf(chart, index, surface).length));
}

function viewOf({ shared, form = 0, pictures = new Map() }: RenderOptions): ChartView {
  return { surface: shared ? "shared" : "private", fall: form, pictures };
}

function tableOf(table: Table, reply: Reply, options: RenderOptions, budget: number): FittedTable {
  const { surface, fall } = viewOf(options);
  const isLast = fall > 0 && fall >= formsIn(reply, surface) - 1;
  return isLast ? renderPlainTable(table, budget) : renderTable(table, budget);
}

/** What the person did wrong, and lines to press that work. */
export function renderUsage(
  message: string,
  suggestions: readonly { readonly label: string; readonly line: string }[],
): SlackMessage {
  const buttons = suggestions.map((suggestion): Action => ({ kind: "run", ...suggestion }));
  return {
    text: escapeMarkup(runningText(message, MOST_HEADLINE, "That did not work.")),
    blocks: [...renderSentence(message.slice(0, 3000)), ...renderActions(buttons, MOST_ACTIONS).blocks],
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
  // The id of a person or a channel means nothing to a reader.
  const isReadable = line.trim() !== "" && !/<[@#]/.test(line);
  return [
    ...(shared ? [`Shared by ${runningText(shared.by, 100, "a colleague")}`] : []),
    ...notes,
    ...omitted(all.length - notes.length, "note", ""),
    ...(isReadable ? [runningText(`/portfolio ${line}`, MOST_NOTE)] : []),
  ];
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
