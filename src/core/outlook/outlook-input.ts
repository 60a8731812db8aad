import type { Day } from "../calendar.ts";
import type { AccountHistory, ValueFit } from "../value/value-fit.ts";

/** A customer of today, or a drawn one that stands for several. Money in minor units. */
export interface OutlookAccount extends AccountHistory {
  readonly accountId: string;
  /** How many accounts it stands for; at least 1. */
  readonly weight: number;
  /** Net, of the twelve months to the day of the data. */
  readonly yearMinor: number;
}

/** What a portfolio did, over all of its accounts and not only those that are simulated. */
export interface OutlookTotals {
  /** Accounts that ever bought. */
  readonly customers: number;
  /** Of the twelve months to the day of the data, with credits of those who never bought. */
  readonly yearMinor: number;
  /** Accounts that bought in the twelve months before those, and those of them that bought in these again. */
  readonly boughtBefore: number;
  readonly boughtAgain: number;
  /** Accounts that came in the acquisition span, and what all of them have bought since; 0 where there is none. */
  readonly won: number;
  readonly wonYearMinor: number;
}

export interface OutlookInput {
  readonly asOf: Day;
  readonly fit: ValueFit;
  readonly accounts: readonly OutlookAccount[];
  readonly totals: OutlookTotals;
  /** What those who came in the acquisition span, or a sample of them, bought on their first day. */
  readonly firstPurchases: readonly number[];
  readonly seed: string;
}

/** How it is told who leaves. */
export type OutlookMethod =
  | { readonly kind: "model"; readonly model: "mbg-nbd" | "pareto-nbd" }
  /** Those who bought in one year and again in the next, since no model can tell; everybody else goes on as in the last year. */
  | { readonly kind: "retention"; readonly boughtBefore: number; readonly boughtAgain: number };

/** Quarters are a fourth of a year of 365.25 days; times in weeks, as the models have them. */
export const quarterWeeks = 365.25 / 28;
/** What is told quarter by quarter: 36 months. */
export const toldQuarters = 12;
/** What the long run is: ten years. */
export const allQuarters = 40;
export const quartersOfYear = 4;
