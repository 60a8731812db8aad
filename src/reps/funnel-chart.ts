import type { Chart, Unit } from "../charts/chart.ts";
import { limitCurve } from "../charts/funnel.ts";
import { drawFunnel, type FunnelLimits } from "../core/reps/funnel.ts";
import { countOf, formatCount } from "../wording.ts";
import { judged, measureNames, nameOf } from "./board-words.ts";
import type { Board, BoardRow } from "./read-board.ts";

/** More names than this are read nowhere. */
const MOST_NAMED = 6;

/** Reps who have enough deals as points between the limits of chance, which follow from everybody's deals. */
export function funnelChart(board: Board, rows: readonly BoardRow[], currency: string): Chart {
  const { measure, leaderboard, sums } = board;
  const { points, limits } = drawFunnel(sums, measure);
  const told = judged(rows).flatMap((row) => points.find(({ repId }) => repId === row.repId) ?? []);
  const expected = told.map((point) => point.expected);
  const series = (["low95", "high95", "low998", "high998"] as const).map((end) => ({
    name: limitNames[end],
    values: limitCurve(
      limits.map((limit) => ({ along: limit.expected, share: limit[end] })),
      expected,
    ).map(({ y }) => y),
  }));
  const [low, high] = series;
  const far = told.map(({ ratio }, place) =>
    ratio < (low?.values[place] ?? 0) || ratio > (high?.values[place] ?? Number.POSITIVE_INFINITY)
      ? Math.abs(Math.log(Math.max(ratio, 0.01)))
      : 0,
  );
  const outside = far.flatMap((distance, place) => (distance > 0 ? [place] : []));
  const named = outside.toSorted((left, right) => (far[right] ?? 0) - (far[left] ?? 0)).slice(0, MOST_NAMED);
  return {
    kind: "funnel",
    title: "Results beside what was expected",
    message: messageOf(
      board,
      told.length,
      outside.map((place) => nameOf(told[place] ?? { name: "" })),
    ),
    categories: told.map(({ name }) => name),
    series: [{ name: "Of expected", values: told.map(({ ratio }) => ratio) }, ...series],
    unit: { kind: "share" },
    categoryTitle: "Rep",
    along: {
      ...axisOf(measure, currency),
      values: expected,
      // Where nobody can be told apart, nobody is pointed at.
      named: leaderboard.kind === "ranked" ? named : [],
    },
    ...(rows.length > told.length && {
      omission: `${countOf(rows.length - told.length, "rep")} with too few deals ${rows.length - told.length === 1 ? "is" : "are"} left out.`,
    }),
  };
}

const limitNames: Readonly<Record<Exclude<keyof FunnelLimits, "expected">, string>> = {
  low95: "95 % from",
  high95: "95 % to",
  low998: "99.8 % from",
  high998: "99.8 % to",
};

function messageOf({ leaderboard, measure }: Board, shown: number, outside: readonly string[]): string {
  if (shown === 0) return "Nobody has enough closed deals to be looked at.";
  if (leaderboard.kind === "too-few") return "Too few reps have enough closed deals to compare.";
  if (leaderboard.kind === "tied")
    return `Chance alone brings differences like these: reps cannot be told apart by ${measureNames[measure]}.`;
  const first = outside.slice(0, 3).join(", ");
  const more = outside.length > 3 ? ` and ${formatCount(outside.length - 3)} more` : "";
  return outside.length === 0
    ? `Together reps differ by more than chance brings, by ${measureNames[measure]}; none shown is outside the limits alone.`
    : `${first}${more} ${outside.length === 1 ? "is" : "are"} outside what chance alone brings 19 times of 20.`;
}

function axisOf(
  measure: Board["measure"],
  currency: string,
): { readonly title: string; readonly unit: Unit } {
  switch (measure) {
    case "margin":
      return { title: "Expected margin", unit: { kind: "money", currency } };
    case "wins":
    case "win-rate":
      return { title: "Deals expected to be won", unit: { kind: "count", noun: "deals" } };
    case "cycle":
      return { title: "Won deals", unit: { kind: "count", noun: "deals" } };
  }
}
