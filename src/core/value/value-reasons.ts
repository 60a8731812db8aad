import { type Day, daysBetween } from "../calendar.ts";
import type { Tier } from "../tiers.ts";
import type { AccountHistory, AccountValue } from "./value-fit.ts";

/** An account younger than this that bought on so few days is new: most of what is said of it, is said of others. */
const newcomer = { ageDays: 180, purchaseDays: 2 };

/** Why an account is worth what it is worth, as codes with figures: worded only when shown. Money in minor units. */
export type ValueReason =
  /** `usualGapDays` is the mean time between two purchases, undefined where it bought once. */
  | {
      readonly code: "gone-quiet";
      readonly alive: number;
      readonly usualGapDays: number | undefined;
      readonly quietDays: number;
    }
  /** No model tells who has left: all that is known is how long ago the last purchase was. */
  | { readonly code: "cannot-tell"; readonly quietDays: number }
  /** The tier by worth is better, or worse, than that by spend. */
  | { readonly code: "worth-above-spend" | "worth-below-spend"; readonly worth: Tier; readonly spend: Tier }
  | { readonly code: "little-history"; readonly firstOn: Day; readonly purchaseDays: number }
  /** How it buys; `usualGapDays` as above. */
  | {
      readonly code: "rhythm";
      readonly purchaseDays: number;
      readonly usualGapDays: number | undefined;
      readonly lastOn: Day;
    }
  /** Days with a purchase in the next twelve months, and margin within the horizon. */
  | { readonly code: "expects"; readonly purchases: number; readonly worthMinor: number };

export interface ValueEvidence extends AccountHistory, AccountValue {
  readonly asOf: Day;
  /** By worth; undefined where accounts are not listed by it. */
  readonly tier: Tier | undefined;
  readonly spendTier: Tier | undefined;
  /** Below this chance of still being a customer, in per cent, an account has gone quiet. */
  readonly quietBelowPercent: number;
}

/** The reasons that hold, the most telling first; the last one, what is expected, always does. */
export function valueReasonsFor(evidence: ValueEvidence): readonly ValueReason[] {
  const { alive, tier, spendTier, firstOn, lastOn, purchaseDays, asOf } = evidence;
  const reasons: ValueReason[] = [];
  const quietDays = daysBetween(lastOn, asOf);
  const usualGap = usualGapDays(evidence);
  const isQuiet = alive !== undefined && hasGoneQuiet(alive, evidence.quietBelowPercent);
  if (alive === undefined) reasons.push({ code: "cannot-tell", quietDays });
  else if (isQuiet) reasons.push({ code: "gone-quiet", alive, usualGapDays: usualGap, quietDays });
  if (tier !== undefined && spendTier !== undefined && tier !== spendTier) {
    const code = tier < spendTier ? "worth-above-spend" : "worth-below-spend";
    reasons.push({ code, worth: tier, spend: spendTier });
  }
  if (purchaseDays <= newcomer.purchaseDays && daysBetween(firstOn, asOf) < newcomer.ageDays)
    reasons.push({ code: "little-history", firstOn, purchaseDays });
  else if (alive !== undefined && !isQuiet)
    reasons.push({ code: "rhythm", purchaseDays, usualGapDays: usualGap, lastOn });
  reasons.push({ code: "expects", purchases: evidence.expected, worthMinor: evidence.worthMinor });
  return reasons;
}

/** @param alive the chance that an account is still a customer, from 0 to 1. */
export function hasGoneQuiet(alive: number, quietBelowPercent: number): boolean {
  return alive * 100 < quietBelowPercent;
}

function usualGapDays({ firstOn, lastOn, purchaseDays }: AccountHistory): number | undefined {
  return purchaseDays > 1 ? daysBetween(firstOn, lastOn) / (purchaseDays - 1) : undefined;
}
