import type { Day } from "../core/calendar.ts";
import type {
  Actor,
  Candidate,
  Evidence,
  Exclusion,
  HoldKind,
  Member,
  OfferTerms,
  PitchReason,
  PlannedAccount,
  Step,
  StepRefusal,
  TraitCounts,
  WaveName,
  WaveStatus,
  WaveTally,
} from "../core/offers/offer.ts";
import type { Tier } from "../core/tiers.ts";
import type { ChanceMethod } from "../core/win/chance-method.ts";
import type { PageOf } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about offers; figures are over the accounts that the viewer may see. */
export interface OfferReads {
  /**
   * Whom an offer could go to: the `most` customers of each tier A to C with the largest spend, and `most` prospects of the
   * industries and regions that tier A is in. `whole` counts all that were selected, by wave.
   */
  candidates(
    snapshot: Snapshot,
    selection: Selection,
    about: {
      readonly productIds: readonly string[];
      /** Of a sale, minor units; undefined where it is not known. */
      readonly value?: number | undefined;
      readonly restDays: number;
      readonly most: number;
      readonly today: Day;
    },
  ): Promise<Candidates>;
  /** How often each trait occurs among the customers of a tier and among the others. */
  traits(snapshot: Snapshot, tier: Tier): Promise<TraitCounts>;
  /** The newest first; one of whose accounts the viewer sees none is not there for them. */
  offers(now: Date): Promise<readonly OfferSummary[]>;
  /** The offer that a typed name or `id:12` means; else the nearest. */
  findOffer(typed: string): Promise<{
    readonly match: OfferHead | undefined;
    readonly near: readonly OfferHead[];
  }>;
  /** Undefined for one that is not there. */
  offer(id: number, now: Date): Promise<Offer | undefined>;
  members(offerId: number, which: MemberSelection, page: PageOf): Promise<OfferMembers>;
  /** The audit log, the newest first. */
  offerEvents(
    offerId: number,
    which: { readonly accountId?: string },
    limit: number,
  ): Promise<readonly OfferEvent[]>;
  /** What holds an account back from offers, entered by hand, the newest first. */
  holds(accountId: string): Promise<readonly Hold[]>;
}

export interface Candidates {
  readonly rows: readonly Candidate[];
  readonly whole: Readonly<Record<WaveName, number>>;
  /** Names of the products that are offered. */
  readonly products: readonly string[];
  readonly evidence: Evidence;
  /** By it candidates have chances, but for the scorecard's. */
  readonly chances: ChanceMethod;
}

export interface OfferHead {
  readonly id: number;
  readonly name: string;
}

export interface OfferSummary extends OfferHead {
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly closedAt: Date | undefined;
  readonly waves: readonly WaveState[];
  readonly currency: string;
  readonly terms: OfferTerms;
}

export interface Offer extends OfferHead {
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly closedAt: Date | undefined;
  readonly snapshotId: number;
  /** The products that are offered, by name. */
  readonly products: readonly string[];
  /** The filters it was made with, as they were typed; empty for those who see less than whoever typed them. */
  readonly filters: string;
  readonly terms: OfferTerms;
  /** By what it was planned. */
  readonly chances: ChanceMethod;
  /** Those that have accounts. */
  readonly waves: readonly WaveState[];
  /** Over held-out accounts: how many there are and how many bought since the offer was made. */
  readonly holdOut: { readonly accounts: number; readonly bought: number };
  /** Over pitched accounts, by the same data: how many have an outcome and how many of those bought since. */
  readonly pitched: { readonly accounts: number; readonly bought: number };
}

export interface WaveState extends WaveTally {
  readonly openedAt: Date | undefined;
  readonly pausedAt: Date | undefined;
  /** Why it is so, as JSON: a reason of the rules, or `{ code: "person", by, reason }`. */
  readonly statusReason: string | undefined;
  /** Accounts held back that are not resolved. */
  readonly excluded: number;
  /** Accounts held out. */
  readonly heldOut: number;
  /** All accounts that the wave could have had; larger than the plan where that was cut, for those who see everything. */
  readonly whole: number;
  /** Accounts that somebody holds and has not resolved. */
  readonly held: number;
}

