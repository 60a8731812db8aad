import { groupScores } from "./score-groups.ts";
import type { CalibrationBin } from "./win-model.ts";

// How well probabilities, or scores that order rows as probabilities do, foretold outcomes that are 0 or 1 each, of one row
// or more. None of them is NaN.

/** What was said to be impossible and came costs much, not everything: chances are at least this far from 0 and 1. */
const closest = 1e-6;

/** A probability that its logarithms are finite of. */
export function awayFromCertain(probability: number): number {
  return Math.min(1 - closest, Math.max(closest, probability));
}

/** The mean of −log of the probability of what came, in nats. */
export function logLoss(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  return mean(losses(probabilities, outcomes));
}

/** The same of each row, for comparing two models row by row. */
export function losses(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): Float64Array {
  const each = new Float64Array(outcomes.length);
  for (let row = 0; row < each.length; row += 1) {
    const probability = awayFromCertain(probabilities[row] ?? Number.NaN);
    each[row] = -Math.log(outcomes[row] === 1 ? probability : 1 - probability);
  }
  return each;
}

/** The mean squared difference (Brier 1950). */
export function brier(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  const each = new Float64Array(outcomes.length);
  for (let row = 0; row < each.length; row += 1) {
    each[row] = ((probabilities[row] ?? Number.NaN) - (outcomes[row] ?? Number.NaN)) ** 2;
  }
  return mean(each);
}

/**
 * The chance that one that was won had a higher score than one that was not, ties half (Hanley & McNeil 1982); undefined
 * where all ended alike.
 */
export function auc(scores: ArrayLike<number>, outcomes: ArrayLike<number>): number | undefined {
  const groups = groupScores(scores, outcomes);
  let [won, lost, pairs] = [0, 0, 0];
  for (let group = 0; group < groups.rows.length; group += 1) {
    const wonHere = groups.won[group] ?? 0;
    const lostHere = (groups.rows[group] ?? 0) - wonHere;
    pairs += wonHere * (lost + lostHere / 2);
    won += wonHere;
    lost += lostHere;
  }
  return won === 0 || lost === 0 ? undefined : pairs / (won * lost);
}

/**
 * How much more often the tenth with the highest scores was won than all were; of rows with the same score at its edge,
 * a part of each. Undefined where none was won.
 */
export function lift10(scores: ArrayLike<number>, outcomes: ArrayLike<number>): number | undefined {
  const groups = groupScores(scores, outcomes);
  const wanted = Math.max(1, Math.round(outcomes.length / 10));
  let [taken, wonOfTaken, won] = [0, 0, 0];
  for (let group = groups.rows.length - 1; group >= 0; group -= 1) {
    const [rowsHere, wonHere] = [groups.rows[group] ?? 0, groups.won[group] ?? 0];
    const takenHere = Math.min(rowsHere, wanted - taken);
    taken += takenHere;
    wonOfTaken += (wonHere * takenHere) / rowsHere;
    won += wonHere;
  }
  return won === 0 ? undefined : wonOfTaken / wanted / (won / outcomes.length);
}

/**
 * Groups of about equally many rows, the lowest probabilities first. Rows with the same probability stay together, so that
 * there may be fewer.
 */
export function calibrationBins(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  most = 10,
): readonly CalibrationBin[] {
  const groups = groupScores(probabilities, outcomes);
  const bins: CalibrationBin[] = [];
  let [passed, rows, foretold, came] = [0, 0, 0, 0];
  for (let group = 0; group < groups.rows.length; group += 1) {
    const rowsHere = groups.rows[group] ?? 0;
    // A bin that begins late, after many rows of one probability, ends where the next one would.
    const end = (outcomes.length * (Math.round(((passed - rows) * most) / outcomes.length) + 1)) / most;
    passed += rowsHere;
    rows += rowsHere;
    foretold += rowsHere * (groups.scores[group] ?? 0);
    came += groups.won[group] ?? 0;
    if (passed < Math.round(end) && group < groups.rows.length - 1) continue;
    bins.push({ rows, foretold: foretold / rows, came: came / rows });
    [rows, foretold, came] = [0, 0, 0];
  }
  return bins;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
