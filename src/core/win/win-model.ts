import type { ExcludedFeature } from "./win-table.ts";

/** How probabilities are told: the same for every deal, by shrunk rates of similar deals, or by a regularised logistic model. */
export type WinMethod = "base-rate" | "shrunk-rates" | "logistic";

/** What was learned, as plain data that is stored: see `predictWins`. Numbers in it are finite. */
export interface WinModel {
  readonly method: WinMethod;
  /** The share of deals that were won. */
  readonly baseRate: number;
  /** Deals that it was learned from. */
  readonly deals: number;
  readonly won: number;
  readonly parameters: unknown;
}

/** A model, and how well it tells what it was not shown. */
export interface WinFit {
  readonly model: WinModel;
  readonly evaluation: WinEvaluation;
  readonly excluded: readonly ExcludedFeature[];
}

/** How well deals were told that the model was not shown, beside the base rate of those that it was. */
export interface WinEvaluation {
  /** The latest deals, told by those before them, or every fold by the others where no time is known. */
  readonly split: "time" | "folds";
  /** The method that was chosen on deals of before those that are judged here. */
  readonly method: WinMethod;
  readonly trained: number;
  readonly tested: number;
  /** Undefined where all that were tested ended alike. */
  readonly auc: number | undefined;
  readonly brier: number;
  /** Mean, in nats, of the method and of the base rate on the same deals. */
  readonly logLoss: number;
  readonly baseLogLoss: number;
  /** Of all deals. */
  readonly baseRate: number;
  /** How much more often the tenth with the highest probabilities was won than all were. */
  readonly lift10: number | undefined;
  /** Mean of what the method's log-loss is smaller, paired deal by deal, and its standard error. */
  readonly gain: number;
  readonly gainError: number;
  /** Whether the gain is beyond two standard errors: without it people are told the base rate. */
  readonly signal: boolean;
  readonly calibration: readonly CalibrationBin[];
}

/** Deals with like probabilities: what was foretold, and what came. */
export interface CalibrationBin {
  readonly rows: number;
  readonly foretold: number;
  readonly came: number;
}

/** Of each deal of a table: the chance that it is won, with an interval of 80 %. */
export interface WinPredictions {
  readonly probability: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What speaks for or against a deal: a step in log-odds against the average deal. */
export interface WinReason {
  readonly feature: string;
  /** As it is in the data; undefined where it is not known. */
  readonly value: string | number | undefined;
  readonly points: number;
}
