import type { GammaGammaParameters } from "../models/gamma-gamma.ts";
import { drawGamma, type Random } from "../random.ts";
import type { AccountHistory, ValueFit } from "../value/value-fit.ts";

/** What an account buys at a time. */
export interface SpendDraws {
  /** The shape of the gamma distribution of single purchases; infinite where they are all alike. */
  readonly shape: number;
  /** Draws the mean of its purchases, in minor units; never below 0. */
  draw(random: Random): number;
}

/**
 * By the Gamma-Gamma model, where its mean exists: the mean p ÷ ν of an account has a rate ν with shape px + q and rate
 * v + x·m after x repeat purchases of m on average. Else by what it bought so far, or by what all bought. Credits that
 * exceed purchases count as nothing: what was taken back once is not taken back again.
 */
export function spendDraws(fit: ValueFit, { purchaseDays, repeatMinor }: Repeats): SpendDraws {
  const repeats = Math.max(0, purchaseDays - 1);
  const repeated = Math.max(0, repeatMinor);
  const { parameters } = fit.spend;
  if (parameters === undefined || !isUsable(parameters)) {
    const spend = repeats > 0 ? repeated / repeats : Math.max(0, fit.meanPurchase);
    return { shape: Number.POSITIVE_INFINITY, draw: () => spend };
  }
  const { p, q, v } = parameters;
  const [shape, rate] = [p * repeats + q, v + repeated];
  return { shape: p, draw: (random) => (p * rate) / drawGamma(random, shape) };
}

type Repeats = Pick<AccountHistory, "purchaseDays" | "repeatMinor">;

function isUsable({ p, q, v }: GammaGammaParameters): boolean {
  return p > 0 && v > 0 && q > 1 && [p, q, v].every(Number.isFinite);
}

/** What so many purchases come to, where they are of this mean. */
export function drawAmount(purchases: number, spend: number, shape: number, random: Random): number {
  if (purchases <= 0 || spend <= 0) return 0;
  const known = shape * purchases;
  return Number.isFinite(known) ? (drawGamma(random, known) * spend) / shape : purchases * spend;
}
