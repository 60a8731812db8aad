import {
  type Candidate,
  type OfferTerms,
  type PlannedAccount,
  type Scorer,
  type WaveName,
  waveNames,
} from "./offer.ts";
import { usualValues } from "./usual-values.ts";

export interface OfferPlan {
  readonly candidates: readonly Candidate[];
  readonly scorer: Scorer;
  readonly terms: OfferTerms;
  /** The most accounts of one wave, and the most that are shown as held back from it. */
  readonly waveSize: number;
  /** A number from 0 up to 1 for an account; the lowest are held out. */
  readonly lot: (accountId: string) => number;
}

/** An account as it would be if it were pitched. */
type Judged = Omit<PlannedAccount, "place">;

/** A wave with fewer accounts holds nobody out: there would be nothing to compare with. */
const leastForHoldOut = 10;

/**
 * Puts candidates into waves: A, B and C by tier, prospects into lookalikes; D is in none. A wave has first who is pitched,
 * then who is held out by lot, then who is held back, each by expected margin and then by account id. All of a wave take
 * the same time, so that is also the order by margin per hour. Who is not pitched costs nothing and brings nothing, and
 * keeps probability and value to show. A wave that is too large keeps those with the largest margin, lookalikes the most
 * alike.
 */
export function planOffer(plan: OfferPlan): readonly PlannedAccount[] {
  const judged = judgeAll(plan);
  return waveNames.flatMap((wave) => {
    const ofWave = judged.filter((account) => account.wave === wave);
    const free = ofWave.filter(({ candidate }) => candidate.exclusions.length === 0);
    const excluded = ofWave.filter(({ candidate }) => candidate.exclusions.length > 0);
    const ranked = wave === "lookalikes" ? free.toSorted(byLikeness) : free;
    const kept = ranked.slice(0, plan.waveSize).sort(byExpectedMargin);
    const heldOut = drawHoldOut(kept, plan);
    return [
      ...kept.filter((account) => !heldOut.has(account)),
      ...kept
        .filter((account) => heldOut.has(account))
        .map((account) => ({ ...idle(account), isHoldOut: true })),
      ...excluded.slice(0, plan.waveSize).map(idle),
    ].map((account, index) => ({ ...account, place: index + 1 }));
  });
}

function judgeAll({ candidates, scorer, terms }: OfferPlan): readonly Judged[] {
  const usualValueOf = usualValues(candidates);
  return candidates
    .flatMap((candidate) => {
      const wave = waveOf(candidate);
      if (wave === undefined) return [];
      const score = scorer.score(candidate);
      const value = terms.value ?? usualValueOf(candidate);
      const expectedMargin = Math.round((score.probability * value * terms.margin) / 1000);
      const effortMinutes = terms.effortMinutes[wave];
      return [{ ...score, candidate, wave, value, effortMinutes, expectedMargin, isHoldOut: false }];
    })
    .sort(byExpectedMargin);
}

function waveOf({ tier }: Candidate): WaveName | undefined {
  if (tier === undefined) return "lookalikes";
  return tier === "D" ? undefined : tier;
}

function drawHoldOut(accounts: readonly Judged[], { terms, lot }: OfferPlan): ReadonlySet<Judged> {
  if (accounts.length < leastForHoldOut) return new Set();
  const drawn = accounts
    .map((account) => ({ account, number: lot(account.candidate.accountId) }))
    .sort((left, right) => left.number - right.number || byId(left.account, right.account));
  const count = Math.round((accounts.length * terms.holdOutPercent) / 100);
  return new Set(drawn.slice(0, count).map(({ account }) => account));
}

function idle(account: Judged): Judged {
  return { ...account, effortMinutes: 0, expectedMargin: 0 };
}

function byLikeness(left: Judged, right: Judged): number {
  return likenessOf(right) - likenessOf(left) || byExpectedMargin(left, right);
}

/** As far as the scorer says it. */
function likenessOf({ reasons }: Judged): number {
  return reasons.find(({ code }) => code === "resembles")?.points ?? 0;
}

function byExpectedMargin(left: Judged, right: Judged): number {
  return right.expectedMargin - left.expectedMargin || byId(left, right);
}

function byId(left: Judged, right: Judged): number {
  return left.candidate.accountId < right.candidate.accountId ? -1 : 1;
}
