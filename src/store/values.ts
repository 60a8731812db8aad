import type { Day } from "../core/calendar.ts";
import type { RfmThresholds } from "../core/rfm.ts";
import type { Tier } from "../core/tiers.ts";
import type { FitCause } from "../core/value/refit.ts";
import type { AccountHistory, AccountValue, ValueFit, ValueTerms } from "../core/value/value-fit.ts";
import type { PageOf } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about lifetime values, already bound to one viewer. Money in minor units of the snapshot's currency. */
export interface ValueReads {
  /** What the values of a snapshot follow from; undefined in snapshots of before there were values. */
  valueBasis(snapshot: Snapshot): Promise<ValueBasis | undefined>;
  /** Accounts by worth, the largest first. Only the newest snapshots have them: see `ValueBasis.isListed`. */
  values(snapshot: Snapshot, selection: Selection, page: PageOf): Promise<Values>;
  /** One account's value, of any snapshot that has a basis; undefined for a prospect and for an account out of sight. */
  accountValue(snapshot: Snapshot, accountId: string): Promise<ValuedAccount | undefined>;
  /** Where the fifths of the viewer's customers end; undefined where there are none. */
  rfmThresholds(snapshot: Snapshot): Promise<RfmThresholds | undefined>;
}

/** A fit, and what a snapshot made of it. */
export interface ValueBasis {
  readonly fit: ValueFit;
  /** Why it was made, when, and in which snapshot. */
  readonly cause: FitCause;
  readonly fittedAt: Date;
  readonly fittedIn: number;
  readonly terms: ValueTerms;
  /** Below this chance an account has gone quiet, in per cent. */
  readonly quietBelowPercent: number;
  /** How purchases since the fit compare with what it expected; undefined where too little time has gone by. */
  readonly drift: Drift | undefined;
  /** Whether this snapshot's accounts are still listed by worth. */
  readonly isListed: boolean;
}

export interface Drift {
  readonly since: Day;
  readonly all: DriftFigures;
  readonly tiers: readonly ({ readonly tier: Tier } & DriftFigures)[];
}

/** Days with a purchase of accounts that the fit knew. */
export interface DriftFigures {
  readonly accounts: number;
  readonly expected: number;
  readonly actual: number;
}

export interface Values {
  readonly rows: readonly ValuedAccount[];
  /** Over everything selected, also what is not on the page. */
  readonly accounts: number;
  readonly worthMinor: number;
  /** Sum of the positive worths that the viewer may see: what shares are shares of. */
  readonly whole: number;
  readonly wholeAccounts: number;
}

export interface ValuedAccount extends AccountValue, AccountHistory {
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  /** By worth, among what the viewer may see; undefined where accounts are no longer listed. */
  readonly rank: number | undefined;
  readonly cumulativeWorth: number | undefined;
  /** By worth; undefined where accounts are no longer listed. */
  readonly tier: Tier | undefined;
  /** By spend, as the snapshot's standings have it. */
  readonly spendTier: Tier;
  readonly spend: number;
}
