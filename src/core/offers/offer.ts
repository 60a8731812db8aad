import type { Day } from "../calendar.ts";
import type { Tier } from "../tiers.ts";
import type { WinReason } from "../win/win-model.ts";

/** The order in which an offer goes out: the best customers first, prospects that resemble them last. */
export const waveNames = ["A", "B", "C", "lookalikes"] as const;
export type WaveName = (typeof waveNames)[number];

/** Why an account is kept out of offers, as somebody said or a source says it. */
export const holdKinds = ["complaint", "overdue", "opted-out"] as const;
export type HoldKind = (typeof holdKinds)[number];

/** Why an account of a wave is not pitched. */
export type Exclusion =
  | { readonly code: HoldKind; readonly reason?: string; readonly until?: Day }
  /** Already bought what is offered. */
  | { readonly code: "owns"; readonly product: string }
  /** Pitched too lately, for another offer. */
  | { readonly code: "pitched"; readonly offer: string; readonly on: Day };

/** What is known of an account before it is pitched. Money in minor units of the snapshot's currency. */
export interface Candidate {
  readonly accountId: string;
  readonly account: string;
  readonly ownerId: string | undefined;
  readonly owner: string | undefined;
  /** Undefined for a prospect, which never bought. */
  readonly tier: Tier | undefined;
  /** Spend in the snapshot's window. */
  readonly spend: number;
  readonly lastBoughtOn: Day | undefined;
  /** The mean of its purchases in the window; undefined without any. */
  readonly usualPurchase: number | undefined;
  readonly industry: string | undefined;
  readonly region: string | undefined;
  /** Other customers of its industry (of all where that is not known), and those of them that bought what is offered. */
  readonly similar: { readonly accounts: number; readonly bought: number };
  /** Products it bought so far, by name. */
  readonly products: readonly string[];
  /** Its answers to earlier offers. */
  readonly answers: Answers;
  /** As past deals tell the chance of one with it; undefined while they are too few. */
  readonly chance: PitchScore | undefined;
  readonly exclusions: readonly Exclusion[];
}

export interface Answers {
  readonly won: number;
  readonly lost: number;
  readonly noReply: number;
}

/** How often traits occur: `inside` of `insideAccounts` have one, `outside` of `outsideAccounts` do. */
export interface TraitCounts {
  readonly insideAccounts: number;
  readonly outsideAccounts: number;
  readonly traits: readonly Trait[];
}

export interface Trait {
  /** `industry`, `region`, `product`, `cohort`, or an imported column's name. */
  readonly kind: string;
  readonly value: string;
  readonly inside: number;
  readonly outside: number;
}

/** What the portfolio says about an offer as a whole, before anybody is pitched. */
export interface Evidence {
  readonly customers: number;
  /** Customers that bought what is offered; 0 where it is no product of the data. */
  readonly buyers: number;
  /** Other products, with how many of the buyers and of the other customers have them. */
  readonly companions: readonly {
    readonly product: string;
    readonly buyers: number;
    readonly others: number;
  }[];
  /** Of tier A against the rest, for prospects' likeness. */
  readonly traits: TraitCounts;
}

/** Says how likely an account is to say yes: the scorecard, until past deals are enough to learn from. */
export interface Scorer {
  score(candidate: Candidate): PitchScore;
}

/** What a manager chose when the offer was made, and the settings that held then. */
export interface OfferTerms {
  readonly currency: string;
  /** What one sale is worth, minor units; undefined where each account's own usual purchase is taken. */
  readonly value?: number;
  /** Thousandths of a sale that are margin. */
  readonly margin: number;
  readonly effortMinutes: Readonly<Record<WaveName, number>>;
  /** The least margin per hour, minor units, below which a wave is not worth its hours. */
  readonly floorPerHour: number;
  /** A wave opens when so many per cent of the one before it are resolved. */
  readonly openAtPercent: number;
  /** … or on this day. */
  readonly opensOn: Readonly<Partial<Record<WaveName, Day>>>;
  /** The stop rule waits for so many outcomes, or half the wave. */
  readonly leastOutcomes: number;
  /** A wave is paused when it is below the floor with more than this probability, in per cent. */
  readonly pauseAbovePercent: number;
  readonly claimHours: number;
  /** Per cent of each wave that nobody pitches, so that the offer's effect can be told; 0 for none. */
  readonly holdOutPercent: number;
}

/**
 * Why a probability is what it is: a step in log-odds, and the figures to word it with. A step of 0 is what the probability does
 * not go by, and whoever pitches may want to know.
 */
