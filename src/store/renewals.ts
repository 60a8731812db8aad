import type { Day } from "../core/calendar.ts";
import type { Rhythm } from "../core/recurring.ts";
import type { DecidedRenewals } from "../core/retention-chance.ts";
import type { PageOf } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about what is due to be renewed. Money in minor units of the snapshot's currency. */
export interface RenewalReads {
  /**
   * What is due from the snapshot's day until another, what is overdue first, then by day.
   *
   * @param columns imported columns that say when something is to be renewed; where an account has such a day, its
   * purchases are not looked at.
   */
  renewals(
    snapshot: Snapshot,
    selection: Selection,
    span: { readonly columns: readonly string[]; readonly until: Day },
    page: PageOf,
  ): Promise<DueRenewals>;
}

export interface DueRenewal {
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  /** Why it is expected. */
  readonly source:
    | { readonly kind: "date"; readonly column: string }
    | {
        readonly kind: "recurring";
        readonly product: string | undefined;
        readonly rhythm: Rhythm["name"];
        /** How often it was renewed so far, in this rhythm. */
        readonly renewals: number;
      };
  /** The last purchase; 0 where nothing was bought. */
  readonly value: number;
  readonly lastOn: Day | undefined;
  readonly dueOn: Day;
}

export interface DueRenewals {
  readonly rows: readonly DueRenewal[];
  readonly overdue: { readonly count: number; readonly value: number };
  readonly due: { readonly count: number; readonly value: number };
  /** What is due, not overdue, of recurring purchases, by how often they were renewed so far. */
  readonly dueByRenewals: readonly { readonly renewals: number; readonly value: number }[];
  readonly decided: readonly DecidedRenewals[];
  readonly series: {
    /** Accounts' products that were bought on enough days to tell. */
    readonly candidates: number;
    /** Those with a rhythm, and those of them that are more than chance. */
    readonly regular: number;
    readonly recurring: number;
    /** Of the recurring ones, those that ended. */
    readonly ended: number;
  };
  /** Renewal dates that were given: all, those that nobody can read, and those too long past to be listed. */
  readonly dates: { readonly given: number; readonly unreadable: number; readonly past: number };
}
