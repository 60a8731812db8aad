import stringWidth from "string-width";
import { chartText } from "./charts/text.ts";
import type { Action, Entry, FillForm, Line, Reply, Table } from "./command.ts";
import { cleanText, isolateDirection } from "./core/names.ts";
import { padText, plainTable } from "./plain-table.ts";

/** A reply as text for a terminal: the same content as in Slack, without what can only be pressed. */
export function renderTerminal(reply: Reply): string {
  const sections = [
    safe(reply.headline),
    ...(reply.lines && reply.lines.length > 0 ? [reply.lines.map(lineText).join("\n")] : []),
    ...(reply.entries ?? []).map(entryText),
    ...(reply.facts && reply.facts.length > 0 ? [facts(reply.facts)] : []),
    ...(reply.charts ?? []).map(chartText),
    ...(reply.table ? [table(reply.table)] : []),
    ...(reply.notes && reply.notes.length > 0 ? [reply.notes.map((note) => safe(note)).join("\n")] : []),
    ...next(reply),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** Between two lines of progress where nobody watches one line change. */
const PROGRESS_EVERY_MS = 2_000;

/** How far each file is: one line that changes in a terminal, one now and then in a log. */
export function createProgress(output: Pick<NodeJS.WriteStream, "isTTY" | "write">) {
  let written = 0;
  return (file: string, rows: number, fraction: number): void => {
    const done = fraction >= 1;
    if (!output.isTTY && !done && Date.now() - written < PROGRESS_EVERY_MS) return;
    written = Date.now();
    const line = `${safe(file)}: ${rows} rows, ${Math.floor(fraction * 100)} %`;
    output.write(output.isTTY ? `\r\u001b[K${line}${done ? "\n" : ""}` : `${line}\n`);
  };
}

/** What is typed at the end of a line where there are no forms to fill in. */
const ENDINGS: Record<FillForm, string> = {
  outcome: "won|lost|no-reply [amount 5000] [hours 1.5] [because …]",
  reason: "because …",
  person: "to @name",
  day: "until 2027-01-15",
  work: "[hours 1.5] [because …]",
  interaction: "call|meeting|visit|… [on 2027-01-15] [hours 0.5] [score 9] [because …]",
};

/** What to do after a mistake. */
export function renderMistake(
  message: string,
  suggestions: readonly { readonly label: string; readonly line: string }[],
): string {
  return [
    safe(message),
    ...suggestions.map(({ label, line }) => `  ${safe(label === line ? line : `${label}: ${line}`)}`),
  ].join("\n");
}

function lineText(line: Line): string {
  return line.map((span) => safe(typeof span === "string" ? span : span.text, false)).join("");
}

function entryText({ lines, actions = [] }: Entry): string {
  return [...lines.map(lineText), ...typedForms(actions)].join("\n");
}

function facts(rows: readonly { readonly label: string; readonly value: string }[]): string {
  const width = Math.max(...rows.map(({ label }) => stringWidth(safe(label))));
  return rows.map(({ label, value }) => `${padText(safe(label), width, "left")}  ${safe(value)}`).join("\n");
}

function table({ caption, columns, rows }: Table): string {
  const titled = columns.map((column) => ({ ...column, title: safe(column.title) }));
  const cells = rows.map((row) => row.map(({ text }) => safe(text)));
  return [safe(caption), ...plainTable(titled, cells)].join("\n");
}

function next({ actions = [] }: Reply): readonly string[] {
  const lines = typedForms(actions);
  return lines.length === 0 ? [] : [["Next:", ...lines].join("\n")];
}

/** What to type instead of pressing a button. */
function typedForms(actions: readonly Action[]): readonly string[] {
  return actions.flatMap((action) => {
    const { kind, label } = action;
    if (kind === "fill") return [`  ${safe(label)}: ${safe(`${action.line} ${ENDINGS[action.form]}`)}`];
    return kind === "run" || kind === "form" ? [`  ${safe(label)}: ${safe(action.line)}`] : [];
  });
}

/** Text from data cannot move the cursor, colour the screen or turn the line around; a span keeps one space around it. */
function safe(text: string, trim = true): string {
  const clean = isolateDirection(cleanText(text));
  if (trim) return clean;
  if (clean === "") return /\s/.test(text) ? " " : "";
  return `${/^\s/.test(text) ? " " : ""}${clean}${/\s$/.test(text) ? " " : ""}`;
}
