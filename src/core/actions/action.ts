import type { Day } from "../calendar.ts";
import type { Tier } from "../tiers.ts";

/** What can be done next with an account, what waits least first. */
export const actionKinds = [
  "complaint",
  "renewal",
  "offer",
  "win-back",
  "check-in",
  "cross-sell",
  "up-sell",
  "thank-you",
  "reference",
] as const;
export type ActionKind = (typeof actionKinds)[number];

/** Why something is proposed, with its figures. Money in minor units of the snapshot's currency. */
export type ActionReason =
  /** Somebody keeps a complaint open. */
  | { readonly code: "complaint"; readonly since: Day; readonly reason: string }
  | { readonly code: "renewal-date"; readonly column: string; readonly on: Day }
  /** Bought at regular gaps: so many times in this rhythm; `chance` that it is renewed, where renewals so far tell. */
  | {
      readonly code: "recurs";
      readonly product?: string;
      readonly months: number;
      readonly times: number;
      readonly lastOn: Day;
      readonly chance?: number;
    }
  /** In an open wave of an offer, and held by whoever is to pitch it. */
  | { readonly code: "offer"; readonly offer: string; readonly offerId: number; readonly probability: number }
  /** The chance that it is still a customer. */
  | { readonly code: "gone-quiet"; readonly alive: number; readonly lastOn: Day }
  /** Bought in the year before and nothing since. */
  | { readonly code: "lapsed"; readonly lastOn: Day; readonly yearBeforeMinor: number }
  | { readonly code: "first-purchase"; readonly on: Day }
  | { readonly code: "won-deal"; readonly on: Day; readonly deal?: string; readonly valueMinor: number }
  /**
   * Of `owners` of what it owns, who had not yet the product, `buyers` bought it later: `lift` times as often as those who
   * never owned that.
   */
  | {
      readonly code: "similar-bought";
      readonly product: string;
      readonly owned: string;
      readonly buyers: number;
      readonly owners: number;
      readonly lift: number;
    }
  /** So many of all customers bought the product; nothing that it owns foretells more. */
  | { readonly code: "popular"; readonly product: string; readonly buyers: number; readonly accounts: number }
  /** What it buys of a product in a year, and what half of the similar accounts that buy it exceed. */
  | {
      readonly code: "below-similar";
      readonly product: string;
      readonly yearMinor: number;
      readonly usualMinor: number;
      readonly similar: number;
    }
  | { readonly code: "tier"; readonly tier: Tier }
  /** A customer for so many whole years, complete on that day. */
  | { readonly code: "tenure"; readonly years: number; readonly on: Day }
  | { readonly code: "survey"; readonly score: number; readonly on: Day }
  /** Prospects of its industry and region that it could speak to. */
  | { readonly code: "prospects-like-it"; readonly prospects: number }
  /** No thank-you ever, or not since. */
  | { readonly code: "no-thanks"; readonly since?: Day };

/** Something to do with an account. */
export interface ProposedAction {
  /** The same proposal has the same id in every snapshot: see `actionId`. */
  readonly id: string;
  readonly accountId: string;
  readonly kind: ActionKind;
  /** What tells two of a kind and account apart: a product's record id, a day, an offer's id; empty where there is one at most. */
  readonly subject: string;
  /** Margin that it is expected to bring or keep, in the minor unit of the snapshot's currency. */
  readonly valueMinor: number;
  readonly dueOn: Day;
  readonly effortMinutes: number;
  readonly reasons: readonly ActionReason[];
  /** Margin for an hour, in minor units; `rank.ts` makes the order of it, of answers so far and of the due day. */
  readonly score: number;
}

/** What somebody does about a proposal. */
export type ActionStep =
  | { readonly kind: "done"; readonly minutes?: number; readonly note?: string }
  | { readonly kind: "snooze"; readonly until: Day; readonly reason?: string }
  | {
      readonly kind: "reassign";
      readonly holder: { readonly key: string; readonly name: string };
      readonly reason?: string;
    }
  | { readonly kind: "not-relevant"; readonly reason: string };
