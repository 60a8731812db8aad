import fc from "fast-check";
import type { Candidate, Evidence, OfferTerms, PitchScore, Scorer } from "../../src/core/offers/offer.ts";

/** A B customer of whom nothing else is known. */
export function candidate(known: Partial<Candidate> = {}): Candidate {
  return {
    accountId: "acme",
    account: "Acme",
    ownerId: undefined,
    owner: undefined,
    tier: "B",
    spend: 0,
    lastBoughtOn: undefined,
    usualPurchase: undefined,
    industry: undefined,
    region: undefined,
    similar: { accounts: 0, bought: 0 },
    products: [],
    answers: { won: 0, lost: 0, noReply: 0 },
    chance: undefined,
    exclusions: [],
    ...known,
  };
}

/** A hundred customers; an offer that is no product of the data. */
export function evidence(known: Partial<Evidence> = {}): Evidence {
  return {
    customers: 100,
    buyers: 0,
    companions: [],
    traits: { insideAccounts: 10, outsideAccounts: 90, traits: [] },
    ...known,
  };
}

/** Margin 40 %, an hour for A, B and C, two for lookalikes, nobody held out. */
export function terms(known: Partial<OfferTerms> = {}): OfferTerms {
  return {
    currency: "EUR",
    margin: 400,
    effortMinutes: { A: 60, B: 60, C: 60, lookalikes: 120 },
    floorPerHour: 10_000,
    openAtPercent: 80,
    opensOn: {},
    leastOutcomes: 8,
    pauseAbovePercent: 90,
    claimHours: 72,
    holdOutPercent: 0,
    ...known,
  };
}

/** Says what the test says. */
export function scorerOf(score: (candidate: Candidate) => Partial<PitchScore>): Scorer {
  return {
    score: (candidate) => ({ probability: 0.5, low: 0.4, high: 0.6, reasons: [], ...score(candidate) }),
  };
}

const products = ["anvil", "bolt", "crane", "drill"];
const industries = ["mining", "retail"];
const regions = ["north", "south"];
const count = fc.nat({ max: 200 });

const partOf = fc.tuple(count, count).map(([left, right]) => ({
  whole: Math.max(left, right),
  part: Math.min(left, right),
}));

/** Of any tier or none, with anything known or not; not kept out. */
export const anyCandidate: fc.Arbitrary<Candidate> = fc
  .record({
    accountId: fc.uuid(),
    tier: fc.constantFrom("A", "B", "C", "D", undefined),
    lastBoughtOn: fc.constantFrom(undefined, "2024-02-29", "2026-01-15", "2026-09-30", "2027-01-01"),
    usualPurchase: fc.option(fc.nat({ max: 10_000_000 }), { nil: undefined }),
    industry: fc.constantFrom(undefined, ...industries),
    region: fc.constantFrom(undefined, ...regions),
    similar: partOf.map(({ whole, part }) => ({ accounts: whole, bought: part })),
    products: fc.subarray(products),
    answers: fc.record({ won: count, lost: count, noReply: count }),
  })
  .map(candidate);

/** Of up to 400 customers, with every product, industry and region that candidates have. */
export const anyEvidence: fc.Arbitrary<Evidence> = fc
  .tuple(count, count, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 8, maxLength: 8 }))
  .map(([buyers, others, drawn]) => {
    const sharesAt = (index: number) => {
      const [left, right] = drawn[index] ?? [0, 0];
      return { first: left % (buyers + 1), second: right % (others + 1) };
    };
    const named = [
      ...industries.map((value) => ({ kind: "industry", value })),
      ...regions.map((value) => ({ kind: "region", value })),
    ];
    return {
      customers: buyers + others,
      buyers,
      companions: products.map((product, index) => {
        const { first, second } = sharesAt(index);
        return { product, buyers: first, others: second };
      }),
      traits: {
        insideAccounts: buyers,
        outsideAccounts: others,
        traits: named.map((trait, index) => {
          const { first, second } = sharesAt(products.length + index);
          return { ...trait, inside: first, outside: second };
        }),
      },
    };
  });
