import type { Day } from "../core/calendar.ts";
import type { RewardDraft, RewardKind } from "../core/rewards.ts";
import type { Tier } from "../core/tiers.ts";
import type { PageOf } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about thank-yous and advocates, over the accounts that the viewer may see. Money in minor units. */
export interface RewardReads {
  /** Planned ones by day, then what was given, the newest first. */
  rewards(snapshot: Snapshot, selection: Selection, page: PageOf): Promise<Rewards>;
  /**
   * What the given ones returned: spend in the `days` after one beside the same days a year earlier, for those who got one
   * and for accounts of the same tier that got none.
   */
  rewardReturns(snapshot: Snapshot, days: number): Promise<RewardReturns>;
  /** The best customers who could speak for us, and the prospects of their industry and region. */
  advocates(snapshot: Snapshot, selection: Selection, today: Day, page: PageOf): Promise<Advocates>;
}

export interface Reward {
  readonly id: number;
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  readonly kind: RewardKind;
  readonly onDay: Day;
  readonly costMinor: number;
  readonly currency: string;
  readonly occasion: string;
  readonly status: "planned" | "given" | "cancelled";
  readonly by: string;
}

export interface Rewards {
  readonly rows: readonly Reward[];
  readonly total: number;
  /** In the fiscal year of the snapshot, in its currency. */
  readonly plannedMinor: number;
  readonly givenMinor: number;
}

export interface RewardReturns {
  /** Those given long enough ago to tell. */
  readonly rewarded: ReturnFigures;
  readonly others: ReturnFigures;
  readonly costMinor: number;
}

export interface ReturnFigures {
  readonly accounts: number;
  readonly beforeMinor: number;
  readonly afterMinor: number;
}

export interface Advocate {
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  readonly tier: Tier;
  readonly worthMinor: number;
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
}

export interface RewardDecisions {
  /** The same one for the same account and day again changes nothing. @throws Refused beyond the budget or for what is not there to see. */
  planReward(
    accountId: string,
    draft: RewardDraft,
    now: Date,
  ): Promise<{ readonly id: number; readonly isNew: boolean }>;
  /** Says that it was given or will not be; false where it is so already. @throws Refused for one that is not there to see. */
  settleReward(id: number, status: "given" | "cancelled", onDay: Day, now: Date): Promise<boolean>;
}
