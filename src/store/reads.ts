import type { Day, Window } from "../core/calendar.ts";
import type { Move, MoveKind, MoveReason } from "../core/moves.ts";
import type { Reason } from "../core/reasons.ts";
import type { AccountSpend, PortfolioTotals } from "../core/standings.ts";
import type { Tier, TierCuts } from "../core/tiers.ts";
import type { ActionReads } from "./actions.ts";
import type { CohortReads } from "./cohorts.ts";
import type { CoverageReads } from "./coverage.ts";
import type { CrossReads } from "./cross.ts";
import type { DigestReads } from "./digest-reads.ts";
import type { GrowthReads } from "./growth.ts";
import type { HealthReads } from "./health.ts";
import type { InteractionReads } from "./interactions.ts";
import type { OfferReads } from "./offers.ts";
import type { OpenDealReads } from "./open-deals.ts";
import type { OutlookReads } from "./outlook.ts";
import type { PageOf } from "./page-of.ts";
import type { ProductReads } from "./product-results.ts";
import type { ProspectReads } from "./prospects.ts";
import type { RedefinedReads } from "./read-redefined.ts";
import type { RenewalReads } from "./renewals.ts";
import type { RepReads } from "./rep-results.ts";
import type { RewardReads } from "./rewards.ts";
import type { SalesBasis } from "./sales.ts";
import type { TimelineReads } from "./timeline.ts";
import type { ValueReads } from "./values.ts";
import type { WinReads } from "./win-reads.ts";

/** Everything commands can ask, already bound to one viewer. Money in minor units of the snapshot's currency. */
export interface StoreReads
  extends HealthReads,
    OfferReads,
    OpenDealReads,
    ValueReads,
    RedefinedReads,
    CrossReads,
    CohortReads,
    CoverageReads,
    GrowthReads,
    OutlookReads,
    ProspectReads,
    RenewalReads,
    ActionReads,
    InteractionReads,
    ProductReads,
    RepReads,
    RewardReads,
    TimelineReads,
    WinReads,
    DigestReads {
  /** The newest snapshot, or one that is still kept; undefined while nothing is imported. */
  snapshot(id?: number): Promise<Snapshot | undefined>;
  /** A snapshot's totals over the accounts that the viewer may see. */
  totals(snapshot: Snapshot): Promise<VisibleTotals>;
  /** What filters can be set to. */
  facets(snapshot: Snapshot): Promise<Facets>;
  /** Accounts with a tier as a snapshot saw them, largest first. */
  standings(snapshot: Snapshot, selection: Selection, page: PageOf): Promise<Standings>;
  /** How a selection's spend is spread over its accounts: as the snapshot has it, or by what they bought in another window. */
  concentration(snapshot: Snapshot, selection: Selection, window?: Window): Promise<SelectionFigures>;
  /** What accounts bought in a window, computed now; `group` is the value of the column named by `within`. */
  spend(
    snapshot: Snapshot,
    selection: Selection,
    window: Window,
    within?: Column,
  ): Promise<readonly GroupedSpend[]>;
  /** The newest kept snapshot that is of that day or an earlier one, and in the same currency. */
  snapshotBefore(snapshot: Snapshot, day: Day): Promise<EarlierSnapshot | undefined>;
  /** Accounts whose tier was another one then, those whose value changed most first. */
  moves(snapshot: Snapshot, against: Against, selection: Selection, page: PageOf): Promise<Moves>;
  /** How accounts are shown, by id. */
  labels(accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountLabel>>;
  /** The accounts a typed name means: one when it is clear, else the nearest ones, best first. */
  findAccounts(typed: string): Promise<AccountSearch>;
  account(snapshot: Snapshot, accountId: string): Promise<AccountDetail | undefined>;
  /** Where an account stands; undefined for a prospect, and for what the viewer does not see. */
  standing(snapshot: Snapshot, accountId: string): Promise<StandingRow | undefined>;
  /** What an account bought in a window, largest first. */
  purchases(
    snapshot: Snapshot,
    accountId: string,
    window: Window,
    limit: number,
  ): Promise<readonly Purchase[]>;
  /** How many sales of the window an account's spend consists of, and how many others are covered by those. */
  salesBehind(
    snapshot: Snapshot,
    accountId: string,
  ): Promise<{ readonly counted: SaleCounts; readonly covered: SaleCounts }>;
  /** Reps that stand for nobody else; with ids, those of them. */
  reps(ids?: readonly string[]): Promise<readonly Rep[]>;
  products(): Promise<readonly { readonly id: string; readonly name: string }[]>;
}

/** What everybody may know of a snapshot. */
export interface Snapshot {
  readonly id: number;
  readonly createdAt: Date;
  readonly asOf: Day;
  readonly window: Window;
  readonly previousUntil: Day;
  readonly currency: string;
  readonly cuts: TierCuts;
  /** Month in which the fiscal year begins. */
  readonly fiscalYearStart: number;
  /** How it turned facts into money. */
  readonly basis: SalesBasis;
  /** The day from which on deals that ended are kept, where there are too many to keep all. */
  readonly dealsSince?: Day;
  /** Whether ranks and figures were prepared for what the viewer sees; otherwise they are computed when they are asked. */
  readonly isPrepared: boolean;
}

/** Totals over everybody's accounts, as they are stored. */
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
  /** Sales on days without an exchange rate: listed by currency in their own minor unit, never summed. */
  readonly withoutRate: readonly {
    readonly currency: string;
    readonly facts: number;
    readonly amount: number;
  }[];
  /** Whether credit notes and refunds reduce spend. */
  readonly mode: "net" | "gross";
  /** What the value consists of; won deals for what is known from nowhere else. */
  readonly basis: { readonly invoices: number; readonly payments: number; readonly opportunities: number };
  /** Invoice lines and payments. */
  readonly entries: number;
  /** Those whose account is not known, and what they are worth where a rate is known. */
  readonly entriesWithoutAccount: { readonly entries: number; readonly amount: number };
  readonly entriesWithoutAmount: number;
  /** Facts dated after tomorrow, a typing mistake mostly: they do not count yet and do not move the day. */
  readonly inTheFuture: number;
  /** Won opportunities without an amount. */
  readonly withoutAmount: number;
  readonly facets: Facets;
  /** Undefined in snapshots of before there were groups. */
  readonly groups?: readonly SpendGroup[];
}

