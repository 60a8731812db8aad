import type { Day } from "../core/calendar.ts";
import type { OutlookAccount, OutlookTotals } from "../core/outlook/outlook-input.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about where a portfolio goes, already bound to one viewer. */
export interface OutlookReads {
  /**
   * What an outlook is simulated from; empty in snapshots of before there were lifetime values.
   *
   * @param newAfter who first bought after this day is new; nobody is where it is undefined.
   */
  outlookBasis(snapshot: Snapshot, selection: Selection, newAfter: Day | undefined): Promise<OutlookBasis>;
  /** One account of it, as itself; undefined where it is not among those, never bought, or is out of sight. */
  outlookAccount(
    snapshot: Snapshot,
    selection: Selection,
    accountId: string,
  ): Promise<OutlookAccount | undefined>;
}

/** Money in minor units of the snapshot's currency. */
export interface OutlookBasis {
  /** Over everything selected. */
  readonly totals: OutlookTotals;
  /** All accounts of a portfolio of up to a thousand; of a larger one those of largest worth, and some who stand for the others. */
  readonly accounts: readonly OutlookAccount[];
  /** What new accounts, at most so many, bought on their first day. */
  readonly firstPurchases: readonly number[];
}
