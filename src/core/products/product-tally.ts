/** What came of the deals about one product. Money in minor units. */
export interface ProductTally {
  readonly productId: string;
  readonly product: string;
  /** Of deals old enough to tell: see `mature-cohorts.ts`. */
  readonly won: number;
  readonly lost: number;
  /** Days from creation to win of the same deals, and how many took so many. */
  readonly days: readonly DayCount[];
  /** Of deals that were won in the window and of which amount and list price are known. */
  readonly priced: PriceSums;
  /** Deals that were won in the window, and what they came to. */
  readonly wonInWindow: number;
  readonly wonMinor: number;
}

export interface DayCount {
  readonly days: number;
  readonly deals: number;
}

/** Sums over deals of what they were sold for (a) and what they would come to by list prices (l). */
export interface PriceSums {
  readonly deals: number;
  readonly amount: number;
  readonly list: number;
  readonly amountSquares: number;
  readonly crossProducts: number;
  readonly listSquares: number;
}

/** Deals about one product with accounts of one kind, of those old enough to tell. */
export interface MarketTally {
  readonly productId: string;
  readonly by: MarketColumn;
  readonly value: string;
  readonly won: number;
  readonly closed: number;
}

/** What the accounts of deals are told apart by; a tier is that of when the deal began. */
export type MarketColumn = "industry" | "region" | "tier";
