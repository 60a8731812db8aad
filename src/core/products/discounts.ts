import { of80 } from "../score-interval.ts";
import { chanceBeyond, tellApart, type Verdict } from "./differences.ts";
import type { PriceSums } from "./product-tally.ts";

/** How much less than the list price deals are won for, as a fraction of it; below 0 where they are won for more. */
export interface Discount {
  readonly deals: number;
  readonly share: number;
  /** Interval of 80 %. */
  readonly low: number;
  readonly high: number;
  /** `above` needs more of a discount than the others. */
  readonly verdict: Verdict;
}

/** Where all deals have the very same discount, nothing is left to tell chance by. */
const leastVariance = 1e-12;

/**
 * Discounts in the order of the sums: what deals were sold for together against what they come to by list prices, with the
 * variance of such a ratio (Cochran 1977); undefined below two deals with a list price.
 *
 * @param leastDeals with fewer it is too early.
 */
export function judgeDiscounts(
  sums: readonly PriceSums[],
  leastDeals: number,
): { readonly areToldApart: boolean; readonly discounts: readonly (Discount | undefined)[] } {
  const told = sums.filter(({ deals, list }) => deals >= leastDeals && list > 0);
  const ratios = told.map((own) => withSomeChance(ratioOf(own)));
  const weights = ratios.map(({ variance }) => 1 / variance);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const middle = ratios.reduce((sum, { ratio }, at) => sum + ratio * (weights[at] ?? 0), 0) / whole;
  const spread = ratios.reduce((sum, { ratio, variance }) => sum + (ratio - middle) ** 2 / variance, 0);
  const { areToldApart, verdicts } = tellApart(
    spread,
    ratios.map(({ ratio, variance }, at) => {
      if (told.length < 2) return { isAbove: false, chance: 1 };
      const others = withSomeChance(ratioOf(sumOf(told.filter((_, other) => other !== at))));
      const deviations = (ratio - others.ratio) / Math.sqrt(variance + others.variance);
      return { isAbove: deviations < 0, chance: chanceBeyond(deviations) };
    }),
  );
  return {
    areToldApart,
    discounts: sums.map((own) => {
      // One deal says nothing of how much deals differ.
      if (own.deals < 2 || own.list <= 0) return undefined;
      const { ratio, variance } = ratioOf(own);
      const reach = of80 * Math.sqrt(variance);
      return {
        ...{ deals: own.deals, share: 1 - ratio, low: 1 - ratio - reach, high: 1 - ratio + reach },
        verdict: verdicts[told.indexOf(own)] ?? "too-early",
      };
    }),
  };
}

interface Ratio {
  readonly ratio: number;
  readonly variance: number;
}

function withSomeChance({ ratio, variance }: Ratio): Ratio {
  return { ratio, variance: Math.max(leastVariance, variance) };
}

function ratioOf({ deals, amount, list, amountSquares, crossProducts, listSquares }: PriceSums): Ratio {
  const ratio = amount / list;
  const squares = amountSquares - 2 * ratio * crossProducts + ratio ** 2 * listSquares;
  const variance = (Math.max(0, squares) * deals) / (Math.max(1, deals - 1) * list ** 2);
  return { ratio, variance };
}

function sumOf(sums: readonly PriceSums[]): PriceSums {
  const of = (key: keyof PriceSums) => sums.reduce((sum, own) => sum + own[key], 0);
  return {
    ...{ deals: of("deals"), amount: of("amount"), list: of("list") },
    ...{
      amountSquares: of("amountSquares"),
      crossProducts: of("crossProducts"),
      listSquares: of("listSquares"),
    },
  };
}
