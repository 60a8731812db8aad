import type { ProductSlices } from "../store/rep-results.ts";

/** A simple, explained way to move what a team sells. */
export type Incentive =
  /** A product that sells worse lately than deals like them did before: a higher rate for each sale. */
  | {
      readonly kind: "accelerator";
      readonly product: string;
      readonly deals: number;
      readonly won: number;
      readonly expected: number;
    }
  /** A product that sells no worse than others, and that few customers have: a fixed sum for each first sale. */
  | {
      readonly kind: "first-sale";
      readonly product: string;
      readonly buyers: number;
      readonly customers: number;
      readonly won: number;
      readonly deals: number;
    };

/** Fewer deals of a product tell nothing. */
const FEWEST_DEALS = 20;
/** How many standard deviations a product lags by. */
const LAGS_BY = 2;
/** So few of the customers are white space. */
const FEW_BUYERS = 0.2;
/** A list of more is none. */
const MOST_OF_A_KIND = 3;

/**
 * What to pay for, by what was sold lately and in all of the window.
 *
 * @param lately deals of the last months: their wins against what the whole window has expected.
 */
export function suggestIncentives(lately: ProductSlices, all: ProductSlices): readonly Incentive[] {
  const lagging = lately.rows
    .filter(({ deals }) => deals >= FEWEST_DEALS)
    .map((slice) => ({
      ...slice,
      score: (slice.won - slice.expected) / Math.sqrt(Math.max(slice.variance, 1e-9)),
    }))
    .filter(({ score }) => score < -LAGS_BY)
    .toSorted((left, right) => left.score - right.score);
  const [deals, won] = [sumOf(all, "deals"), sumOf(all, "won")];
  const rate = deals === 0 ? 0 : won / deals;
  const white = all.rows
    .filter(
      (slice) =>
        slice.deals >= FEWEST_DEALS &&
        slice.won / slice.deals >= rate &&
        slice.buyers < FEW_BUYERS * all.customers &&
        lagging.every(({ product }) => product !== slice.product),
    )
    .toSorted((left, right) => left.buyers - right.buyers || (left.product < right.product ? -1 : 1));
  return [
    ...lagging.slice(0, MOST_OF_A_KIND).map(
      ({ product, deals: own, won: ownWon, expected }): Incentive => ({
        kind: "accelerator",
        ...{ product, deals: own, won: ownWon, expected },
      }),
    ),
    ...white.slice(0, MOST_OF_A_KIND).map(
      ({ product, buyers, won: ownWon, deals: own }): Incentive => ({
        kind: "first-sale",
        ...{ product, buyers, customers: all.customers, won: ownWon, deals: own },
      }),
    ),
  ];
}

function sumOf({ rows }: ProductSlices, part: "deals" | "won"): number {
  return rows.reduce((sum, row) => sum + row[part], 0);
}
