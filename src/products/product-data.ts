import type { Market } from "../core/products/for-whom.ts";
import type { JudgedProduct } from "../core/products/judge-products.ts";
import type { Snapshot } from "../store/reads.ts";

/** One product for programs: shares as fractions, null where there is nothing to tell by. */
export function productData(
  { productId, product, rate, cycle, discount, wonInWindow, wonMinor }: JudgedProduct,
  { currency }: Snapshot,
) {
  return {
    ...{ productId, product },
    ...{ won: rate?.won ?? 0, closed: rate?.closed ?? 0 },
    ...{ winShare: rate?.share ?? null, lowWinShare: rate?.low ?? null, highWinShare: rate?.high ?? null },
    ...{ shrunkWinShare: rate?.shrunk ?? null, ease: rate?.verdict ?? "too-early" },
    ...{ medianDays: cycle?.median ?? null, lowDays: cycle?.low ?? null, highDays: cycle?.high ?? null },
    ...{ timed: cycle?.won ?? 0, speed: cycle?.verdict ?? "too-early" },
    ...{ discountShare: discount?.share ?? null, lowDiscountShare: discount?.low ?? null },
    ...{ highDiscountShare: discount?.high ?? null, priced: discount?.deals ?? 0 },
    ...{ discounting: discount?.verdict ?? "too-early" },
    ...{ wonInWindow, wonAmount: { amount: wonMinor, currency }, acquisitionCost: null },
  };
}

/** A kind of account for programs. */
export function marketData({ productId, ...market }: Market, products: readonly JudgedProduct[]) {
  const { product } = products.find((one) => one.productId === productId) ?? {};
  return { productId, product: product ?? null, ...market };
}
