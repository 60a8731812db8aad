import { z } from "zod";

export const boardMeasures = ["margin", "wins", "win-rate", "cycle"] as const;
/** What reps are compared by. */
export type BoardMeasure = (typeof boardMeasures)[number];

/** Words that say what reps are compared by. */
const measureWords: ReadonlyMap<string, BoardMeasure> = new Map([
  ...boardMeasures.map((measure) => [measure, measure] as const),
  ["winrate", "win-rate"],
  ["rate", "win-rate"],
]);

/** Words of the command's own, at which a filter's value ends. */
export const boardWords: readonly string[] = [
  ...["adjusted", "raw", "explain", "funnel", "incentives", "champions", "win rate", "by win"],
  ...[...measureWords.keys()].flatMap((word) => [word, `by ${word}`]),
];

export interface BoardOptions {
  readonly isRaw: boolean;
  readonly measure: BoardMeasure;
  readonly show: "list" | "chart" | "funnel" | "explain" | "incentives" | "champions";
}

const shows: ReadonlyMap<string, BoardOptions["show"]> = new Map([
  ["chart", "chart"],
  ["funnel", "funnel"],
  ["explain", "explain"],
  ["incentives", "incentives"],
  ["champions", "champions"],
]);
/** Words people add that say nothing more. */
const filler = new Set(["by", "win", "plot", "adjusted", "reps"]);

/** `raw by win-rate`, `funnel`, `explain`, in any order. */
export const boardOptions = z
  .array(z.string())
  .readonly()
  .transform((typed, check): BoardOptions => {
    const words = typed.map((word) => word.toLowerCase());
    const measures = new Set(words.flatMap((word) => measureWords.get(word) ?? []));
    const shown = new Set(words.flatMap((word) => shows.get(word) ?? []));
    const unknown = words.filter((word) => !isKnown(word));
    if (unknown.length > 0 || measures.size > 1 || shown.size > 1) {
      check.addIssue(
        `I do not understand "${(unknown.length > 0 ? unknown : typed).join(" ")}": reps are compared by margin, wins, win-rate or cycle, adjusted or raw.`,
      );
      return z.NEVER;
    }
    return {
      isRaw: words.includes("raw"),
      measure: [...measures][0] ?? "margin",
      show: [...shown][0] ?? "list",
    };
  });

function isKnown(word: string): boolean {
  return filler.has(word) || word === "raw" || measureWords.has(word) || shows.has(word);
}

/** The words that mean these options, so that buttons say them. */
export function boardWordsOf({ isRaw, measure, show }: BoardOptions): readonly string[] {
  return [
    ...(isRaw ? ["raw"] : []),
    ...(measure === "margin" ? [] : [measure]),
    ...(show === "list" ? [] : [show]),
  ];
}
