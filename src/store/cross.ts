import type { Window } from "../core/calendar.ts";
import type { Criterion } from "../core/cross/criteria.ts";
import type { PairTable } from "../core/cross/surprises.ts";
import type { PageOf } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about criteria against each other. Money in minor units of the snapshot's currency. */
export interface CrossReads {
  /**
   * Accounts, prospects among them, by the values of some criteria, the largest cells first. An account is in a cell of
   * every product that it bought in the window.
   *
   * @param window another one than the snapshot's: values and tiers are then of that window.
   */
  crossCells(
    snapshot: Snapshot,
    criteria: readonly Criterion[],
    selection: Selection,
    page: PageOf,
    window?: Window,
  ): Promise<CrossCells>;
  /** How often values of every two criteria that make sense occur together among customers. */
  crossPairs(snapshot: Snapshot, selection: Selection, window?: Window): Promise<CrossPairs>;
}

interface CrossFigures {
  readonly accounts: number;
  /** What they bought in the window. */
  readonly value: number;
  /** The same without what is below 0: what shares are shares of. */
  readonly positiveValue: number;
  /** Deals that were won in the window, and those that were won or lost. */
  readonly won: number;
  readonly closed: number;
}

export interface CrossCell extends CrossFigures {
  /** One for each criterion; undefined where the accounts have none. */
  readonly values: readonly (string | undefined)[];
}

export interface CrossCells {
  readonly cells: readonly CrossCell[];
  /** All there are, also those that are not on the page. */
  readonly count: number;
  /** Over all cells, every account once. */
  readonly total: CrossFigures;
}

export interface CrossPairs {
  readonly tables: readonly PairTable[];
  /** Criteria that say too much: nearly every account has its own value, or there are too many of them. */
  readonly leftOut: readonly Criterion[];
  /** Customers that were looked at, and all there are. */
  readonly counted: number;
  readonly customers: number;
}