export interface MemberSelection {
  readonly wave?: WaveName;
  readonly accountId?: string;
  /** Held by one of these keys. */
  readonly holderKeys?: readonly string[];
  /** When it is asked what holds accounts back; now, unless it is said. */
  readonly now: Date;
}

export interface OfferMembers {
  readonly rows: readonly OfferMember[];
  /** Over everything selected. */
  readonly total: number;
}

/** An account of an offer as it was planned and as it stands. */
export interface OfferMember extends Member {
  readonly place: number;
  readonly account: string;
  readonly owner: string | undefined;
  readonly tier: Tier | undefined;
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  readonly value: number;
  readonly effortMinutes: number;
  readonly expectedMargin: number;
  readonly reasons: readonly PitchReason[];
  /** As of now: what holds it back ends, and begins, while an offer runs. */
  readonly exclusions: readonly Exclusion[];
}

export interface OfferEvent {
  readonly id: number;
  readonly at: Date;
  /** A person's signature, or `rule`. */
  readonly by: string;
  readonly account: string | undefined;
  /** `created`, `claim`, `release`, `assign`, `skip`, `outcome`, `correction`, `reopen`, `wave-opened`, `wave-paused`, `override`, `closed`. */
  readonly kind: string;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

export interface Hold {
  readonly kind: HoldKind;
  readonly reason: string;
  readonly until: Day | undefined;
  readonly by: string;
  readonly at: Date;
  readonly ended: { readonly by: string; readonly at: Date } | undefined;
}

/** What people decide about offers. Every change is in the audit log, by the same statement or not at all. */
export interface OfferDecisions {
  /**
   * Makes an offer with its waves, the first of them open; owners hold their accounts from the start. One of that name that
   * is there already stays as it is.
   *
   * @throws NotAllowed for reps.
   */
  createOffer(draft: OfferDraft, now: Date): Promise<{ readonly id: number; readonly isNew: boolean }>;
  /** How steps of this person are judged. */
  actor(): Promise<Actor>;
  /**
   * One step on one account, one at a time; afterwards the rules open and pause waves.
   *
   * @throws NotAllowed, Refused for an account that is not there to see.
   */
  step(offerId: number, accountId: string, step: Step, now: Date): Promise<StepResult>;
  /** Opens a wave, pauses it, or goes on against the stop rule; `until` outcomes it stays silent. By managers. */
  setWave(offerId: number, wave: WaveName, change: WaveChange, now: Date): Promise<boolean>;
  /** No more steps. */
  closeOffer(offerId: number, reason: string, now: Date): Promise<boolean>;
  /** Lets the rules act that go by date; whoever looks at an offer calls this first. */
  keepRules(offerId: number, now: Date): Promise<void>;
  /** By anybody who sees the account. False when it is held back for that already. */
  holdBack(
    accountId: string,
    draft: { readonly kind: HoldKind; readonly reason: string; readonly until?: Day },
  ): Promise<boolean>;
  endHold(accountId: string, kind: HoldKind): Promise<boolean>;
}

export interface OfferDraft {
  readonly name: string;
  readonly productIds: readonly string[];
  readonly products: readonly string[];
  readonly filters: string;
  readonly snapshotId: number;
  readonly terms: OfferTerms;
  readonly chances: ChanceMethod;
  readonly whole: Readonly<Record<WaveName, number>>;
  readonly accounts: readonly PlannedAccount[];
}

export type WaveChange =
  | { readonly status: "open"; readonly reason: string }
  | { readonly status: "paused"; readonly reason: string }
  /** Against the stop rule. */
  | { readonly status: "override"; readonly reason: string };

/** A wave that the rules opened or paused. */
export interface RuledWave {
  readonly wave: WaveName;
  readonly status: WaveStatus;
  /** A `RuleReason` as JSON. */
  readonly reason: string;
}

export type StepResult =
  | {
      readonly kind: "done" | "unchanged";
      readonly member: OfferMember;
      readonly isCorrection: boolean;
      /** What the rules did next. */
      readonly ruled: readonly RuledWave[];
    }
  | { readonly kind: "refused"; readonly why: StepRefusal; readonly member: OfferMember };
