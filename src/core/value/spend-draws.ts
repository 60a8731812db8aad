import { drawGamma, type Random } from "../random.ts";
import { createSpend, spendModelOf } from "./spend.ts";
import type { ValueFit } from "./value-fit.ts";

/** What so many purchases may cost together, in minor units. */
export type Spend = (purchases: number) => number;

/**
 * Creates, for the repeat purchases of an account, what draws how it may spend. By the Gamma-Gamma model its purchases vary
 * around a mean of its own, of which its history leaves some possible; purchases together are again gamma distributed.
 * Without the model the mean is what `createSpend` says, and each purchase varies by as much as it is.
 */
export function createSpendDraws(
  fit: ValueFit,
): (frequency: number, repeatMinor: number) => (random: Random) => Spend {
  const model = spendModelOf(fit);
  const spendOf = createSpend(fit);
  return (frequency, repeatMinor) => {
    if (!model) {
      const mean = spendOf(frequency, repeatMinor);
      return (random) => (purchases) => mean * drawGamma(random, purchases);
    }
    const { p, q, v } = model;
    const [shape, rate] = [q + p * frequency, v + (frequency > 0 ? Math.max(0, repeatMinor) : 0)];
    return (random) => {
      const scale = rate / drawGamma(random, shape);
      return (purchases) => scale * drawGamma(random, p * purchases);
    };
  };
}