/** Accounts that stand together in a picture of the whole portfolio: few are told one by one, many in equal groups. */
export interface SpendGroup {
  /** Undefined for a group of several. */
  readonly accountId?: string;
  readonly accounts: number;
  /** The sum of their positive values. */
  readonly value: number;
}

/** Totals over a selection, and its accounts in groups, largest first. */
export interface SelectionFigures extends PortfolioTotals {
  readonly groups: readonly SpendGroup[];
}

/** Totals over what a viewer may see. */
export interface VisibleTotals extends PortfolioTotals {
  /** Accounts that never bought. */
  readonly prospects: number;
  /** What counts how, and what is in no total; undefined for those who do not see everything. */
  readonly workspace:
    | Omit<SnapshotTotals, keyof PortfolioTotals | "prospects" | "facets" | "groups">
    | undefined;
}

export interface Facets {
  readonly industries: readonly string[];
  readonly regions: readonly string[];
  readonly columns: readonly string[];
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
  /** A smaller chance than so many per cent of still being a customer: of snapshots whose values are listed. */
  readonly aliveBelowPercent?: number;
  readonly columns?: readonly { readonly column: string; readonly value: string }[];
}

export type Column = "industry" | "region" | "owner" | { readonly custom: string };

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

export interface EarlierSnapshot {
  readonly id: number;
  readonly asOf: Day;
  /** Whether other cuts, another window or the like make its tiers differ too. */
  readonly byOtherRules: boolean;
}

/** What a snapshot is compared with. */
export type Against =
  /** Its own earlier window, as it was computed with it. */
  | { readonly kind: "own" }
  | { readonly kind: "snapshot"; readonly id: number }
  /** The window that ended on a day, as the data now has it. */
  | { readonly kind: "data"; readonly until: Day };

export interface Moves {
  readonly rows: readonly MoveRow[];
  /** Over everything selected, also what is not on the page. */
  readonly counts: Readonly<Record<MoveKind, number>>;
}

export interface MoveRow extends Move {
  readonly account: string;
  readonly owner: string | undefined;
  readonly reason: MoveReason;
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
  readonly owner: Omit<Rep, "id"> | undefined;
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

export interface SaleCounts {
  readonly invoices: number;
  readonly payments: number;
  readonly opportunities: number;
}

export interface Rep {
  readonly id: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly team: string | undefined;
}
