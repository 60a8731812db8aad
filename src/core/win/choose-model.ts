import { thinned } from "./coding.ts";
import { chanceOf, type Design, linearPredictor } from "./design.ts";
import { fitLogistic } from "./logistic.ts";
import { losses } from "./measures.ts";
import { selectRows } from "./part-of-table.ts";
import { fitShrunkRates, ratesOf } from "./shrunk-rates.ts";
import { isTimed, type Split, splitBack, splitInFolds } from "./splits.ts";
import type { Outcomes, WinTable } from "./win-table.ts";

/** Ways to tell chances, the simplest first. The start is a fit to fewer deals. */
export type Candidate =
  | { readonly method: "base-rate" }
  | { readonly method: "shrunk-rates" }
  | { readonly method: "logistic"; readonly penalty: number; readonly start: Float64Array };

export interface Choice {
  readonly candidate: Candidate;
  /** What it foretold of deals that it was not shown, for calibration: log-odds, and how they ended. */
  readonly told: { readonly logOdds: Float64Array; readonly outcomes: Uint8Array };
}

interface Trial {
  readonly candidate: Candidate;
  readonly logOdds: Float64Array;
  /** Of each deal, how much smaller its log-loss is than the base rate's. */
  readonly gains: Float64Array;
  readonly gain: number;
}

const penalties = [1_000, 250, 60, 15, 4, 1];
/** Enough to tell candidates apart; up to the fewer, every deal is foretold once. */
const [mostRows, fewRows] = [12_000, 5_000];
const latest = 0.25;
/** Of fewer rows each of the latest fifths, told by those before it: shares of what is left. */
const latestFifths = [1 / 5, 1 / 4, 1 / 3];
/** Of the best logistic model's gain over the base rate: what one that is taken instead must keep. */
const kept = 0.98;

/**
 * Chooses by the log-loss of deals that candidates were not shown: the latest where times are known, told by those before them, else
 * folds. The base rate stays unless the best gains more than a standard error on it (the one-standard-error rule of Breiman and
 * others 1984); else shrunk rates are taken where they gain more than a standard error on the logistic models, and of these the one
 * with the smallest penalty that keeps nearly all of their gain.
 */
export function chooseModel(
  table: WinTable,
  design: Design,
  outcomes: Outcomes,
  rows: Int32Array,
  mayBeBaseRate: boolean,
): Choice {
  const splits = splitInside(outcomes, thinned(rows, mostRows));
  const tests = splits.flatMap(({ test }) => Array.from(test));
  const told = Uint8Array.from(tests, (row) => outcomes.won[row] ?? 0);
  const base = joined(
    splits.map(({ train, test }) => new Float64Array(test.length).fill(baseLogOdds(outcomes, train))),
  );
  const baseLosses = lossesOf(base, told);
  const trialOf = (candidate: Candidate, logOdds: Float64Array): Trial => {
    const own = lossesOf(logOdds, told);
    const gains = baseLosses.map((loss, at) => loss - (own[at] ?? 0));
    return { candidate, logOdds, gains, gain: meanOf(gains) };
  };
  const rates = trialOf(
    { method: "shrunk-rates" },
    joined(splits.map((split) => tellByRates(table, outcomes, split))),
  );
  const logistic = tryPenalties(design, outcomes, splits, trialOf);
  const best = [rates, ...logistic].reduce((one, other) => (other.gain > one.gain ? other : one));
  if (mayBeBaseRate && !(best.gain > errorOf(best.gains)))
    return { candidate: { method: "base-rate" }, told: { logOdds: base, outcomes: told } };
  const bestGain = Math.max(...logistic.map(({ gain }) => gain));
  // Of penalties that tell about as well, a large one makes intervals too narrow: it holds weights that it does not know.
  const smooth = logistic.findLast(({ gain }) => gain >= bestGain - (1 - kept) * Math.abs(bestGain)) ?? best;
  const ahead = rates.gains.map((gain, at) => gain - (smooth.gains[at] ?? 0));
  const { candidate, logOdds } = meanOf(ahead) > errorOf(ahead) ? rates : smooth;
  return { candidate, told: { logOdds, outcomes: told } };
}

function splitInside(outcomes: Outcomes, rows: Int32Array): readonly Split[] {
  const shares = rows.length <= fewRows ? latestFifths : [latest];
  const byTime = isTimed(outcomes, rows) ? splitBack(outcomes, rows, shares) : [];
  if (byTime.length > 0) return byTime;
  return rows.length <= fewRows
    ? splitInFolds(outcomes, rows, 5)
    : splitInFolds(outcomes, rows, 1 / latest).slice(0, 1);
}

function tellByRates(table: WinTable, { won }: Outcomes, { train, test }: Split): Float64Array {
  const rates = fitShrunkRates(
    selectRows(table, train),
    Uint8Array.from(train, (row) => won[row] ?? 0),
  );
  return ratesOf(rates, selectRows(table, test)).logOdds;
}

/** From the largest penalty on, each from the weights of the one before, until a smaller one gains less. */
function tryPenalties(
  design: Design,
  { won }: Outcomes,
  splits: readonly Split[],
  trialOf: (candidate: Candidate, logOdds: Float64Array) => Trial,
): readonly Trial[] {
  const trials: Trial[] = [];
  let starts: readonly Float64Array[] = [];
  for (const penalty of penalties) {
    const fits = splits.map(({ train }, at) => {
      const start = starts[at];
      return fitLogistic(design, won, { penalty, rows: train, ...(start && { start: { weights: start } }) });
    });
    starts = fits.map(({ weights }) => weights);
    const logOdds = splits.map(({ test }, at) => {
      const weights = starts[at] ?? new Float64Array(design.columns);
      return Float64Array.from(test, (row) => linearPredictor(design, weights, row));
    });
    const start = starts[0] ?? new Float64Array(design.columns);
    const trial = trialOf({ method: "logistic", penalty, start }, joined(logOdds));
    const before = trials.at(-1);
    trials.push(trial);
    if (before && trial.gain < before.gain) break;
  }
  return trials;
}

function baseLogOdds({ won }: Outcomes, rows: Int32Array): number {
  const wins = rows.reduce((sum, row) => sum + (won[row] ?? 0), 0);
  return Math.log((wins + 0.5) / (rows.length - wins + 0.5));
}

function lossesOf(logOdds: Float64Array, outcomes: Uint8Array): Float64Array {
  return losses(logOdds.map(chanceOf), outcomes);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => Array.from(part)));
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard error of the mean. */
function errorOf(values: Float64Array): number {
  const mean = meanOf(values);
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(square / Math.max(1, values.length - 1) / values.length);
}
