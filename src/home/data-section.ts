import type { Action, Line, Table } from "../command.ts";
import type { Answer } from "../desk.ts";
import { uploadAction } from "../intake/first-run.ts";
import { mistakeLines } from "./answered-section.ts";
import type { HomeSection } from "./home.ts";

const TITLE = "Data";
const MOST_SOURCES = 8;

/** How fresh the data is: the snapshot, and every source with its age. */
export async function dataSection(asked: Promise<Answer>, isAdmin: boolean): Promise<HomeSection> {
  const answered = await asked;
  if (!answered.ok) return { title: TITLE, lines: mistakeLines(answered) };
  const { headline, facts = [], table } = answered.reply;
  const details: Action = { kind: "run", label: "State of the data", line: "health" };
  return {
    title: TITLE,
    lines: [
      [{ text: headline, style: "bold" }],
      ...facts.slice(0, 1).map(({ label, value }): Line => [`${label}: ${value}`]),
      ...(table ? sourceLines(table) : []),
    ],
    actions: isAdmin ? [details, uploadAction] : [details],
  };
}

/** "CRM: fresh, 2 days old, last import 20 Nov 2026", out of the table of sources. */
function sourceLines({ rows }: Table): readonly Line[] {
  const lines = rows.slice(0, MOST_SOURCES).map(([source, imported, state]): Line => {
    return [
      "• ",
      { text: source?.text ?? "", style: "bold" },
      `: ${state?.text}, last import ${imported?.text}`,
    ];
  });
  return rows.length > lines.length ? [...lines, [`and ${rows.length - lines.length} more`]] : lines;
}
