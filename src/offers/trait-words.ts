import type { TraitCounts } from "../core/offers/offer.ts";
import type { FoundTrait, FoundTraits } from "../core/offers/traits.ts";
import type { Tier } from "../core/tiers.ts";
import { countOf, formatShare } from "../wording.ts";

/** "Industry Retail", "Buys Pump", "First bought 2025Q1". */
export function wordTrait({ kind, value }: Pick<FoundTrait, "kind" | "value">): string {
  switch (kind) {
    case "product":
      return `Buys ${value}`;
    case "cohort":
      return `First bought in ${value}`;
    default:
      return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}: ${value}`;
  }
}

/** "3.2 times as often"; "nobody else". */
export function wordLiftOf({ lift }: Pick<FoundTrait, "lift">): string {
  return lift === undefined ? "nobody else" : `${lift.toFixed(1)} ×`;
}

/** What accounts of a tier have in common, in one sentence. */
export function profileHeadline(tier: Tier, counts: TraitCounts, found: FoundTraits): string {
  const { insideAccounts, outsideAccounts } = counts;
  if (insideAccounts === 0) return `There is no ${tier} account to look at`;
  if (outsideAccounts === 0) return `Every account is ${tier}: there are no others to compare with`;
  const telling = found.traits.filter(({ isSignificant }) => isSignificant);
  const [first] = telling;
  if (!first)
    return `Nothing tells the ${countOf(insideAccounts, `${tier} account`)} from the others: what differs may be chance`;
  return `${wordTrait(first)} is what tells ${tier} accounts most from others: ${formatShare(first.shareInside)} of them against ${formatShare(first.shareOutside)}`;
}

/** How to use it for an offer. */
export function profileAdvice(tier: Tier, { traits }: FoundTraits): string {
  const telling = traits.filter(({ isSignificant }) => isSignificant).slice(0, 3);
  return telling.length === 0
    ? `So design the offer from what you know of these accounts by name, not from a type: a type is not there to see.`
    : `So design the offer for accounts like that (${telling.map(wordTrait).join("; ")}): ${tier} accounts get it first, and prospects that resemble A last.`;
}

/** How it was tested. */
export function profileMethod({ tested }: FoundTraits): string {
  return tested === 0
    ? "No trait occurs often enough to be tested against chance."
    : `${countOf(tested, "trait")} tested against chance (Fisher's exact test, one-sided; Benjamini-Hochberg at 5 %). That they occur together does not say that one makes the other.`;
}
