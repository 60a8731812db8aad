import type { Context } from "../command.ts";
import { isManaging } from "../core/access.ts";
import type { Window } from "../core/calendar.ts";
import { type Leaderboard, type LeaderRow, rankReps } from "../core/reps/leaderboard.ts";
import type { Measure, RepSums } from "../core/reps/standardise.ts";
import type { Snapshot } from "../store/reads.ts";
import type { DealSelection, QuarterEnd, RepResult, RepResults } from "../store/rep-results.ts";
import { inMargin } from "./margin.ts";

/** Which deals a board is about. */
export interface BoardQuestion {
  readonly measure: Measure;
  readonly deals: DealSelection;
  readonly window: Window;
}

/** Everybody's results beside what was expected of them. */
export interface Board extends BoardQuestion {
  readonly found: RepResults;
  /** The same by rep, money as margin. */
  readonly sums: readonly RepSums[];
  readonly leaderboard: Leaderboard;
  readonly quarterEnd: QuarterEnd;
}

/** A rep as the board judges them, and what they are told by. */
export interface BoardRow extends LeaderRow {
  readonly result: RepResult;
}

export async function readBoard(
  snapshot: Snapshot,
  { measure, deals, window }: BoardQuestion,
  { store, access }: Pick<Context, "store" | "access">,
): Promise<Board> {
  const isMature = measure === "win-rate";
  const [found, quarterEnd] = await Promise.all([
    store.repResults(snapshot, { deals, window, isMature }),
    store.quarterEnd(snapshot, deals, window),
  ]);
  const { leaderboard: settings, value } = access.settings;
  const sums = found.rows.map((row) => inMargin(row, value.margin / 1000));
  const leaderboard = rankReps(sums, measure, { leastDeals: settings.leastDeals });
  return { measure, deals, window, found, sums, leaderboard, quarterEnd };
}

/** Every row of a board, in its order: where reps can be told apart, by the share of what was expected that is shown, or by what came alone. */
export function boardRows({ leaderboard, found, measure }: Board, isRaw: boolean): readonly BoardRow[] {
  const results = new Map(found.rows.map((row) => [row.repId, row]));
  const rows = leaderboard.rows.flatMap((row): readonly BoardRow[] => {
    const result = results.get(row.repId);
    return result ? [{ ...row, result }] : [];
  });
  const direction = measure === "cycle" ? 1 : -1;
  const figureOf = ({ observed, adjusted }: BoardRow) => (isRaw ? observed : (adjusted?.ratio ?? 1));
  const placed = rows
    .filter(({ place }) => place !== undefined)
    .toSorted((left, right) => direction * (figureOf(left) - figureOf(right)))
    .map((row, index) => ({ ...row, place: index + 1 }));
  return [...placed, ...rows.filter(({ place }) => place === undefined)];
}

/** How many of the first everybody may see. */
export const openPlaces = 3;

/**
 * The rows that somebody may see: managers and admins all, others their own and the first three. Where nobody has a place,
 * nobody is among the first.
 */
export function visibleRows(
  rows: readonly BoardRow[],
  { role, repIds }: Pick<Context["access"], "role" | "repIds">,
): readonly BoardRow[] {
  if (isManaging(role)) return rows;
  return rows.filter(
    ({ repId, place }) => repIds.includes(repId) || (place !== undefined && place <= openPlaces),
  );
}
