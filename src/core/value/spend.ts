import { expectedSpend, type GammaGammaParameters } from "../models/gamma-gamma.ts";
import type { ValueFit } from "./value-fit.ts";

/** A model by which accounts spend this many times what they do spend has been led astray by a few large amounts. */
const mostTimes = 3;

/**
 * The Gamma-Gamma model of a fit, where it is to be believed: it converged, and the mean spend that it expects of all
 * accounts, which grows without bound as `q` falls to 1, is near the one that was seen.
 */
export function spendModelOf({ spend, meanPurchase }: ValueFit): GammaGammaParameters | undefined {
  const { parameters, outcome } = spend;
  if (outcome.kind !== "converged" || !parameters) return undefined;
  const mean = expectedSpend(parameters, 0, 0);
  return mean !== undefined && mean <= mostTimes * meanPurchase ? parameters : undefined;
}

/**
 * Creates what says how much an account will spend per purchase, in minor units: by the model, else what it spent per repeat
 * purchase, else what all spend. Never below 0; who took back more than they bought is taken to have bought for
 * nothing.
 */
export function createSpend(fit: ValueFit): (frequency: number, repeatMinor: number) => number {
  const model = spendModelOf(fit);
  const mean = Math.max(0, fit.meanPurchase);
  return (frequency, repeatMinor) => {
    const own = frequency > 0 ? Math.max(0, repeatMinor) / frequency : 0;
    const expected = model && expectedSpend(model, frequency, own);
    return expected ?? (frequency > 0 ? own : mean);
  };
}
