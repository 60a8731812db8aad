import type { Day, Window } from "../core/calendar.ts";
import type { MarketTally, ProductTally } from "../core/products/product-tally.ts";
import type { Tier } from "../core/tiers.ts";
import type { Snapshot } from "./reads.ts";

/** What can be asked about how products are sold, over the deals that the viewer may see. */
export interface ProductReads {
  productResults(snapshot: Snapshot, asked: ProductQuestion): Promise<ProductResults>;
  /** The deals about one product, by the calendar quarter in which they began, the latest first. */
  productQuarters(
    snapshot: Snapshot,
    productId: string,
    asked: ProductQuestion,
  ): Promise<readonly ProductQuarter[]>;
}

export interface ProductQuestion {
  readonly deals: DealFilters;
  /** Deals that began in it, and what was won in it. */
  readonly window: Window;
}

/** Which deals: whose they are, and what the accounts are that they are with. */
export interface DealFilters {
  /** Those who have the credit. */
  readonly repIds?: readonly string[];
  readonly industry?: string;
  readonly region?: string;
  /** When the deal began. */
  readonly tier?: Tier;
}

export interface ProductResults {
  /** Products that any deal of the window is about. */
  readonly products: readonly ProductTally[];
  readonly markets: readonly MarketTally[];
  /** When deals are old enough to tell; undefined where none that closed says when it began. */
  readonly maturity: { readonly ageDays: number; readonly createdBy: Day } | undefined;
  /** Of the deals that began in the window. */
  readonly counts: {
    /** Old enough, and won or lost: what rates are over. */
    readonly told: number;
    /** Old enough, and still open. */
    readonly open: number;
    /** Too young to tell, whatever came of them so far. */
    readonly young: number;
    /** Those of `told` that name no product, and that do not say when they began, so that the day counts on which they closed. */
    readonly withoutProduct: number;
    readonly withoutStart: number;
    /** Won in the window, but without an amount or a list price to compare. */
    readonly withoutPrice: number;
  };
}

export interface ProductQuarter {
  /** The first day of the quarter. */
  readonly from: Day;
  readonly won: number;
  readonly lost: number;
  readonly open: number;
  /** What its deals were won for so far, in minor units. */
  readonly wonMinor: number;
}
