import { type Maximum, maximise, type ValueAndGradient } from "./maximise.ts";
import type { Fit, FitOutcome } from "./model.ts";
import type { Renewals } from "./renewals.ts";
import { hypergeometric2F1 } from "./special-functions.ts";
import { standardErrors } from "./standard-errors.ts";

/**
 * The shifted-beta-geometric model (Fader & Hardie 2007): at the end of each period a customer leaves with a probability of
 * their own, which never changes and is spread over customers as a beta distribution. Retention rises with time, since
 * who leaves easily has left.
 */
export interface SbgParameters {
  readonly alpha: number;
  readonly beta: number;
}

const starts: readonly (readonly [alpha: number, beta: number])[] = [
  [1, 1],
  [0.5, 5],
  [5, 0.5],
  [10, 50],
];
const maxIterations = 500;
/** A log-likelihood this near to that of the simpler model shows nothing that the simpler model lacks. */
const hardlyMore = 1e-3;
/** From here down, `alpha + beta` is on its way to 0. */
const hardlyAny = 1e-3;

/** Fits by maximum likelihood to how the renewals of period 1, 2, … went. */
export function fitSbg(renewals: readonly Renewals[]): Fit<SbgParameters> {
  const customers = renewals[0]?.due ?? 0;
  const reason = silence(renewals);
  if (reason !== undefined) {
    const nothing = { parameters: undefined, standardErrors: undefined, logLikelihood: undefined };
    return { model: "sbg", ...nothing, customers, outcome: { kind: "no-signal", reason } };
  }
  const valueAndGradient = logLikelihoodOf(renewals);
  const best = starts
    .map((start) => maximise({ start, valueAndGradient, maxIterations }))
    .reduce((left, right) => (right.value > left.value ? right : left));
  const outcome = outcomeOf(best, renewals);
  const errors = outcome.kind === "converged" ? standardErrors(best.x, valueAndGradient) : undefined;
  return {
    ...{ model: "sbg", parameters: named(best.x), standardErrors: errors && named(errors) },
    ...{ logLikelihood: best.value, customers, outcome },
  };
}

/** The share of customers who are still there after so many periods. */
export function survivalOf({ alpha, beta }: SbgParameters, periods: number): number {
  let share = 1;
  for (let period = 1; period <= periods; period += 1) share *= retentionOf({ alpha, beta }, period);
  return share;
}

/** The share of those who were there until then who renew at the end of a period; periods count from 1. */
export function retentionOf({ alpha, beta }: SbgParameters, period: number): number {
  return (beta + period - 1) / (alpha + beta + period - 1);
}

/**
 * How many periods a new customer is expected to pay for, each discounted to now; the first one is now. Infinite without
 * a discount where `alpha` is at most 1.
 *
 * @param discountRate of one period, at least 0: 0.1 is 10 %.
 */
export function discountedLifetime({ alpha, beta }: SbgParameters, discountRate: number): number {
  if (discountRate > 0) return hypergeometric2F1(1, beta, alpha + beta, 1 / (1 + discountRate));
  return alpha > 1 ? (alpha + beta - 1) / (alpha - 1) : Number.POSITIVE_INFINITY;
}

/**
 * The same for the periods still to come of a customer at the end of the `period`-th one, when the renewal is due and not yet
 * decided (Fader & Hardie 2010); the first payment to come would be now.
 */
export function discountedResidualLifetime(
  { alpha, beta }: SbgParameters,
  period: number,
  discountRate: number,
): number {
  const renews = retentionOf({ alpha, beta }, period);
  // Whoever has renewed so often is like a new customer with another belief.
  return renews * discountedLifetime({ alpha, beta: beta + period }, discountRate);
}

/** Every renewal is a trial: of those who were there for `t` periods, the share `(beta + t − 1) ÷ (alpha + beta + t − 1)` renews. */
function logLikelihoodOf(renewals: readonly Renewals[]): ValueAndGradient {
  return ([alpha = 0, beta = 0], gradient) => {
    let value = 0;
    gradient.fill(0);
    for (const [index, { due, renewed }] of renewals.entries()) {
      const [stays, all] = [beta + index, alpha + beta + index];
      value += (due - renewed) * Math.log(alpha / all) + renewed * Math.log(stays / all);
      gradient[0] = (gradient[0] ?? 0) + (due - renewed) / alpha - due / all;
      gradient[1] = (gradient[1] ?? 0) + renewed / stays - due / all;
    }
    return value;
  };
}

/** Why nothing can be fitted. */
function silence(renewals: readonly Renewals[]): string | undefined {
  const { due, renewed } = totalsOf(renewals);
  if ((renewals[0]?.due ?? 0) < 2) return "Fewer than two customers had a renewal.";
  if (renewed === due) return "Nobody left.";
  if (renewed === 0) return "Nobody renewed.";
  return renewals.filter((each) => each.due > 0).length < 2
    ? "After a single renewal, customers who leave easily cannot be told from others."
    : undefined;
}

function outcomeOf(
  { value, x, isConverged, iterations }: Maximum,
  renewals: readonly Renewals[],
): FitOutcome {
  const [alpha = 0, beta = 0] = x;
  if (value - sameForAll(renewals) < hardlyMore)
    return {
      kind: "boundary",
      parameter: "alpha + beta",
      meaning: "all customers are equally likely to leave, and retention stays as it is",
    };
  if (alpha + beta < hardlyAny)
    return { kind: "boundary", parameter: "alpha + beta", meaning: "who renews once never leaves" };
  if (isConverged) return { kind: "converged" };
  return {
    kind: "did-not-converge",
    reason: `The search still climbed after ${iterations} steps.`,
  };
}

/** The best log-likelihood of a constant retention. */
function sameForAll(renewals: readonly Renewals[]): number {
  const { due, renewed } = totalsOf(renewals);
  return (due - renewed) * Math.log(1 - renewed / due) + renewed * Math.log(renewed / due);
}

function totalsOf(renewals: readonly Renewals[]): Renewals {
  return renewals.reduce((sum, each) => ({ due: sum.due + each.due, renewed: sum.renewed + each.renewed }), {
    due: 0,
    renewed: 0,
  });
}

function named([alpha = 0, beta = 0]: Float64Array): SbgParameters {
  return { alpha, beta };
}
