import type { Tier } from "./tiers.ts";

/** From this share of the portfolio on, one account is a risk of its own. */
export const dominantShare = 0.1;
/** A change of the value by less than this fraction is not worth a word. */
export const notableChange = 0.1;
/** A customer that bought before but not for this long is called quiet. */
export const quietAfterDays = 180;

/**
 * Why an account stands where it stands, as codes with figures: worded only when shown, to one viewer.
 * Money in minor units, days as `YYYY-MM-DD`.
 */
export type Reason =
  /** A person set the tier; `from` is the one by the figures, `until` the last day on which it holds. */
  | { readonly code: "override"; readonly from: Tier; readonly until?: string }
  | { readonly code: "dominant"; readonly share: number }
  | { readonly code: "rose" | "fell"; readonly from: Tier }
  | { readonly code: "new"; readonly firstWonOn: string }
  | { readonly code: "inactive"; readonly lastWonOn: string }
  | { readonly code: "negative" }
  | { readonly code: "quiet"; readonly lastWonOn: string }
  | { readonly code: "grew" | "shrank"; readonly from: number; readonly to: number }
  | { readonly code: "bought"; readonly wins: number; readonly lastWonOn: string };

export interface Evidence {
  readonly tier: Tier;
  readonly previousTier: Tier | undefined;
  readonly value: number;
  readonly previousValue: number;
  readonly share: number;
  readonly wins: number;
  readonly firstWonOn: string;
  readonly lastWonOn: string;
  /** Days from the last purchase to the snapshot's day. */
  readonly quietDays: number;
}

/** The reasons that hold, the most telling first; there is always at least one. */
export function reasonsFor(evidence: Evidence): readonly Reason[] {
  const { tier, previousTier, value, previousValue, firstWonOn, lastWonOn } = evidence;
  const reasons: Reason[] = [];
  if (evidence.share >= dominantShare) reasons.push({ code: "dominant", share: evidence.share });
  if (previousTier === undefined) reasons.push({ code: "new", firstWonOn });
  else if (tier < previousTier) reasons.push({ code: "rose", from: previousTier });
  else if (tier > previousTier) reasons.push({ code: "fell", from: previousTier });
  if (value < 0) reasons.push({ code: "negative" });
  else if (value === 0 && evidence.wins === 0) reasons.push({ code: "inactive", lastWonOn });
  else if (evidence.quietDays >= quietAfterDays) reasons.push({ code: "quiet", lastWonOn });
  if (previousTier !== undefined && previousValue > 0 && value > previousValue * (1 + notableChange))
    reasons.push({ code: "grew", from: previousValue, to: value });
  if (previousTier !== undefined && previousValue > 0 && value < previousValue * (1 - notableChange))
    reasons.push({ code: "shrank", from: previousValue, to: value });
  if (evidence.wins > 0) reasons.push({ code: "bought", wins: evidence.wins, lastWonOn });
  return reasons;
}
