import type { Action, Line } from "../command.ts";
import type { Answer, Mistake } from "../desk.ts";
import { codeSpans } from "../health/health-overview.ts";
import type { HomeSection } from "./home.ts";

/** Answers a line in the name of whoever looks. */
export type AnswerLine = (line: string) => Promise<Answer>;

const MOST_LINES = 4;

/**
 * What a command answers, shortened: its headline, its first lines and entries.
 *
 * @param more.actions buttons beneath it; `own` for the command's.
 */
export async function answeredSection(
  title: string,
  asked: Promise<Answer>,
  more: { readonly entries: number; readonly actions: readonly Action[] | "own" },
): Promise<HomeSection> {
  const answered = await asked;
  if (!answered.ok) return { title, lines: mistakeLines(answered), actions: suggested(answered) };
  const { headline, lines = [], entries = [], actions = [] } = answered.reply;
  return {
    title,
    lines: [[{ text: headline, style: "bold" }], ...lines.slice(0, MOST_LINES)],
    entries: entries.slice(0, more.entries),
    actions: more.actions === "own" ? actions : more.actions,
  };
}

/** Why there is nothing to show. */
export function mistakeLines({ message }: Mistake): readonly Line[] {
  return [codeSpans(message)];
}

function suggested({ suggestions }: Mistake): readonly Action[] {
  return suggestions.map((suggestion) => ({ kind: "run", ...suggestion }));
}
