import type { Day } from "../core/calendar.ts";
import type { FiscalYear, RewardDraft, RewardKind, RewardPair, RewardStatus } from "../core/rewards.ts";
import type { Tier } from "../core/tiers.ts";
import type { PageOf } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about thank-yous and advocates, over the accounts that the viewer may see. Money in minor units. */
export interface RewardReads {
  /** Planned ones by day, then what was given, the newest first; sums are of a fiscal year and heed no selection. */
  rewards(snapshot: Snapshot, selection: Selection, year: FiscalYear, page: PageOf): Promise<Rewards>;
  /** One of them, of whatever status; undefined for what is not there to see. */
  reward(id: number): Promise<Reward | undefined>;
  /**
   * What the given ones returned: each account's last one that lies `days` or more before the snapshot's day, with what was
   * bought after it and a year earlier. Those without another account of their tier to compare with are left out.
   */
  rewardReturns(snapshot: Snapshot, days: number): Promise<RewardReturns>;
  /**
   * The best customers of tiers A and B that nobody thanked since a day or plans to, the largest of each tier first; none
   * that a complaint is open of.
   */
  unthanked(
    snapshot: Snapshot,
    selection: Selection,
    about: { readonly today: Day; readonly since: Day },
    most: number,
  ): Promise<readonly Unthanked[]>;
  /** The best customers who could speak for us, and the prospects of their industry and region. */
  advocates(snapshot: Snapshot, selection: Selection, about: AdvocateTerms, page: PageOf): Promise<Advocates>;
}

export interface Reward {
  readonly id: number;
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  readonly kind: RewardKind;
  /** The day it is planned for, then the day it was given. */
  readonly onDay: Day;
  readonly costMinor: number;
  readonly currency: string;
  /** Empty in what is shared: it may name somebody. */
  readonly occasion: string;
  readonly status: RewardStatus;
  readonly by: string;
}

export interface Rewards {
  readonly rows: readonly Reward[];
  readonly total: number;
  /** In the fiscal year that was asked for and the snapshot's currency. */
  readonly plannedMinor: number;
  readonly givenMinor: number;
  /** Those of that year in another currency, which no sum has. */
  readonly otherCurrencies: number;
}

export interface RewardReturns {
  readonly pairs: readonly RewardPair[];
  /** Accounts that are compared with. */
  readonly others: number;
  /** Given, but too lately to tell. */
  readonly waiting: number;
  /** What those that tell cost, in the snapshot's currency. */
  readonly costMinor: number;
}

export interface Unthanked {
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  readonly tier: Tier;
  readonly valueMinor: number;
  readonly firstOn: Day;
  /** Undefined where nobody ever did. */
  readonly lastThankedOn: Day | undefined;
}

/** Who counts as an advocate. */
export interface AdvocateTerms {
  readonly today: Day;
  /** Customers since this day or earlier. */
  readonly customerBy: Day;
  /** Not asked on this day or later. */
  readonly askedBefore: Day;
  /** The least score of the newest survey, where there is one. */
  readonly leastScore: number;
  /** Who has left: by the chance of still being a customer, or by the last purchase. */
  readonly gone: { readonly aliveBelowPercent: number } | { readonly quietSince: Day };
}

export interface Advocate {
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  readonly tier: Tier;
  readonly valueMinor: number;
  /** Undefined where values are not listed any more. */
  readonly worthMinor: number | undefined;
  readonly firstOn: Day;
  readonly industry: string | undefined;
  readonly region: string | undefined;
  /** The newest survey's. */
  readonly survey: { readonly score: number; readonly on: Day } | undefined;
  /** When it was last asked to speak for us. */
  readonly askedOn: Day | undefined;
  /** Prospects of its industry and region, the first few by name, and how many there are. */
  readonly prospects: {
    readonly total: number;
    readonly first: readonly { readonly accountId: string; readonly account: string }[];
  };
}

export interface Advocates {
  readonly rows: readonly Advocate[];
  readonly total: number;
  /** Over all accounts that are seen, whatever was selected. */
  readonly known: { readonly surveys: number; readonly prospects: number };
}

export interface RewardDecisions {
  /**
   * Plans one. The same kind for the same account and day again changes nothing.
   *
   * @throws Refused beyond the budget of the day's fiscal year, for a day that is over, or for what is not there to see.
   */
  planReward(
    accountId: string,
    draft: RewardDraft,
    now: Date,
  ): Promise<{ readonly id: number; readonly isNew: boolean }>;
  /**
   * Says that it was given, which is noted as an interaction too, or will not be; false where it is so already.
   *
   * @throws Refused for one that is not there to see, and for giving what was cancelled.
   */
  settleReward(
    id: number,
    settled: { readonly status: "given"; readonly onDay: Day } | { readonly status: "cancelled" },
    now: Date,
  ): Promise<boolean>;
}
