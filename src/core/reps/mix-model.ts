import { chanceOf, type Design, linearPredictor, linearPredictors } from "../win/design.ts";
import { encodeTable, featureOfColumns, learnEncoding } from "../win/encode.ts";
import { fitLogistic, weightCovariance } from "../win/logistic.ts";
import type { WinTable } from "../win/win-table.ts";
import { choosePenalties } from "./choose-penalties.ts";
import type { Doubt } from "./doubt.ts";
import { groupReps } from "./rep-groups.ts";

/** What others would have made of the same deals. */
export interface MixExpectations {
  /** By deal: the chance that somebody else wins it. Their sum is the number of deals that were won. */
  readonly expected: Float64Array;
  /** By place of a rep. */
  readonly doubts: readonly Doubt[];
}

/**
 * The chance of each deal by what it is, learned by a ridge logistic model from the deals of other reps only: what a rep does
 * well or badly has no say in what is expected of them, even where they are the only one in a territory, which then nobody can
 * tell from skill. Leaving a rep out tilts expectations against them: with the same rate for all, whoever is above it is
 * compared with a lower one. So all chances are moved by one step in log-odds until they sum to the wins; what is left of the
 * tilt is known, and counted in the doubts.
 *
 * @param table of closed deals: what a deal is when it begins or by its account, nothing that the rep does to it.
 * @param won 1 or 0 by deal.
 * @param reps by deal the place of its rep, from 0, or -1 for none: such a deal is told by everybody's.
 */
export function expectWins(table: WinTable, won: Uint8Array, reps: Int32Array): MixExpectations {
  const count = reps.reduce((most, rep) => Math.max(most, rep + 1), 0);
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const encoding = learnEncoding(table, won, rows);
  const design = encodeTable(encoding, table);
  const penalty = choosePenalties(design, won, featureOfColumns(encoding));
  const all = fitLogistic(design, won, { penalty });
  const covariance = weightCovariance(design, all.weights, { penalty });
  const start = { weights: all.weights, ...(covariance && { covariance }) };
  const logOdds = linearPredictors(design, all.weights);
  const slopes = slopesOf(design, logOdds, reps, count);
  const doubts: Doubt[] = Array.from({ length: count }, () => ({ own: 0, others: 0 }));
  for (const group of groupReps(reps, count)) {
    const isLeftOut = (row: number) => group.has(reps[row] ?? -1);
    const others = rows.filter((row) => !isLeftOut(row));
    const { weights } = fitLogistic(design, won, { penalty, rows: others, start });
    for (const row of rows) if (isLeftOut(row)) logOdds[row] = linearPredictor(design, weights, row);
    const spread = weightCovariance(design, weights, { penalty, rows: others });
    if (spread) for (const rep of group) doubts[rep] = doubtOf(rep, group, slopes, spread);
  }
  return { expected: recalibrated(logOdds, won), doubts };
}

/** Of each rep, how their expected wins rise with each weight: the intercept's is their variance. */
function slopesOf(
  design: Design,
  logOdds: Float64Array,
  reps: Int32Array,
  count: number,
): readonly Float64Array[] {
  const slopes = Array.from({ length: count }, () => new Float64Array(design.columns));
  for (let row = 0; row < design.rows; row += 1) {
    const own = slopes[reps[row] ?? -1];
    const chance = chanceOf(logOdds[row] ?? 0);
    if (own) addRow(design, row, chance * (1 - chance), own);
  }
  return slopes;
}

function doubtOf(
  rep: number,
  group: ReadonlySet<number>,
  slopes: readonly Float64Array[],
  covariance: Float64Array,
): Doubt {
  const slope = slopes[rep] ?? new Float64Array(0);
  const variance = slope[0] ?? 0;
  if (!(variance > 0)) return { own: 0, others: 0 };
  const size = slope.length;
  const moved = slope.map((_, row) => {
    let sum = 0;
    for (let column = 0; column < size; column += 1)
      sum += (covariance[row * size + column] ?? 0) * (slope[column] ?? 0);
    return sum / variance;
  });
  const product = (other: Float64Array) =>
    other.reduce((sum, value, column) => sum + value * (moved[column] ?? 0), 0);
  const others = slopes.reduce((sum, other, at) => (group.has(at) ? sum : sum + product(other) ** 2), 0);
  return { own: product(slope) / variance, others };
}

function recalibrated(logOdds: Float64Array, won: Uint8Array): Float64Array {
  const wins = won.reduce((sum, each) => sum + each, 0);
  let shift = 0;
  // Newton's steps on the log-odds of the sum, which is nearly straight.
  for (let step = 0; step < 50 && wins > 0 && wins < won.length; step += 1) {
    let [sum, slope] = [0, 0];
    for (const each of logOdds) {
      const chance = chanceOf(each + shift);
      sum += chance;
      slope += chance * (1 - chance);
    }
    const width = Math.max(-1, Math.min(1, (wins - sum) / Math.max(slope, 1e-12)));
    shift += width;
    if (Math.abs(width) < 1e-12) break;
  }
  return logOdds.map((each) => chanceOf(each + shift));
}

/** Adds a row of the design, times a factor. */
function addRow(design: Design, row: number, factor: number, into: Float64Array): void {
  const { numbers, numberCount, levels, categoryCount } = design;
  into[0] = (into[0] ?? 0) + factor;
  for (let at = 0; at < numberCount; at += 1)
    into[1 + at] = (into[1 + at] ?? 0) + factor * (numbers[row * numberCount + at] ?? 0);
  for (let at = 0; at < categoryCount; at += 1) {
    const column = levels[row * categoryCount + at] ?? -1;
    if (column >= 0) into[column] = (into[column] ?? 0) + factor;
  }
}
