import type { Markets } from "../core/products/for-whom.ts";
import { easeOf, type JudgedProduct, type JudgedProducts } from "../core/products/judge-products.ts";
import type { ProductResults } from "../store/product-results.ts";
import { countOf, formatCount, formatDay, formatShare, formatWindow } from "../wording.ts";
import { wordCycle, wordMarket, wordRate } from "./figure-words.ts";
import type { AskedProducts } from "./products-asked.ts";

const MOST_TOLD = 3;
const MOST_DIFFERENT = 2;
const list = new Intl.ListFormat("en-GB");

/** The answer in one sentence. */
export function productsHeadline(
  { products, toldApart, overall }: JudgedProducts,
  only: "easier" | "harder" | undefined,
  suffix: string,
): string {
  const { rate, closed } = overall;
  if (products.length === 0) return `No deal says which product it is about${suffix}`;
  if (rate === undefined)
    return `Too early: no deal is old enough to tell how easily products are sold${suffix}`;
  const base = `${wordRate({ closed, ...rate })} overall`;
  const [best, worst] = [sideOf(products, "easier")[0], sideOf(products, "harder")[0]];
  if (only !== undefined && sideOf(products, only).length === 0)
    return `No product is clearly ${only} to sell than the others: ${base}${suffix}`;
  if (!toldApart.rate) {
    const told = products.filter((product) => easeOf(product) !== "too-early");
    return told.length < 2
      ? `Too early to tell products apart: ${base}${suffix}`
      : `Products cannot be told apart by how often they are won: ${base}${suffix}`;
  }
  const told = [
    ...(best && only !== "harder" ? [wordSide(best, "easier")] : []),
    ...(worst && only !== "easier" ? [wordSide(worst, "harder")] : []),
  ];
  return `${told.join("; ")}; ${formatShare(rate.share)} overall${suffix}`;
}

/** Products that are easier, or harder, to sell than the others: the easiest, or the hardest, first. */
export function sideOf(
  products: readonly JudgedProduct[],
  side: "easier" | "harder",
): readonly JudgedProduct[] {
  return side === "easier"
    ? products.filter((product) => easeOf(product) === "above")
    : products.filter((product) => easeOf(product) === "below").toReversed();
}

function wordSide({ product, rate }: JudgedProduct, side: "easier" | "harder"): string {
  return `${product} is ${side} to sell than the others${rate ? `: ${wordRate(rate)}` : ""}`;
}

/** What else tells products apart: the days that winning takes, and discounts. */
export function differenceLines(
  products: readonly JudgedProduct[],
  { overall }: Pick<JudgedProducts, "overall">,
): readonly string[] {
  const cycles = (verdict: "above" | "below", said: string) =>
    products.flatMap(({ product, cycle }) =>
      cycle?.verdict === verdict
        ? [`${product} is won ${said} than the others: ${wordCycle(cycle)}, ${overall.medianDays} overall.`]
        : [],
    );
  const discounts = (verdict: "above" | "below", said: string) =>
    products.flatMap(({ product, discount }) =>
      discount?.verdict === verdict
        ? [`${product} is sold with ${said} of a discount than the others: ${formatShare(discount.share)}.`]
        : [],
    );
  return [
    ...cycles("below", "sooner").slice(0, MOST_DIFFERENT),
    ...cycles("above", "later").slice(0, MOST_DIFFERENT),
    ...discounts("below", "less").slice(0, MOST_DIFFERENT),
    ...discounts("above", "more").slice(0, MOST_DIFFERENT),
  ];
}

/** For whom products are easier or harder to sell; that nothing is clear is said too. */
export function marketLines(
  { found, tested }: Markets,
  products: readonly JudgedProduct[],
  most = MOST_TOLD,
): readonly string[] {
  if (tested === 0) return ["For whom: too few deals to tell."];
  if (found.length === 0)
    return ["For whom: no difference between industries, regions or tiers that chance does not explain."];
  const names = new Map(products.map(({ productId, product }) => [productId, product]));
  return found
    .slice(0, most)
    .map(
      (market) =>
        `${names.get(market.productId) ?? "A product"} is won ${market.share > market.othersShare ? "more" : "less"} often ${wordMarket(market)}.`,
    );
}

/** What the figures are over, and what is missing. */
export function productNotes(
  { counts, maturity }: ProductResults,
  { window, query }: Pick<AskedProducts, "window" | "query">,
): readonly string[] {
  const left = [
    ...(counts.young > 0 ? [`${formatCount(counts.young)} younger`] : []),
    ...(counts.open > 0 ? [`${formatCount(counts.open)} still open`] : []),
  ];
  return [
    `Win rate and days: ${countOf(counts.told, "deal")} that began ${formatWindow(window)}${
      maturity
        ? ` and by ${formatDay(maturity.createdBy)}: after ${countOf(maturity.ageDays, "day")} nearly all that ever close are closed`
        : ""
    }.${left.length > 0 ? ` Left out: ${list.format(left)}.` : ""}`,
    "In brackets the range a figure lies in, 4 times of 5.",
    ...(counts.withoutProduct > 0
      ? [
          `${countOf(counts.withoutProduct, "deal")} of them ${counts.withoutProduct === 1 ? "names" : "name"} no product.`,
        ]
      : []),
    ...(counts.withoutStart > 0
      ? [
          `${countOf(counts.withoutStart, "deal")} of them ${counts.withoutStart === 1 ? "does" : "do"} not say when they began, and count by the day they closed.`,
        ]
      : []),
    `Discount: what was won ${formatWindow(window)} against list prices${
      counts.withoutPrice > 0
        ? `; ${countOf(counts.withoutPrice, "won deal")} without an amount or a list price left out`
        : ""
    }.`,
    ...(query.filters.owner || query.filters.team
      ? ["Deals are those of whoever has the credit for them."]
      : []),
    ...(query.filters.tier ? ["The tier is the account's when the deal began."] : []),
    "No acquisition costs are known, so there is no cost of acquisition per product: it needs what marketing and sales spent.",
  ];
}

/** How products are told apart, for those who ask. */
export const productMethod: readonly string[] = [
  "Win rate: won of those won or lost, of deals old enough. They are by the share of deals still open at each age (Kaplan and Meier): the age by which 95 % of those that ever close are closed. Ranges of 80 % are Wilson's.",
  "Products differ when all of them spread more than chance does (chi-square, 2.5 %), and each that is named against all others (Fisher's exact test, by Benjamini and Hochberg's rule at 5 %). Then the easiest stand first, by win rates drawn towards the mean of all as far as they rest on few deals (empirical Bayes).",
  "Days to win are medians, compared by ranks (Kruskal and Wallis, Mann and Whitney). A discount is 1 less what was sold, all together, over list prices.",
  "For whom: each industry, region and tier against all other accounts of the same product, by Fisher's exact test and Benjamini and Hochberg's rule over all of them.",
  "What sells easily is not corrected for who sells it: `leaderboard` is.",
];
