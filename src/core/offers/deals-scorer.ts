import type { Candidate, PitchReason, Scorer } from "./offer.ts";

/**
 * Takes the scorecard's place once past deals are enough: the chance is what they tell of a deal with the account. What the
 * scorecard knows in its favour besides is kept as facts.
 *
 * @throws RangeError for a candidate of whom they were not asked.
 */
export function createDealsScorer(scorecard: Scorer): Scorer {
  return {
    score(candidate) {
      const { chance } = candidate;
      if (!chance) throw new RangeError(`${candidate.accountId} has no chance by past deals`);
      return { ...chance, reasons: [...chance.reasons, ...factsOf(scorecard, candidate)] };
    },
  };
}

/** Tiers are among what deals are told by. */
function factsOf(scorecard: Scorer, candidate: Candidate): readonly PitchReason[] {
  return scorecard
    .score(candidate)
    .reasons.filter(({ code, points }) => code !== "tier" && points > 0)
    .map((reason) => ({ ...reason, points: 0 }));
}
