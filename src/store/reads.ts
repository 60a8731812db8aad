import type { Day, Window } from "../core/calendar.ts";
import type { Reason } from "../core/reasons.ts";
import type { AccountSpend, PortfolioTotals } from "../core/standings.ts";
import type { Tier, TierCuts } from "../core/tiers.ts";

/** Everything commands can ask, already bound to one viewer. Money in minor units of the snapshot's currency. */
export interface StoreReads {
  /** The newest snapshot, or one that is still kept; undefined before the first refresh. */
  snapshot(id?: number): Promise<Snapshot | undefined>;
  /** Accounts with a tier as a snapshot saw them, largest first. */
  standings(snapshot: Snapshot, selection: Selection, page: PageOf): Promise<Standings>;
  /** What accounts bought in a window, computed now; `group` is the value of the column named by `within`. */
  spend(
    snapshot: Snapshot,
    selection: Selection,
    window: Window,
    within?: Column,
  ): Promise<readonly GroupedSpend[]>;
  /** How accounts are shown, by id. */
  labels(accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountLabel>>;
  /** The accounts a typed name means: one when it is clear, else the nearest ones, best first. */
  findAccounts(typed: string): Promise<AccountSearch>;
  account(snapshot: Snapshot, accountId: string): Promise<AccountDetail | undefined>;
  /** Won opportunities of an account in a window, largest first. */
  purchases(accountId: string, window: Window, currency: string, limit: number): Promise<readonly Purchase[]>;
  reps(): Promise<readonly Rep[]>;
  products(): Promise<readonly { readonly id: string; readonly name: string }[]>;
}

export interface Snapshot {
  readonly id: number;
  readonly createdAt: Date;
  readonly asOf: Day;
  readonly window: Window;
  readonly previousUntil: Day;
  readonly currency: string;
  readonly cuts: TierCuts;
  readonly totals: SnapshotTotals;
}

export interface SnapshotTotals extends PortfolioTotals {
  /** Accounts that never bought. */
  readonly prospects: number;
  readonly opportunities: number;
  /** Opportunities whose source names no account. */
  readonly withoutAccount: {
    readonly opportunities: number;
    readonly won: number;
    readonly wonValue: number;
  };
  /** Won money in other currencies: listed, never summed. */
  readonly otherCurrencies: readonly {
    readonly currency: string;
    readonly opportunities: number;
    readonly amount: number;
  }[];
  /** Won opportunities without an amount. */
  readonly withoutAmount: number;
  /** What filters can be set to. */
  readonly facets: {
    readonly industries: readonly string[];
    readonly regions: readonly string[];
    readonly columns: readonly string[];
  };
}

/** Filters after their names were looked up. */
export interface Selection {
  readonly tier?: Tier;
  readonly from?: Tier;
  readonly direction?: "up" | "down";
  readonly ownerIds?: readonly string[];
  readonly productIds?: readonly string[];
  readonly industry?: string;
  readonly region?: string;
  /** First purchase within these days, both included. */
  readonly cohort?: { readonly first: Day; readonly last: Day };
  /** Last purchase on this day or before. */
  readonly quietSince?: Day;
  readonly columns?: readonly { readonly column: string; readonly value: string }[];
}

export type Column = "industry" | "region" | "owner" | { readonly custom: string };

export interface PageOf {
  readonly offset: number;
  /** Undefined returns every row. */
  readonly limit?: number;
}

export interface Standings {
  readonly rows: readonly StandingRow[];
  /** Over everything selected, also what is not on the page. */
  readonly accounts: number;
  readonly value: number;
  /** Sum of the positive values the viewer may see: what shares are shares of. */
  readonly whole: number;
  readonly wholeAccounts: number;
}

export interface StandingRow {
  readonly rank: number;
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  readonly tier: Tier;
  readonly previousTier: Tier | undefined;
  readonly value: number;
  readonly previousValue: number;
  readonly cumulativeValue: number;
  readonly wins: number;
  readonly firstWonOn: Day;
  readonly lastWonOn: Day;
  readonly reasons: readonly Reason[];
}

export interface GroupedSpend extends AccountSpend {
  readonly group: string | undefined;
}

export interface AccountLabel {
  readonly name: string;
  readonly owner: string | undefined;
}

export interface AccountSearch {
  readonly match: { readonly id: string; readonly name: string } | undefined;
  readonly near: readonly { readonly id: string; readonly name: string }[];
}

export interface AccountDetail {
  readonly id: string;
  readonly name: string;
  readonly domain: string | undefined;
  readonly industry: string | undefined;
  readonly region: string | undefined;
  readonly createdOn: Day | undefined;
  readonly custom: Readonly<Record<string, string>>;
  readonly owner: Rep | undefined;
  /** Undefined for a prospect. */
  readonly standing: StandingRow | undefined;
  readonly open: { readonly opportunities: number; readonly value: number };
  readonly won: { readonly opportunities: number; readonly value: number };
  readonly lost: { readonly opportunities: number };
  readonly products: readonly { readonly name: string; readonly value: number }[];
  readonly sources: readonly string[];
  readonly newestFactOn: Day | undefined;
}

export interface Purchase {
  readonly id: string;
  readonly name: string | undefined;
  readonly product: string | undefined;
  readonly value: number;
  readonly wonOn: Day;
}

export interface Rep {
  readonly id: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly team: string | undefined;
}
