import { groupBy } from "../group-by.ts";
import type { Candidate } from "./offer.ts";

/**
 * What a sale to an account is usually worth, in whole minor units: its own usual purchase, else the median of its tier,
 * else that of all, else 0. Prospects have none of their own, so theirs is that of all.
 */
export function usualValues(candidates: readonly Candidate[]): (candidate: Candidate) => number {
  const tierOf = ({ tier }: Candidate) => tier ?? "prospect";
  const ofTier = new Map(
    [...groupBy(candidates, tierOf)].map(([tier, members]) => [tier, medianPurchase(members)]),
  );
  const ofAll = medianPurchase(candidates) ?? 0;
  return (candidate) =>
    Math.max(0, Math.round(candidate.usualPurchase ?? ofTier.get(tierOf(candidate)) ?? ofAll));
}

function medianPurchase(candidates: readonly Candidate[]): number | undefined {
  const ascending = candidates
    .flatMap(({ usualPurchase }) => (usualPurchase === undefined ? [] : [usualPurchase]))
    .sort((left, right) => left - right);
  const lower = ascending[Math.floor((ascending.length - 1) / 2)];
  const upper = ascending[Math.floor(ascending.length / 2)];
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}
