import { formatMoney } from "../core/money.ts";
import { cleanText, isolateDirection } from "../core/names.ts";
import type { LeaderRow } from "../core/reps/leaderboard.ts";
import type { Measure } from "../core/reps/standardise.ts";
import { countOf, formatChange, formatCount, formatShare } from "../wording.ts";
import type { Board, BoardRow } from "./read-board.ts";

/** What reps are compared by, in the middle of a sentence. */
export const measureNames: Readonly<Record<Measure, string>> = {
  margin: "margin",
  wins: "deals won",
  "win-rate": "win rate",
  cycle: "days to win",
};

/** A share as whole per cent. */
export function percent(share: number): string {
  return `${formatCount(Math.round(share * 100))} %`;
}

/** "118 % (104–133)". */
export function wordAdjusted({ adjusted }: Pick<LeaderRow, "adjusted">): string {
  if (!adjusted) return "too early";
  const whole = (share: number) => formatCount(Math.round(share * 100));
  return `${percent(adjusted.ratio)} (${whole(adjusted.ratioLow)}–${whole(adjusted.ratioHigh)})`;
}

/** What came, as it is, in the measure's unit. */
export function wordRaw({ observed, n }: LeaderRow, measure: Measure, currency: string): string {
  if (n === 0) return "–";
  switch (measure) {
    case "margin":
      return formatMoney({ amount: Math.round(observed), currency });
    case "wins":
      return formatCount(observed);
    case "win-rate":
      return formatShare(observed);
    case "cycle":
      return countOf(Math.round(observed), "day");
  }
}

/** What came beyond what was expected, with its sign. */
export function wordDifference({ difference, n }: LeaderRow, measure: Measure, currency: string): string {
  const signed = (value: number, digits: number) =>
    `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;
  switch (measure) {
    case "margin":
      return formatChange(Math.round(difference), currency);
    case "wins":
    case "win-rate":
      return `${signed(difference, 1)} of ${formatCount(n)}`;
    case "cycle":
      return `${signed(difference, 0)} days`;
  }
}

/** A rep's name, so that it turns nothing around it. */
export function nameOf({ name }: Pick<LeaderRow, "name">): string {
  return isolateDirection(cleanText(name)) || "A rep without a name";
}

/** Those who have enough deals. */
export function judged(rows: readonly BoardRow[]): readonly BoardRow[] {
  return rows.filter(({ standing }) => standing !== "too-early");
}

/** The answer in one sentence. */
export function boardHeadline(
  { leaderboard, measure }: Board,
  rows: readonly BoardRow[],
  {
    isRaw,
    currency,
    suffix,
  }: { readonly isRaw: boolean; readonly currency: string; readonly suffix: string },
): string {
  const compared = judged(rows).length;
  const by = measureNames[measure];
  if (rows.length === 0) return `No deals were closed by reps whom you may see${suffix}`;
  switch (leaderboard.kind) {
    case "ranked": {
      const first = rows.find(({ place }) => place === 1);
      if (!first?.adjusted)
        return `${countOf(compared, "rep")} differ by ${by} more than chance brings${suffix}`;
      const result = isRaw
        ? `${wordRaw(first, measure, currency)}, whatever was to be expected`
        : `${percent(first.adjusted.ratio)} of what was to be expected`;
      return `${nameOf(first)} leads ${countOf(compared, "rep")} by ${by}: ${result}${suffix}`;
    }
    case "tied":
      return `${countOf(compared, "rep")} cannot be told apart by ${by}: chance alone brings differences like these${suffix}`;
    case "too-few":
      return `Too early to compare reps by ${by}: ${compared === 0 ? "none has" : "only one has"} enough closed deals${suffix}`;
  }
}
