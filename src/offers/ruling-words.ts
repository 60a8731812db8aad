import { z } from "zod";
import type { OfferTerms, WaveTally } from "../core/offers/offer.ts";
import type { Judgement } from "../core/offers/stop-rule.ts";
import type { BetterUse } from "../core/offers/wave-rules.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";
import { formatChance, formatPerHour } from "./figure-words.ts";
import { waveSubject } from "./wave-words.ts";

type Money = Pick<OfferTerms, "currency" | "floorPerHour">;

const perHour = z.number().optional();
/** Why a wave is as it is, as the store keeps it: a `RuleReason`, or what somebody said. */
const statusReason = z.discriminatedUnion("code", [
  z.object({ code: z.literal("person"), by: z.string(), reason: z.string() }),
  z.object({ code: z.literal("first") }),
  z.object({
    code: z.literal("resolved"),
    before: z.string(),
    resolved: z.number(),
    accounts: z.number(),
  }),
  z.object({ code: z.literal("date"), on: z.string() }),
  z.object({
    code: z.literal("below-floor"),
    outcomes: z.number(),
    probability: z.number(),
    marginPerHour: perHour,
    floorPerHour: z.number(),
    // Infinite where no win brings anything, which JSON has no number for.
    breakEven: z.number().nullable(),
  }),
  z.object({
    code: z.literal("far-below-a"),
    outcomes: z.number(),
    probability: z.number(),
    marginPerHour: perHour,
    marginPerHourOfA: perHour,
  }),
]);

/** Why a wave was opened or paused, in words; nothing for what is not understood any more. */
export function wordStatusReason(json: string | undefined, { currency }: Money): string {
  const parsed = statusReason.safeParse(json === undefined ? undefined : JSON.parse(json));
  if (!parsed.success) return "";
  const reason = parsed.data;
  switch (reason.code) {
    case "person":
      return `${reason.by} decided so: ${reason.reason}`;
    case "first":
      return "it is the first with accounts";
    case "resolved":
      return `${formatCount(reason.resolved)} of ${countOf(reason.accounts, "account")} of ${reason.before} are resolved`;
    case "date":
      return `its day was ${formatDay(reason.on)}`;
    case "below-floor":
      return reason.breakEven === null || reason.breakEven >= 1
        ? `even winning every pitch would not bring ${formatPerHour(reason.floorPerHour, currency)}`
        : `after ${countOf(reason.outcomes, "outcome")} it brings less than ${formatPerHour(reason.floorPerHour, currency)} with ${formatChance(reason.probability)} probability (so far ${formatPerHour(reason.marginPerHour, currency)})`;
    case "far-below-a":
      return `after ${countOf(reason.outcomes, "outcome")} it brings less than half of wave A's margin per hour with ${formatChance(reason.probability)} probability (so far ${formatPerHour(reason.marginPerHour, currency)} against ${formatPerHour(reason.marginPerHourOfA, currency)})`;
  }
}

/** What the stop rule thinks of a wave, and how far it can be trusted. */
export function wordJudgement(
  judgement: Judgement,
  { wave, overriddenUntilOutcomes }: WaveTally,
  terms: Money,
): string {
  const { outcomes, weakness } = judgement;
  const silent =
    overriddenUntilOutcomes !== undefined && overriddenUntilOutcomes > outcomes
      ? ` A manager overrode the stop rule: it is silent until ${countOf(overriddenUntilOutcomes, "outcome")}.`
      : "";
  const doubt =
    weakness === undefined
      ? ""
      : ` With ${countOf(weakness.accounts, "account")} the rule knows little: it would pause ${formatChance(weakness.pausesGood)} of waves that bring half as much again as ${formatPerHour(terms.floorPerHour, terms.currency)}, and miss ${formatChance(weakness.missesBad)} of those that bring half of it.`;
  return `${waveSubject(wave)}: ${wordVerdict(judgement, terms)}${silent}${doubt}`;
}

function wordVerdict(judgement: Judgement, { currency, floorPerHour }: Money): string {
  const { outcomes, needed, probabilityBelowFloor, probabilityFarBelowA = 0 } = judgement;
  const floor = formatPerHour(floorPerHour, currency);
  switch (judgement.verdict) {
    case "too-early":
      return `too early to judge, with ${countOf(outcomes, "outcome")} where ${formatCount(needed)} ${needed === 1 ? "is" : "are"} needed.`;
    case "worth-it":
      return `worth its hours so far, below ${floor} with ${formatChance(probabilityBelowFloor)} probability.`;
    case "below-floor":
      return `not worth its hours, below ${floor} with ${formatChance(probabilityBelowFloor)} probability.`;
    case "far-below-a":
      return `below half of wave A's margin per hour with ${formatChance(probabilityFarBelowA)} probability.`;
  }
}

/** Where the hours of a paused wave bring more. */
export function wordBetterUse(use: BetterUse | undefined, { currency, floorPerHour }: Money): string {
  if (!use)
    return `No other wave is expected to bring ${formatPerHour(floorPerHour, currency)} either: its hours are better spent elsewhere.`;
  return `The hours are better spent on wave ${use.wave} (${use.status}), where ${formatPerHour(use.marginPerHour, currency)} are expected.`;
}
