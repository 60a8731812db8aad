import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawLots } from "../../../src/core/offers/lot.ts";
import type { Candidate, OfferTerms, PlannedAccount, Scorer } from "../../../src/core/offers/offer.ts";
import { totalsOf } from "../../../src/core/offers/offer-totals.ts";
import { planOffer } from "../../../src/core/offers/plan-offer.ts";
import { createScorecard } from "../../../src/core/offers/scorecard.ts";
import { defaultSettings } from "../../../src/core/settings.ts";
import { anyCandidate, candidate, evidence, scorerOf, terms } from "../../helpers/candidates.ts";

const seed = 24;
const half = scorerOf(() => ({ probability: 0.5 }));

interface Planning {
  readonly scorer?: Scorer;
  readonly about?: Partial<OfferTerms>;
  readonly waveSize?: number;
}

function plan(
  candidates: readonly Partial<Candidate>[],
  { scorer = half, about = {}, waveSize = 100 }: Planning = {},
) {
  return planOffer({
    candidates: candidates.map(candidate),
    scorer,
    terms: terms(about),
    waveSize,
    lot: drawLots("spring"),
  });
}

const idsOf = (accounts: readonly PlannedAccount[]) => accounts.map((account) => account.candidate.accountId);
const numbered = (count: number, known: Partial<Candidate> = {}): readonly Partial<Candidate>[] =>
  Array.from({ length: count }, (_, index) => ({ accountId: `account-${index}`, ...known }));

test("waves are A, B, C by tier, and prospects at the end; D is in none", () => {
  const planned = plan([
    { accountId: "prospect", tier: undefined },
    { accountId: "d", tier: "D" },
    { accountId: "c", tier: "C" },
    { accountId: "b", tier: "B" },
    { accountId: "a", tier: "A" },
  ]);
  expect(planned.map(({ candidate: { accountId }, wave, place }) => [accountId, wave, place])).toEqual([
    ["a", "A", 1],
    ["b", "B", 1],
    ["c", "C", 1],
    ["prospect", "lookalikes", 1],
  ]);
  expect(planned.map(({ effortMinutes }) => effortMinutes)).toEqual([60, 60, 60, 120]);
});

describe("what a sale is worth", () => {
  const valuesOf = (candidates: readonly Partial<Candidate>[], about: Partial<OfferTerms> = {}) =>
    Object.fromEntries(
      plan(candidates, { about }).map(({ candidate: { accountId }, value }) => [accountId, value]),
    );
  const known = [
    { accountId: "own", tier: "A", usualPurchase: 700 },
    { accountId: "also own", tier: "A", usualPurchase: 200 },
    { accountId: "of its tier", tier: "A" },
    { accountId: "of all", tier: "C" },
    { accountId: "prospect", tier: undefined },
    { accountId: "out", tier: "D", usualPurchase: 100 },
  ] as const;

  test("its own usual purchase, else the median of its tier, else of all", () => {
    expect(valuesOf(known)).toEqual({
      own: 700,
      "also own": 200,
      "of its tier": 450,
      "of all": 200,
      prospect: 200,
    });
  });

  test("what the offer says, before all others", () => {
    expect(new Set(Object.values(valuesOf(known, { value: 999 })))).toEqual(new Set([999]));
  });

  test("nothing where nobody ever bought", () => {
    expect(valuesOf([{ accountId: "new", tier: undefined }])).toEqual({ new: 0 });
  });
});

test("expected margin is probability × value × margin, in whole minor units", () => {
  const [account] = plan([{ usualPurchase: 1_001 }], {
    scorer: scorerOf(() => ({ probability: 0.3 })),
    about: { margin: 333 },
  });
  // 0.3 · 1,001 · 0.333 = 99.9999
  expect(account).toMatchObject({ value: 1_001, expectedMargin: 100, effortMinutes: 60, probability: 0.3 });
});

test("who is kept out comes last, keeps what it is worth, and costs and brings nothing", () => {
  const planned = plan([
    { accountId: "out", usualPurchase: 9_000, exclusions: [{ code: "overdue" }] },
    { accountId: "small", usualPurchase: 1_000 },
    { accountId: "equal", usualPurchase: 1_000 },
    { accountId: "large", usualPurchase: 2_000 },
  ]);
  expect(idsOf(planned)).toEqual(["large", "equal", "small", "out"]);
  expect(planned.map(({ place }) => place)).toEqual([1, 2, 3, 4]);
  expect(planned[3]).toMatchObject({ value: 9_000, probability: 0.5, expectedMargin: 0, effortMinutes: 0 });
});

test("a wave that is too large keeps the best, and as many that are kept out", () => {
  const sized = (prefix: string, known: Partial<Candidate> = {}) =>
    [1, 2, 3].map((size) => ({ accountId: `${prefix}${size}`, usualPurchase: size * 1_000, ...known }));
  const planned = plan([...sized("in"), ...sized("out", { exclusions: [{ code: "opted-out" }] })], {
    waveSize: 2,
  });
  expect(idsOf(planned)).toEqual(["in3", "in2", "out3", "out2"]);
});

