import { largestTelling } from "../false-discovery.ts";
import { type Leaderboard, type LeaderboardOptions, type LeaderRow, rankReps } from "./leaderboard.ts";
import type { Measure, RepSums } from "./standardise.ts";

/** The deals of one product, or with one industry, by rep. */
export interface RepGroup {
  readonly value: string;
  readonly sums: readonly RepSums[];
}

export interface Champions {
  readonly value: string;
  /** The best first; none where reps cannot be told apart. */
  readonly champions: readonly LeaderRow[];
  readonly outcome: Leaderboard["kind"];
}

/** Of groups in which reps are told apart, this share may be chance: as often as one leaderboard may rank chance. */
const falseShare = 0.025;

/**
 * Who sells a product, or to an industry, better than expected: where reps differ beyond chance, over all groups that were looked
 * at, those whose adjusted result lies above what was expected with its whole interval.
 */
export function findChampions(
  groups: readonly RepGroup[],
  measure: Measure,
  options: LeaderboardOptions = {},
): readonly Champions[] {
  const boards = groups.map(({ value, sums }) => ({ value, board: rankReps(sums, measure, options) }));
  const threshold = largestTelling(
    boards.flatMap(({ board }) => (board.kind === "too-few" ? [] : [board.test.chance])),
    falseShare,
  );
  return boards.map(({ value, board }) => {
    if (board.kind !== "ranked") return { value, outcome: board.kind, champions: [] };
    if (board.test.chance > threshold) return { value, outcome: "tied", champions: [] };
    return { value, outcome: "ranked", champions: board.rows.filter((row) => isAbove(row, measure)) };
  });
}

function isAbove({ adjusted }: LeaderRow, measure: Measure): boolean {
  if (adjusted === undefined) return false;
  return measure === "cycle" ? adjusted.ratioHigh < 1 : adjusted.ratioLow > 1;
}
