import { meansWithoutRep } from "./shrunk-means.ts";

export interface TimedDeals {
  readonly won: Uint8Array;
  /** From its creation to its end; NaN where not known. */
  readonly days: Float64Array;
  /** The places of its product and its account's tier, or -1. */
  readonly products: Int32Array;
  readonly tiers: Int32Array;
  readonly reps: Int32Array;
}

/**
 * How many days others take to win a deal of the same product, for an account of the same tier: the geometric mean, since a few
 * deals take very long. A deal that is won on the day it began took one day.
 *
 * @returns by deal, 1 or more; NaN of every deal where no won one has days.
 */
export function expectDays({ won, days, products, tiers, reps }: TimedDeals): Float64Array {
  const logs = days.map((each, deal) => (won[deal] === 1 ? Math.log(Math.max(1, each)) : Number.NaN));
  return meansWithoutRep(logs, [products, tiers], reps, "alike").map(Math.exp);
}