export type PitchReason =
  | { readonly code: "tier"; readonly tier: Tier | "prospect"; readonly points: number }
  | {
      readonly code: "similar";
      readonly accounts: number;
      readonly bought: number;
      readonly points: number;
    }
  | { readonly code: "recency"; readonly days: number; readonly points: number }
  /** Products of its own that buyers of the offered one have too. */
  | { readonly code: "fit"; readonly products: readonly string[]; readonly points: number }
  | ({ readonly code: "answers"; readonly points: number } & Answers)
  /** A prospect's likeness to tier A. */
  | { readonly code: "resembles"; readonly traits: readonly string[]; readonly points: number }
  /** What past deals tell by. */
  | ({ readonly code: "win" } & WinReason);

/** A probability with an interval of 80 %. */
export interface PitchScore {
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  readonly reasons: readonly PitchReason[];
}

/** What an account of a wave is expected to bring; nothing where it is held back. */
interface Prospectus extends PitchScore {
  /** Revenue of a sale, minor units. */
  readonly value: number;
  readonly effortMinutes: number;
  /** `probability × value × margin`, rounded to minor units. */
  readonly expectedMargin: number;
}

/** One account of a plan. */
export interface PlannedAccount extends Prospectus {
  readonly candidate: Candidate;
  readonly wave: WaveName;
  /** In its wave, from 1, by expected margin per hour. */
  readonly place: number;
  /** Kept out on purpose, by lot, to compare with. */
  readonly isHoldOut: boolean;
}

/** Where the work on one account stands. */
export type MemberStatus = "open" | "held" | "skipped" | "won" | "lost" | "no-reply";

/** Somebody who works accounts: a rep of the data, or a member who is none. `key` is `rep:<id>` or `mail:<address>`. */
export interface Worker {
  readonly key: string;
  readonly name: string;
}

/** The work on one account of an offer. */
export interface Member {
  readonly accountId: string;
  readonly wave: WaveName;
  readonly isHoldOut: boolean;
  readonly status: MemberStatus;
  readonly holder: Worker | undefined;
  /** A claim ends then; undefined for what was assigned or whose owner it is. */
  readonly heldUntil: Date | undefined;
  /** Minor units; of a win. */
  readonly amount: number | undefined;
  readonly minutes: number | undefined;
  /** Whether somebody typed the minutes; otherwise they are the usual ones. */
  readonly minutesKnown: boolean;
  readonly reason: string | undefined;
  readonly resolvedAt: Date | undefined;
}

/** What somebody does with an account of an offer. */
export type Step =
  | { readonly kind: "claim" }
  | { readonly kind: "release" }
  /** By a manager to anybody, by the holder to a colleague. */
  | { readonly kind: "assign"; readonly to: Worker }
  | { readonly kind: "skip"; readonly reason: string }
  | {
      readonly kind: "outcome";
      readonly outcome: "won" | "lost" | "no-reply";
      readonly amount?: number;
      readonly minutes?: number;
      readonly reason?: string;
    }
  /** Takes an outcome or a skip back. */
  | { readonly kind: "reopen"; readonly reason: string };

/** Who does it: every key under which they may hold accounts, and whether they may decide for others. */
export interface Actor {
  readonly worker: Worker;
  readonly keys: readonly string[];
  readonly isManager: boolean;
}

export type StepOutcome =
  | { readonly kind: "done"; readonly member: Member; readonly isCorrection: boolean }
  /** It is so already. */
  | { readonly kind: "unchanged"; readonly member: Member }
  | { readonly kind: "refused"; readonly why: StepRefusal };

export type StepRefusal =
  | { readonly code: "held-by"; readonly holder: Worker; readonly until: Date | undefined }
  | { readonly code: "resolved"; readonly status: MemberStatus }
  | { readonly code: "not-open"; readonly wave: WaveName; readonly status: WaveStatus }
  | { readonly code: "not-yours" }
  | { readonly code: "not-held" }
  | { readonly code: "excluded"; readonly exclusion: Exclusion }
  | { readonly code: "hold-out" };

export const waveStatuses = ["planned", "open", "paused", "closed"] as const;
export type WaveStatus = (typeof waveStatuses)[number];

/** What became of a wave so far, over its accounts that are neither held back nor held out. */
export interface WaveTally {
  readonly wave: WaveName;
  readonly status: WaveStatus;
  /** A manager decided against the stop rule; it stays silent until so many outcomes are there. */
  readonly overriddenUntilOutcomes: number | undefined;
  readonly accounts: number;
  readonly won: number;
  readonly lost: number;
  readonly noReply: number;
  readonly skipped: number;
  /** Of won accounts, minor units; revenue, not margin. */
  readonly wonAmount: number;
  /** Of all outcomes, usual ones included. */
  readonly minutes: number;
  /** Outcomes whose minutes somebody typed. */
  readonly minutesKnown: number;
  /** Sums over all accounts of the wave, as planned. */
  readonly expectedMargin: number;
  readonly expectedMinutes: number;
  /** Sum of the planned probabilities. */
  readonly expectedWins: number;
}
