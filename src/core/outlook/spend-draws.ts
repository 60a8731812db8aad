import { drawGamma, type Random } from "../random.ts";
import { createSpend, spendModelOf } from "../value/spend.ts";
import type { ValueFit } from "../value/value-fit.ts";

/** What an account buys at a time. */
export interface SpendDraws {
  /** The shape of the gamma distribution of single purchases; infinite where they are all alike. */
  readonly shape: number;
  /** Draws the mean of its purchases, in minor units; never below 0. */
  draw(random: Random): number;
}

/**
 * The same as `createSpendDraws` of lifetime values, with the mean apart from the purchases. By the Gamma-Gamma model the
 * mean p ÷ ν of an account has a rate ν that is gamma distributed with shape q + px and rate v + x·m after x repeat
 * purchases of m on average.
 */
export function createMeanSpends(fit: ValueFit): (frequency: number, repeatMinor: number) => SpendDraws {
  const model = spendModelOf(fit);
  const spendOf = createSpend(fit);
  return (frequency, repeatMinor) => {
    if (!model) {
      const mean = spendOf(frequency, repeatMinor);
      return { shape: 1, draw: () => mean };
    }
    const { p, q, v } = model;
    const [shape, rate] = [q + p * frequency, v + (frequency > 0 ? Math.max(0, repeatMinor) : 0)];
    return { shape: p, draw: (random) => (p * rate) / drawGamma(random, shape) };
  };
}

/** What so many purchases come to, where they are of this mean. */
export function drawAmount(purchases: number, spend: number, shape: number, random: Random): number {
  if (purchases <= 0 || spend <= 0) return 0;
  const known = shape * purchases;
  return Number.isFinite(known) ? (drawGamma(random, known) * spend) / shape : purchases * spend;
}
