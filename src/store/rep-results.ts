import type { Day, Window } from "../core/calendar.ts";
import type { RepSums } from "../core/reps/standardise.ts";
import type { Snapshot } from "./reads.ts";

/** What can be asked about reps' results, over the deals that the viewer may see. Money in minor units. */
export interface RepReads {
  /**
   * What came of deals that closed in a window, by whoever has the credit, beside what was expected of each; of those reps
   * alone whose names the viewer may read. By name.
   */
  repResults(snapshot: Snapshot, asked: RepQuestion): Promise<RepResults>;
  /** Deals of some reps that closed in a window, a rep and a thing they have in common at a time. */
  repSlices(snapshot: Snapshot, repIds: readonly string[], window: Window): Promise<readonly RepSlice[]>;
  /** How fast, and how far below list prices, one person sells, and what happens to their open deals, beside the others. */
  repHabits(snapshot: Snapshot, repIds: readonly string[], window: Window): Promise<RepHabits>;
  /** Deals that closed in a window, by product. */
  productSlices(snapshot: Snapshot, window: Window): Promise<ProductSlices>;
  /** How often deals that closed in a window were won, in the last months of fiscal quarters and in the others. */
  quarterEnd(snapshot: Snapshot, deals: DealSelection, window: Window): Promise<QuarterEnd>;
  /** Record ids of the reps whom the viewer manages; see `managedReps`. */
  managedReps(): Promise<readonly string[]>;
  /** Quotas of reps, by their addresses in lower case: those that the viewer may know, which are their own, those of the reps whom they manage, and all for an admin. */
  repQuotas(): Promise<readonly RepQuota[]>;
}

/** Which deals: by what they were about. */
export interface DealSelection {
  readonly productIds?: readonly string[];
  readonly industry?: string;
  readonly region?: string;
}

export interface RepQuestion {
  readonly deals: DealSelection;
  readonly window: Window;
  /** Whether rates are asked for: then it is deals that were created in the window that count, as far as they are mature. */
  readonly isMature: boolean;
}

export interface RepResults {
  readonly rows: readonly RepResult[];
  /** Deals that count and are in no row: without a rep, or of one whom the viewer may not read of. */
  readonly withoutRep: number;
  /** Won deals whose amount is not known, which no money has. */
  readonly withoutAmount: number;
  /** Where only mature deals count: they were created on this day or before. */
  readonly createdBy: Day | undefined;
}

/** Sums over the closed deals of one rep; money is what was sold, not yet the margin of it. */
export interface RepResult extends RepSums {
  readonly email: string | undefined;
  readonly team: string | undefined;
  readonly soldMinor: number;
}

export const sliceDimensions = ["product", "industry", "region", "tier"] as const;

/** Closed deals of one rep with something in common. */
export interface RepSlice extends CountedDeals {
  readonly repId: string;
  readonly dimension: (typeof sliceDimensions)[number];
  /** A name, or a tier; a prospect has the tier `prospect`. */
  readonly value: string;
}

/** Closed deals beside the wins that were expected of them. */
export interface CountedDeals {
  readonly deals: number;
  readonly won: number;
  readonly expected: number;
  /** The sum of p(1 − p). */
  readonly variance: number;
}

export interface RepHabits {
  /** Of won deals: the logarithms of their days, of those that were expected, and the squares of the differences. */
  readonly cycle: {
    readonly deals: number;
    readonly logs: number;
    readonly expectedLogs: number;
    readonly squares: number;
  };
  /** Of won deals of products that others sell too: shares below list prices, theirs for the same products, and the squares of the differences. */
  readonly discount: {
    readonly deals: number;
    readonly sum: number;
    readonly expectedSum: number;
    readonly squares: number;
  };
  /** Open deals by stage, and those no older than nine of ten won ones ever got. */
  readonly stages: readonly StageSlice[];
}

export interface StageSlice {
  readonly stage: string;
  readonly open: number;
  readonly moving: number;
  readonly othersOpen: number;
  readonly othersMoving: number;
}

export interface ProductSlices {
  readonly rows: readonly (CountedDeals & { readonly product: string; readonly buyers: number })[];
  /** Accounts that any deal was won of. */
  readonly customers: number;
}

/** Won of those closed. */
export interface QuarterEnd {
  readonly last: { readonly closed: number; readonly won: number };
  readonly others: { readonly closed: number; readonly won: number };
}

export interface RepQuota {
  readonly email: string;
  /** `2026Q1`, `2026`: fiscal. */
  readonly period: string;
  readonly amountMinor: number;
  readonly currency: string;
}
