import type { Action, Line } from "../command.ts";
import type { Replacement } from "../core/outlook/replacement.ts";
import { wordCame } from "./acquisition-words.ts";
import { formatCountSpan, roundedUp, wordNeeded } from "./figure-words.ts";

/** Warns where fewer accounts are won than revenue needs to stand still; nothing where enough are, or nobody knows. */
export function replacementLines(replacement: Replacement): readonly Line[] {
  if (replacement.kind === "unknown" || replacement.kind === "enough") return [];
  const { kind, acquisition, needed } = replacement;
  const warning =
    kind === "below"
      ? "Acquisition runs below replacement"
      : "Acquisition may run below what replaces those who leave";
  return [
    [
      { text: warning, style: "bold" },
      `: ${wordCame(acquisition)}, ${wordNeeded(needed)} each year (${formatCountSpan(roundedUp(needed))}) for revenue to be the same in three years.`,
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
