import type { ProposalBasis } from "../store/actions.ts";
import { countOf, formatDay, formatShare } from "../wording.ts";

/** What cross-sells go by, and how that was found better. */
export function wordRecommender(recommender: ProposalBasis["recommender"]): string {
  if (!recommender) return "nothing was bought by name yet, so no products are recommended.";
  const { uses, judged } = recommender;
  const similar = "what customers with the same products bought next";
  if (!judged)
    return `cross-sells go by what most customers buy. The data is too short to tell whether ${similar} says more.`;
  const { association, popularity, accounts, shownUntil } = judged;
  const [chosen, other] = uses === "association" ? [association, popularity] : [popularity, association];
  const tried = `Tried on ${countOf(accounts, "customer")} that bought something new after ${formatDay(shownUntil)}: three products named so held one of theirs for ${formatShare(chosen.hitRate)}`;
  return uses === "association"
    ? `cross-sells go by ${similar}. ${tried}, the three most bought for ${formatShare(other.hitRate)}.`
    : `cross-sells go by what most customers buy. ${tried}; ${similar} was no better, with ${formatShare(other.hitRate)}.`;
}
