import type { Action, Line } from "../command.ts";
import type { Replacement } from "../core/outlook/replacement.ts";
import { formatCount } from "../wording.ts";
import { formatCountSpan, roundedUp, wordCount } from "./figure-words.ts";

/** Warns where fewer accounts are won than revenue needs to stand still; nothing where enough are. */
export function replacementLines({ kind, won, needed }: Replacement): readonly Line[] {
  if (kind === "enough") return [];
  const warning =
    kind === "below"
      ? "Acquisition runs below replacement"
      : "Acquisition may run below what replaces those who leave";
  const more = roundedUp(needed);
  return [
    [
      { text: warning, style: "bold" },
      `: ${formatCount(won)} came in the last twelve months, ${wordCount(more.mid)} are needed each year (${formatCountSpan(more)}) for revenue to be the same in three years.`,
    ],
  ];
}

/** The same as findings among others, with what leads to more of it. */
export function replacementFindings(
  replacement: Replacement,
): readonly { readonly line: Line; readonly actions: readonly Action[] }[] {
  const run = { label: "Outlook", line: "outlook" };
  return replacementLines(replacement).map((line) => ({
    line: [...line, " See what comes of it: ", { text: run.line, style: "code" }],
    actions: [{ kind: "run", ...run }],
  }));
}
