import type { Outcomes } from "./win-table.ts";

/** Rows that are learned from, and rows that are foretold. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** From this share of rows with a known time on, time orders them. */
const nearlyAll = 0.95;
/** A test of fewer or more rows than these shares is none: times are too coarse. */
const [leastTest, mostTest] = [0.1, 0.6];

/** Whether the latest rows can be told from those before. */
export function isTimed({ at }: Outcomes, rows: Int32Array): boolean {
  if (at === undefined) return false;
  return rows.reduce((count, row) => count + Number(Number.isFinite(at[row])), 0) >= nearlyAll * rows.length;
}

/**
 * The latest `share` of some rows against those before them. Rows of one time stay on one side; those without one are
 * learned from. Undefined where no time splits them so.
 */
export function splitByTime({ at }: Outcomes, rows: Int32Array, share: number): Split | undefined {
  if (at === undefined) return undefined;
  const known = rows.filter((row) => Number.isFinite(at[row]));
  const times = Float64Array.from(known, (row) => at[row] ?? 0).sort();
  const middle = Math.round(times.length * (1 - share));
  const cut = times[middle];
  if (cut === undefined) return undefined;
  // The edge of a group of one time that is nearer to the share.
  const [before, after] = [times.indexOf(cut), times.lastIndexOf(cut)];
  const isTested = (time: number) => (middle - before <= after + 1 - middle ? time >= cut : time > cut);
  const test = known.filter((row) => isTested(at[row] ?? 0));
  const part = test.length / rows.length;
  if (part < leastTest || part > mostTest) return undefined;
  return { train: rows.filter((row) => !(Number.isFinite(at[row]) && isTested(at[row] ?? 0))), test };
}

/**
 * The latest share of rows, then such a share of those before them, and so on, each against what came before it; fewer where times
 * do not split so.
 */
export function splitBack(
  outcomes: Outcomes,
  rows: Int32Array,
  [share, ...shares]: readonly number[],
): readonly Split[] {
  const split = share === undefined ? undefined : splitByTime(outcomes, rows, share);
  return split ? [split, ...splitBack(outcomes, split.train, shares)] : [];
}

/** So many folds with the same share of won deals, interleaved in the order of the rows: each is foretold by the others. */
export function splitInFolds({ won }: Outcomes, rows: Int32Array, folds: number): readonly Split[] {
  const seen = [0, 0];
  const foldOf = Int32Array.from(rows, (row) => {
    const kind = won[row] === 1 ? 1 : 0;
    const place = seen[kind] ?? 0;
    seen[kind] = place + 1;
    // The other way round for those that were lost: all folds have about as many rows.
    return kind === 1 ? place % folds : folds - 1 - (place % folds);
  });
  return Array.from({ length: folds }, (_, fold) => ({
    train: rows.filter((_row, place) => foldOf[place] !== fold),
    test: rows.filter((_row, place) => foldOf[place] === fold),
  })).filter(({ train, test }) => train.length > 0 && test.length > 0);
}
