import { type Day, endOfMonth } from "../calendar.ts";
import type { ValueSettings } from "../settings.ts";
import type { Tier } from "../tiers.ts";
import type { ActionKind, ProposedAction } from "./action.ts";
import { actionId } from "./action-id.ts";

/** What everything is proposed by: the snapshot's day, and what the workspace decided. */
export interface ProposalTerms extends Pick<ValueSettings, "margin" | "quietBelowPercent"> {
  readonly asOf: Day;
}

/** What is known of a customer: its standing and its value. Money in minor units of the snapshot's currency. */
export interface CustomerFacts {
  readonly accountId: string;
  readonly tier: Tier;
  /** Bought in the twelve months to the snapshot's day, and in the twelve before; either may be below 0. */
  readonly yearMinor: number;
  readonly yearBeforeMinor: number;
  readonly firstWonOn: Day;
  readonly lastWonOn: Day;
  /** The chance that it is still a customer; undefined where no model can tell. */
  readonly alive?: number | undefined;
  /** Discounted margin within the horizon; undefined where nothing was valued. */
  readonly worthMinor?: number | undefined;
}

/** Minutes that an action takes where nobody typed them. An offer's tasks have their own. */
const usualActionMinutes: Readonly<Record<ActionKind, number>> = {
  complaint: 60,
  renewal: 45,
  offer: 90,
  "win-back": 45,
  "check-in": 20,
  "cross-sell": 60,
  "up-sell": 45,
  "thank-you": 15,
  reference: 30,
};

/**
 * How much an action is taken to change. These are judgements and not learned, and rather low: they make kinds comparable
 * until answers say what this workspace finds worth doing (see `feedback.ts`).
 */
export const effects = {
  /** Of renewals whose chance nobody knows, the share that would be lost. */
  renewalLost: 0.2,
  /** Of customers who left, the share that comes back when asked. */
  winBack: 0.2,
  /** Of what a customer spends, the share that is lost over a complaint that nobody answers. */
  complaint: 0.25,
  /** Of what a customer is expected to bring, the share that a good start adds. */
  checkIn: 0.05,
  /** Of the gap to similar accounts, the share that is closed. */
  upSell: 0.2,
  /** Of a year's margin, the share that a thank-you keeps. */
  thankYou: 0.02,
  /** Prospects won more for one reference. */
  reference: 0.1,
} as const;

type Draft = Omit<ProposedAction, "id" | "effortMinutes" | "score" | "valueMinor"> & {
  /** As it was computed: not rounded, and whatever there is to divide by. */
  readonly value: number;
  /** Where it is not the usual one of its kind. */
  readonly effortMinutes?: number;
};

/** The proposal of a draft: with its id, a value that is a whole number from 0 on, and the margin for an hour. */
export function toProposal({ value, effortMinutes, ...draft }: Draft): ProposedAction {
  const minutes = Math.max(1, effortMinutes ?? usualActionMinutes[draft.kind]);
  const valueMinor = wholeFrom0(value);
  return {
    ...draft,
    id: actionId(draft),
    valueMinor,
    effortMinutes: minutes,
    score: (valueMinor * 60) / minutes,
  };
}

/** Margin of revenue, in minor units; 0 of what is below 0. */
export function marginOf(revenueMinor: number, { margin }: Pick<ProposalTerms, "margin">): number {
  return (Math.max(0, revenueMinor) * margin) / 1_000;
}

/** What it buys in a good year: the better one of the last two, from 0 on. */
export function goodYear({
  yearMinor,
  yearBeforeMinor,
}: Pick<CustomerFacts, "yearMinor" | "yearBeforeMinor">): number {
  return Math.max(0, yearMinor, yearBeforeMinor);
}

/** Whether it is of the best tiers and still buys: whoever is thanked and asked for a reference. */
export function isGoodCustomer(
  { tier, yearMinor, alive }: Pick<CustomerFacts, "tier" | "yearMinor" | "alive">,
  terms: Pick<ProposalTerms, "quietBelowPercent">,
): boolean {
  return (tier === "A" || tier === "B") && yearMinor > 0 && !isQuiet({ alive }, terms);
}

/** Whether a model tells that it has left: below the chance that the settings name. */
export function isQuiet(
  { alive }: Pick<CustomerFacts, "alive">,
  { quietBelowPercent }: Pick<ProposalTerms, "quietBelowPercent">,
): boolean {
  return alive !== undefined && alive < quietBelowPercent / 100;
}

/** Kinds that have no day of their own, as a thank-you without an anniversary has none. */
export const withoutDay: readonly ActionKind[] = ["win-back", "cross-sell", "up-sell", "reference"];

/** By when it is to be done, seen from a day: what has no day of its own is never late, but due by the end of the month. */
export function dueFrom(
  { kind, reasons, dueOn }: Pick<ProposedAction, "kind" | "reasons" | "dueOn">,
  today: Day,
): Day {
  const hasNone = withoutDay.includes(kind) || (kind === "thank-you" && reasons[0]?.code === "no-thanks");
  const latest = endOfMonth(today);
  return hasNone && dueOn < latest ? latest : dueOn;
}

function wholeFrom0(value: number): number {
  return value > 0 ? Math.min(Math.round(value), Number.MAX_SAFE_INTEGER) : 0;
}
