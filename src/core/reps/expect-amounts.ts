import { meansWithoutRep } from "./shrunk-means.ts";

export interface AmountDeals {
  /** The chance that each is won: see `expectWins`. */
  readonly chances: Float64Array;
  readonly won: Uint8Array;
  /** In minor units; NaN where not known. */
  readonly amounts: Float64Array;
  /** Whether deals that were lost have theirs too, so that it is a deal's size and does not tell its end. */
  readonly isSize: boolean;
  /** The places of its product, its account's tier and its rep, or -1. */
  readonly products: Int32Array;
  readonly tiers: Int32Array;
  readonly reps: Int32Array;
}

/**
 * What each deal is expected to bring: its chance times its size. Where sizes are known of won deals alone, that is the mean
 * amount at which others win that product for an account of that tier, or any where such means hardly differ or nobody else
 * sells it: whoever has large accounts is expected to bring more. All together they bring what all won deals did.
 *
 * @returns by deal, in minor units; NaN of every deal where no won one has an amount.
 */
export function expectAmounts({ chances, won, amounts, isSize, ...alike }: AmountDeals): Float64Array {
  const { products, tiers, reps } = alike;
  const known = amounts.map((amount, deal) => (won[deal] === 1 ? amount : Number.NaN));
  const means = meansWithoutRep(known, [products, tiers], reps, "in-proportion");
  const expected = means.map((mean, deal) => {
    const own = amounts[deal] ?? Number.NaN;
    return (isSize && own > 0 ? own : mean) * (chances[deal] ?? 0);
  });
  const [came, foretold] = [sumOf(known), sumOf(expected)];
  return foretold > 0 && came > 0 ? expected.map((amount) => (amount * came) / foretold) : expected;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => (Number.isFinite(value) ? sum + value : sum), 0);
}
