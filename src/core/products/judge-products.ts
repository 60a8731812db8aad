import { groupBy } from "../group-by.ts";
import { of80, type ShareInterval, scoreInterval } from "../score-interval.ts";
import { type Cycle, judgeCycles, medianOf } from "./cycles.ts";
import type { Verdict } from "./differences.ts";
import { type Discount, judgeDiscounts } from "./discounts.ts";
import type { ProductTally } from "./product-tally.ts";
import { judgeWinRates, type WinRate } from "./win-rates.ts";

/** With fewer deals it is too early to say anything of a product. */
export const leastDeals = 20;

/** How easily a product is sold. Money in minor units. */
export interface JudgedProduct {
  readonly productId: string;
  readonly product: string;
  readonly rate: WinRate | undefined;
  readonly cycle: Cycle | undefined;
  readonly discount: Discount | undefined;
  readonly wonInWindow: number;
  readonly wonMinor: number;
}

export interface JudgedProducts {
  /** Where win rates can be told apart, the easiest first and those with too few deals last; otherwise by name. */
  readonly products: readonly JudgedProduct[];
  /** What products can be told apart by. */
  readonly toldApart: Readonly<Record<ProductMeasure, boolean>>;
  /** Over all of them. */
  readonly overall: {
    readonly won: number;
    readonly closed: number;
    readonly rate: ShareInterval | undefined;
    readonly medianDays: number | undefined;
  };
}

/** What tells how easily a product is sold. */
export type ProductMeasure = "rate" | "cycle" | "discount";

/** Products by how easily they are sold, as far as that is more than chance. */
export function judgeProducts(tallies: readonly ProductTally[]): JudgedProducts {
  const { rates, ...rate } = judgeWinRates(tallies, leastDeals);
  const { cycles, ...cycle } = judgeCycles(
    tallies.map(({ days }) => days),
    leastDeals,
  );
  const { discounts, ...discount } = judgeDiscounts(
    tallies.map(({ priced }) => priced),
    leastDeals,
  );
  const judged = tallies.map(
    ({ productId, product, wonInWindow, wonMinor }, at): JudgedProduct => ({
      ...{ productId, product, wonInWindow, wonMinor },
      ...{ rate: rates[at], cycle: cycles[at], discount: discounts[at] },
    }),
  );
  return {
    products: judged.toSorted((one, other) =>
      rate.areToldApart ? byEase(one, other) || byName(one, other) : byName(one, other),
    ),
    toldApart: {
      rate: rate.areToldApart,
      cycle: cycle.areToldApart,
      discount: discount.areToldApart,
    },
    overall: overallOf(tallies),
  };
}

function overallOf(tallies: readonly ProductTally[]): JudgedProducts["overall"] {
  const won = tallies.reduce((sum, tally) => sum + tally.won, 0);
  const closed = tallies.reduce((sum, tally) => sum + tally.lost, won);
  const perDay = groupBy(
    tallies.flatMap(({ days }) => days),
    ({ days }) => String(days),
  );
  const days = [...perDay.values()]
    .map((counts) => ({
      days: counts[0]?.days ?? 0,
      deals: counts.reduce((sum, { deals }) => sum + deals, 0),
    }))
    .toSorted((one, other) => one.days - other.days);
  return { won, closed, rate: scoreInterval(won, closed, of80), medianDays: medianOf(days)?.median };
}

/** Whether a product is easier (`above`) or harder to sell than the others. */
export function easeOf({ rate }: JudgedProduct): Verdict {
  return rate?.verdict ?? "too-early";
}

function byEase(one: JudgedProduct, other: JudgedProduct): number {
  const ease = (product: JudgedProduct) =>
    easeOf(product) === "too-early" ? -1 : (product.rate?.shrunk ?? -1);
  return ease(other) - ease(one);
}

function byName(one: JudgedProduct, other: JudgedProduct): number {
  return one.product.localeCompare(other.product, "en") || (one.productId < other.productId ? -1 : 1);
}
