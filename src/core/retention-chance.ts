import type { Renewals } from "./models/renewals.ts";
import { fitSbg, retentionOf, type SbgParameters } from "./models/sbg.ts";
import { type ShareInterval, scoreInterval } from "./score-interval.ts";

/**
 * Renewals of one number that were decided. What recurs is known for that after two renewals, so those say nothing, and
 * the third is the first that is counted.
 */
export interface DecidedRenewals extends Renewals {
  /** Which renewal of a series it is, from 3. */
  readonly number: number;
  /** Whether it was decided in the last twelve months. */
  readonly isRecent: boolean;
}

/** What says how likely a renewal is. */
export type Retention =
  | { readonly kind: "too-little"; readonly decided: number }
  | {
      readonly kind: "fitted";
      readonly decided: number;
      /** The plain rate over all renewals. */
      readonly rate: ShareInterval;
      /** Undefined where the model has nothing to say; `reason` is why. */
      readonly sbg: SbgParameters | undefined;
      readonly reason: string | undefined;
      /** The mean of `-log` of the probability that each gave to what happened in the last twelve months; lower is better. */
      readonly holdout: { readonly sbg: number; readonly rate: number; readonly decided: number } | undefined;
      /** What is shown: the one that was nearer in the holdout, and without one the plain rate. */
      readonly better: "sbg" | "rate";
      readonly counts: readonly DecidedRenewals[];
    };

/** Fewer decisions say nothing. */
const leastDecided = 20;
/** Renewals that who recurs is known by. */
const knownBy = 2;
/** The normal quantile of an interval of 95 %. */
const z = 1.959963984540054;

/**
 * Fits a shifted-beta-geometric model to the decided renewals (Fader & Hardie 2007). Those who are only seen after two
 * renewals follow such a model too, with `beta` larger by two, so it is fitted to the renewals from the third on.
 */
export function fitRetention(counts: readonly DecidedRenewals[]): Retention {
  const { due: decided, renewed } = totalOf(counts);
  const rate = scoreInterval(renewed, decided);
  if (decided < leastDecided || rate === undefined) return { kind: "too-little", decided };
  const { parameters, outcome } = fitSbg(inOrder(counts));
  const isUsable = parameters !== undefined && outcome.kind === "converged";
  const sbg = isUsable ? parameters : undefined;
  const reason = isUsable ? undefined : reasonOf(outcome);
  const holdout = sbg && judge(counts);
  const better = holdout && holdout.sbg < holdout.rate ? "sbg" : "rate";
  return { kind: "fitted", decided, rate, sbg, reason, holdout, better, counts };
}

/** How likely a series that was renewed so often is renewed once more, with its interval of 95 %. */
export function renewalChance(retention: Retention, renewals: number): ShareInterval | undefined {
  if (retention.kind === "too-little") return undefined;
  const { sbg, better, rate, counts } = retention;
  return better === "sbg" && sbg ? modelChance(sbg, inOrder(counts), renewals - knownBy + 1) : rate;
}

/**
 * The model's chance and the interval that follows from the curvature of its likelihood, on the scale of the log odds,
 * `log((beta + t − 1) ÷ alpha)`.
 */
function modelChance(
  parameters: SbgParameters,
  renewals: readonly Renewals[],
  period: number,
): ShareInterval {
  const { alpha, beta } = parameters;
  let [byAlpha, byBeta, byBoth] = [0, 0, 0];
  for (const [index, { due, renewed }] of renewals.entries()) {
    const shared = due / (alpha + beta + index) ** 2;
    byAlpha += (due - renewed) / alpha ** 2 - shared;
    byBeta += renewed / (beta + index) ** 2 - shared;
    byBoth -= shared;
  }
  const determinant = byAlpha * byBeta - byBoth ** 2;
  const [left, right] = [-1 / alpha, 1 / (beta + period - 1)];
  const variance = (left ** 2 * byBeta - 2 * left * right * byBoth + right ** 2 * byAlpha) / determinant;
  const share = retentionOf(parameters, period);
  if (!(determinant > 0 && variance >= 0)) return { share, low: 0, high: 1 };
  const odds = Math.log((beta + period - 1) / alpha);
  const reach = z * Math.sqrt(variance);
  const chanceAt = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));
  return { share, low: chanceAt(odds - reach), high: chanceAt(odds + reach) };
}

/** Both fitted to what was decided before, and asked about the last twelve months; undefined where either has too little. */
function judge(counts: readonly DecidedRenewals[]) {
  const before = counts.filter(({ isRecent }) => !isRecent);
  const recent = counts.filter(({ isRecent }) => isRecent);
  const [{ due, renewed }, { due: decided }] = [totalOf(before), totalOf(recent)];
  const { parameters, outcome } = fitSbg(inOrder(before));
  if (due < leastDecided || decided < leastDecided || !parameters || outcome.kind !== "converged")
    return undefined;
  const loss = (chanceOf: (number: number) => number) =>
    recent.reduce((sum, each) => {
      const chance = chanceOf(each.number);
      return sum - each.renewed * Math.log(chance) - (each.due - each.renewed) * Math.log(1 - chance);
    }, 0) / decided;
  return {
    sbg: loss((number) => retentionOf(parameters, number - knownBy)),
    rate: loss(() => renewed / due),
    decided,
  };
}

/** Renewals by their number, from the third on; numbers that nobody reached count none. */
function inOrder(counts: readonly DecidedRenewals[]): readonly Renewals[] {
  const last = Math.max(knownBy, ...counts.map(({ number }) => number));
  return Array.from({ length: last - knownBy }, (_, index) =>
    totalOf(counts.filter(({ number }) => number === index + knownBy + 1)),
  );
}

function totalOf(counts: readonly Renewals[]): Renewals {
  return counts.reduce((sum, each) => ({ due: sum.due + each.due, renewed: sum.renewed + each.renewed }), {
    due: 0,
    renewed: 0,
  });
}

function reasonOf(outcome: ReturnType<typeof fitSbg>["outcome"]): string {
  if (outcome.kind === "boundary") return outcome.meaning;
  return outcome.kind === "converged" ? "" : outcome.reason;
}