test("of lookalikes the most alike are kept, and then ordered as all others", () => {
  const alike = new Map([
    ["twin", 0.8],
    ["cousin", 0.3],
    ["stranger", -0.4],
  ]);
  const scorer = scorerOf(({ accountId }) => ({
    reasons: [{ code: "resembles", traits: ["mining"], points: alike.get(accountId) ?? 0 }],
  }));
  const prospects = [
    { accountId: "stranger", tier: undefined, usualPurchase: 9_000 },
    { accountId: "cousin", tier: undefined, usualPurchase: 5_000 },
    { accountId: "twin", tier: undefined, usualPurchase: 1_000 },
  ];
  expect(idsOf(plan(prospects, { scorer, waveSize: 2 }))).toEqual(["cousin", "twin"]);
});

describe("held out by lot", () => {
  test.each([
    [9, 50, 0],
    [10, 20, 2],
    [14, 10, 1],
    [15, 10, 2],
    [40, 0, 0],
    [40, 100, 40],
  ])("of %d accounts %d %% are %d", (count, holdOutPercent, heldOut) => {
    const planned = plan(numbered(count), { about: { holdOutPercent } });
    expect(planned.filter(({ isHoldOut }) => isHoldOut)).toHaveLength(heldOut);
  });

  test("the lowest lots, whatever they are worth; they bring nothing and are after those that are pitched", () => {
    const accounts = numbered(20).map((known, index) => ({ ...known, usualPurchase: 1_000 + index }));
    const planned = plan(accounts, { about: { holdOutPercent: 25 } });
    const lot = drawLots("spring");
    const lowest = idsOf(planned)
      .toSorted((left, right) => lot(left) - lot(right))
      .slice(0, 5);
    const heldOut = planned.filter(({ isHoldOut }) => isHoldOut);
    expect(idsOf(heldOut).toSorted()).toEqual(lowest.toSorted());
    expect(heldOut.map(({ place }) => place)).toEqual([16, 17, 18, 19, 20]);
    expect(
      heldOut.every(({ expectedMargin, effortMinutes }) => expectedMargin === 0 && effortMinutes === 0),
    ).toBe(true);
  });

  test("an account that is kept out is neither held out nor counted", () => {
    const kept = numbered(9);
    const out = { accountId: "out", exclusions: [{ code: "complaint" }] } as const;
    const planned = plan([...kept, out], { about: { holdOutPercent: 50 } });
    expect(planned.some(({ isHoldOut }) => isHoldOut)).toBe(false);
  });
});

describe("for any candidates", () => {
  const scorer = createScorecard(evidence({ buyers: 20 }), defaultSettings.offers, "2026-10-31");
  const anyPlan = fc.record({
    candidates: fc.uniqueArray(
      fc
        .tuple(anyCandidate, fc.boolean())
        .map(([one, isFree]): Candidate => ({ ...one, exclusions: isFree ? [] : [{ code: "complaint" }] })),
      { maxLength: 60, selector: ({ accountId }) => accountId },
    ),
    waveSize: fc.integer({ min: 1, max: 30 }),
    about: fc.record({ margin: fc.integer({ min: 1, max: 1_000 }), holdOutPercent: fc.nat({ max: 100 }) }),
  });

  test("totals are the sums of the rows, waves add up to the whole, and each is in the order it says", () => {
    fc.assert(
      fc.property(anyPlan, ({ candidates, ...how }) => {
        const planned = plan(candidates, { scorer, ...how });
        const totals = totalsOf(planned);
        const pitched = planned.filter((one) => one.candidate.exclusions.length === 0 && !one.isHoldOut);
        const sum = (part: (account: PlannedAccount) => number) =>
          planned.reduce((whole, account) => whole + part(account), 0);
        expect(totals.expectedMargin).toBe(sum(({ expectedMargin }) => expectedMargin));
        expect(totals.effortMinutes).toBe(sum(({ effortMinutes }) => effortMinutes));
        expect(totals.accounts).toBe(pitched.length);
        expect(totals.accounts + totals.excluded + totals.heldOut).toBe(planned.length);
        expect(totals.low).toBeGreaterThanOrEqual(0);
        expect(totals.low).toBeLessThanOrEqual(totals.expectedMargin);
        expect(totals.high).toBeGreaterThanOrEqual(totals.expectedMargin);
        for (const wave of ["A", "B", "C", "lookalikes"]) {
          const ofWave = planned.filter((account) => account.wave === wave);
          const margins = ofWave.map(({ expectedMargin }) => expectedMargin);
          expect(margins).toEqual(margins.toSorted((left, right) => right - left));
          expect(ofWave.map(({ place }) => place)).toEqual(ofWave.map((_, index) => index + 1));
          const free = ofWave.filter((one) => one.candidate.exclusions.length === 0);
          expect(free.length).toBeLessThanOrEqual(how.waveSize);
          expect(ofWave.slice(0, free.length)).toEqual(free);
        }
      }),
      { seed, numRuns: 150 },
    );
  });

  test("the order in which they come changes nothing, and they are left as they are", () => {
    fc.assert(
      fc.property(anyPlan, fc.infiniteStream(fc.nat()), ({ candidates, ...how }, numbers) => {
        const shuffled = candidates
          .map((one) => ({ one, number: numbers.next().value ?? 0 }))
          .sort((left, right) => left.number - right.number)
          .map(({ one }) => one);
        const frozen = Object.freeze(candidates.map((one) => Object.freeze(one)));
        expect(plan(shuffled, { scorer, ...how })).toEqual(plan(frozen, { scorer, ...how }));
      }),
      { seed, numRuns: 100 },
    );
  });
});
