import type { Chart, Unit } from "../charts/chart.ts";
import { countOf } from "../wording.ts";
import { judged, measureNames, nameOf, percent } from "./board-words.ts";
import type { Board, BoardRow } from "./read-board.ts";

/** The most bars in which a reader still finds one. */
const MOST_BARS = 20;

/** Reps as bars: what came of what was expected, or what came alone. */
export function resultChart(
  { measure, leaderboard }: Board,
  rows: readonly BoardRow[],
  { isRaw, currency }: { readonly isRaw: boolean; readonly currency: string },
): Chart {
  const told = judged(rows);
  const shown = told.slice(0, MOST_BARS);
  const left = rows.length - shown.length;
  return {
    kind: "bar",
    title: isRaw ? `Reps by ${measureNames[measure]}` : "Results as a share of what was expected",
    message: messageOf(leaderboard.kind, shown, measureNames[measure]),
    categories: shown.map(({ name }) => name),
    series: [
      isRaw
        ? { name: "Result", values: shown.map(({ observed }) => observed) }
        : { name: "Of expected", values: shown.map(({ adjusted }) => adjusted?.ratio ?? Number.NaN) },
    ],
    unit: isRaw ? rawUnit(measure, currency) : { kind: "share" },
    categoryTitle: "Rep",
    ...(left > 0 && {
      omission: `${countOf(left, "rep")} of this list ${left === 1 ? "is" : "are"} not in the chart.`,
    }),
  };
}

function messageOf(kind: Board["leaderboard"]["kind"], shown: readonly BoardRow[], by: string): string {
  const first = shown.find(({ place }) => place === 1);
  if (shown.length === 0) return `Nobody has enough closed deals to be compared by ${by}.`;
  if (kind !== "ranked")
    return `Chance alone brings differences like these: reps cannot be told apart by ${by}.`;
  return first?.adjusted
    ? `${nameOf(first)} is first with ${percent(first.adjusted.ratio)} of what was to be expected by ${by}.`
    : `Reps differ by more than chance brings, by ${by}.`;
}

function rawUnit(measure: Board["measure"], currency: string): Unit {
  switch (measure) {
    case "margin":
      return { kind: "money", currency };
    case "wins":
      return { kind: "count", noun: "deals" };
    case "win-rate":
      return { kind: "share" };
    case "cycle":
      return { kind: "count", noun: "days" };
  }
}
