import {
  type Candidate,
  type OfferTerms,
  type PlannedAccount,
  type WaveName,
  waveNames,
} from "../../src/core/offers/offer.ts";
import type { OfferDraft } from "../../src/store/offers.ts";

export const testTerms: OfferTerms = {
  currency: "EUR",
  margin: 400,
  effortMinutes: { A: 60, B: 60, C: 60, lookalikes: 60 },
  floorPerHour: 0,
  openAtPercent: 80,
  opensOn: {},
  leastOutcomes: 1_000,
  pauseAbovePercent: 90,
  claimHours: 72,
  holdOutPercent: 0,
};

/** An account of tier A, of which nothing else is known. */
export function candidateOf(accountId: string, account: string, more: Partial<Candidate> = {}): Candidate {
  return {
    ...{ accountId, account, ownerId: undefined, owner: undefined, tier: "A", spend: 500_000 },
    ...{ lastBoughtOn: "2026-05-01", usualPurchase: 100_000, industry: undefined, region: undefined },
    ...{ similar: { accounts: 0, bought: 0 }, products: [], answers: { won: 0, lost: 0, noReply: 0 } },
    ...{ chance: undefined, exclusions: [] },
    ...more,
  };
}

const waveOf = ({ tier }: Candidate): WaveName => (tier === undefined || tier === "D" ? "lookalikes" : tier);

/** A plan of everything that is given: 1000.00 a sale, one in five says yes. */
export function draftOf(
  candidates: readonly Candidate[],
  more: Partial<OfferDraft> = {},
  heldOut: readonly string[] = [],
): OfferDraft {
  const accounts = waveNames.flatMap((wave): readonly PlannedAccount[] =>
    candidates
      .filter((candidate) => waveOf(candidate) === wave)
      .map((candidate, index) => ({
        ...{ candidate, wave, place: index + 1, isHoldOut: heldOut.includes(candidate.accountId) },
        ...{
          probability: 0.2,
          low: 0.1,
          high: 0.3,
          value: 100_000,
          effortMinutes: 60,
          expectedMargin: 8_000,
        },
        reasons: [{ code: "tier", tier: candidate.tier ?? "prospect", points: 0.5 }],
      })),
  );
  const whole = { A: 0, B: 0, C: 0, lookalikes: 0 };
  for (const { wave } of accounts) whole[wave] += 1;
  return {
    ...{ name: "Spring", productIds: [], products: ["Pump"], filters: "", snapshotId: 1 },
    ...{ terms: testTerms, chances: { kind: "scorecard", deals: 0, won: 0 }, whole, accounts, ...more },
  };
}
