import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Candidate, Evidence, PitchScore } from "../../../src/core/offers/offer.ts";
import { scorePoints } from "../../../src/core/offers/score-points.ts";
import { createScorecard } from "../../../src/core/offers/scorecard.ts";
import { defaultSettings, type OfferSettings } from "../../../src/core/settings.ts";
import { anyCandidate, anyEvidence, candidate, evidence } from "../../helpers/candidates.ts";

const today = "2026-10-31";
const seed = 24;
const settings = defaultSettings.offers;

function score(known: Partial<Candidate>, about: Partial<Evidence> = {}, set: Partial<OfferSettings> = {}) {
  return createScorecard(evidence(about), { ...settings, ...set }, today).score(candidate(known));
}

/** The probability of odds to one. */
const ofOdds = (odds: number) => odds / (1 + odds);

/** Oracle: the share of a Beta distribution below `limit`, by the midpoint rule on its density, both parameters above 1. */
function betaBelow(limit: number, alpha: number, beta: number): number {
  const steps = 20_000;
  const density = (x: number) => x ** (alpha - 1) * (1 - x) ** (beta - 1);
  let below = 0;
  let whole = 0;
  for (let step = 0; step < steps; step += 1) {
    const x = (step + 0.5) / steps;
    whole += density(x);
    if (x < limit) below += density(x);
  }
  return below / whole;
}

describe("each part by hand, from a base of 20 %, which is odds of 1 to 4", () => {
  test.each([
    ["A", 0.5],
    ["B", 0.2],
    ["C", -0.1],
    ["D", -0.6],
    [undefined, -0.8],
  ] as const)("tier %s moves the log-odds by %d", (tier, points) => {
    const { probability, reasons } = score({ tier });
    expect(probability).toBeCloseTo(ofOdds(0.25 * Math.exp(points)), 12);
    expect(reasons).toEqual([{ code: "tier", tier: tier ?? "prospect", points }]);
  });

  const alone = { weightTier: 0 };

  test("of 30 similar accounts 12 bought, of all 100 customers 20: 12 + 20 · 20.5/101 of 50", () => {
    const known = { similar: { accounts: 30, bought: 12 } };
    const { probability, reasons } = score(known, { buyers: 20 }, alone);
    const overall = 20.5 / 101;
    const rate = (12 + 20 * overall) / 50;
    const oddsRatio = rate / (1 - rate) / (overall / (1 - overall));
    expect(probability).toBeCloseTo(ofOdds(0.25 * oddsRatio), 12);
    expect(reasons).toEqual([
      { code: "similar", accounts: 30, bought: 12, points: expect.closeTo(Math.log(oddsRatio), 12) },
    ]);
  });

  test.each([
    ["nobody bought it", { accounts: 30, bought: 0 }, 0],
    ["nobody is similar", { accounts: 0, bought: 0 }, 20],
  ])("similar accounts say nothing where %s", (_why, similar, buyers) => {
    expect(score({ similar }, { buyers }, alone)).toMatchObject({
      probability: expect.closeTo(0.2, 12),
      reasons: [],
    });
  });

  test.each([
    ["2026-10-31", 0, 0.4],
    ["2026-10-01", 30, 0.4],
    ["2026-09-30", 31, 0.2],
    ["2026-08-02", 90, 0.2],
    ["2026-05-03", 181, -0.3],
    ["2025-10-31", 365, -0.3],
    ["2025-10-30", 366, -0.7],
    ["2026-12-24", 0, 0.4],
  ])("bought last on %s, %d days ago: %d", (lastBoughtOn, days, points) => {
    const { probability, reasons } = score({ lastBoughtOn }, {}, alone);
    expect(probability).toBeCloseTo(ofOdds(0.25 * Math.exp(points)), 12);
    expect(reasons).toEqual([{ code: "recency", days, points }]);
  });

  test("between 91 and 180 days nothing speaks for or against", () => {
    expect(score({ lastBoughtOn: "2026-05-04" }, {}, alone).reasons).toEqual([]);
  });

  test("won 2 of 6 answers: 2 + 4 · 20 % of 10 is 28 %", () => {
    const answers = { won: 2, lost: 1, noReply: 3 };
    const { probability, reasons } = score({ answers }, {}, alone);
    expect(probability).toBeCloseTo(0.28, 12);
    expect(reasons).toEqual([{ code: "answers", ...answers, points: expect.closeTo(Math.log(14 / 9), 12) }]);
  });

  test("products that buyers have more often: shares are drawn to the share of all by 10 accounts", () => {
    // Cranes: 10 of 20 buyers and 10 of 80 others, 20 % of all, so 12/30 against 12/90: threefold. Drills: less often.
    const companions = [
      { product: "crane", buyers: 10, others: 10 },
      { product: "drill", buyers: 2, others: 40 },
    ];
    const about = { buyers: 20, companions };
    const fitting = score({ products: ["drill", "crane", "crane", "wrench"] }, about, alone);
    expect(fitting.reasons).toEqual([{ code: "fit", products: ["crane"], points: 0.8 }]);
    expect(score({ products: ["drill", "wrench"] }, about, alone).reasons).toEqual([]);

    // Bolts: 8 of 20 and 22 of 80, 30 % of all, so 11/30 against 25/90.
    const bolts = { buyers: 20, companions: [{ product: "bolt", buyers: 8, others: 22 }] };
    const { probability } = score({ products: ["bolt"] }, bolts, alone);
    expect(probability).toBeCloseTo(ofOdds(0.25 * (11 / 30 / (25 / 90))), 12);
  });

  test("only the three strongest products count, and they are named in that order", () => {
    // 6, 7, 8 and 9 of 20 buyers have one, and always 23 of 80 others, so that all four are more frequent with buyers.
    const companions = [6, 7, 8, 9].map((buyers) => ({ product: `p${buyers}`, buyers, others: 23 }));
    const products = companions.map(({ product }) => product);
    const { reasons } = score({ products }, { buyers: 20, companions }, alone);
    const lift = (buyers: number) => {
      const all = (buyers + 23) / 100;
      return Math.log((buyers + 10 * all) / 30 / ((23 + 10 * all) / 90));
    };
    expect(reasons).toEqual([
      {
        code: "fit",
        products: ["p9", "p8", "p7"],
        points: expect.closeTo(lift(9) + lift(8) + lift(7), 12),
      },
    ]);
  });

  test("a prospect is like tier A by its industry and region, both drawn together by 10 accounts", () => {
    const traits = {
      insideAccounts: 10,
      outsideAccounts: 90,
      traits: [
        { kind: "industry", value: "mining", inside: 4, outside: 26 },
        { kind: "region", value: "north", inside: 3, outside: 27 },
        { kind: "region", value: "mining", inside: 10, outside: 0 },
      ],
    };
    // Mining: 30 % of all, so 7/20 against 29/100. The north is as frequent inside as outside, and no reason.
    const prospect = { tier: undefined, industry: "mining", region: "north" };
    const { probability, reasons } = score(prospect, { traits });
    const ratio = 7 / 20 / (29 / 100);
    expect(probability).toBeCloseTo(ofOdds(0.25 * Math.exp(-0.8) * ratio), 12);
    expect(reasons).toEqual([
      { code: "tier", tier: "prospect", points: -0.8 },
      { code: "resembles", traits: ["mining"], points: expect.closeTo(Math.log(ratio), 12) },
    ]);
    expect(score({ ...prospect, tier: "A" }, { traits }).reasons).toHaveLength(1);
  });
});

test("no part goes beyond its end, however much speaks for it", () => {
  const alone = { weightTier: 0 };
  const answers = { won: 500, lost: 0, noReply: 0 };
  const similar = { accounts: 500, bought: 500 };
  const traits = {
    insideAccounts: 500,
    outsideAccounts: 500,
    traits: [{ kind: "industry", value: "mining", inside: 500, outside: 0 }],
  };
  const prospect = { tier: undefined, industry: "mining" };
  const pointsOf = ({ reasons }: PitchScore) => reasons[0]?.points;
  expect(pointsOf(score({ answers }, {}, alone))).toBe(1.2);
  expect(pointsOf(score({ answers: { won: 0, lost: 500, noReply: 0 } }, {}, alone))).toBe(-1.2);
  expect(pointsOf(score({ similar }, { buyers: 2 }, alone))).toBe(1);
  expect(score(prospect, { traits }).reasons).toContainEqual({
    code: "resembles",
    traits: ["mining"],
    points: 0.8,
  });
  // 20 answers say as much of how sure it is as 500 do.
  expect(score({ answers })).toEqual({
    ...score({ answers: { won: 20, lost: 0, noReply: 0 } }),
    reasons: score({ answers }).reasons,
  });
});

test("the interval is that of a Beta distribution, and narrows with what is known", () => {
  // B customer: 8 + 2 for the tier; then 12 · 20/40 for similar accounts, 2 for recency, 5 answers.
  const plain = score({});
  const rich = score(
    {
      similar: { accounts: 20, bought: 4 },
      lastBoughtOn: "2026-10-01",
      answers: { won: 1, lost: 2, noReply: 2 },
    },
    { buyers: 20 },
  );
  for (const [{ probability, low, high }, observations] of [
    [plain, 10],
    [rich, 23],
  ] as const) {
    const [alpha, beta] = [probability * observations, (1 - probability) * observations];
    expect(betaBelow(low, alpha, beta)).toBeCloseTo(0.1, 3);
    expect(betaBelow(high, alpha, beta)).toBeCloseTo(0.9, 3);
  }
  expect(rich.high - rich.low).toBeLessThan(plain.high - plain.low);
});

test("a base of 1 % and one of 99 % stay within what is said of anybody", () => {
  const worst = score({ tier: "D", lastBoughtOn: "2020-01-01" }, {}, { basePercent: 1 });
  const best = score({ tier: "A", lastBoughtOn: today }, {}, { basePercent: 99 });
  expect([worst.probability, best.probability]).toEqual([0.011, 0.949]);
});

/** Candidate, evidence and settings of any kind. */
const anyCase = fc.record({
  one: anyCandidate,
  about: anyEvidence,
  set: fc.record({
    basePercent: fc.integer({ min: 1, max: 99 }),
    weightTier: fc.nat({ max: 500 }),
    weightSimilar: fc.nat({ max: 500 }),
    weightRecency: fc.nat({ max: 500 }),
    weightFit: fc.nat({ max: 500 }),
    weightAnswers: fc.nat({ max: 500 }),
  }),
});
const scoreCase = (one: Candidate, about: Evidence, set: Partial<OfferSettings>) =>
  createScorecard(about, { ...settings, ...set }, today).score(one);

test("whatever is known, low ≤ probability ≤ high, and reasons are visible and the strongest first", () => {
  fc.assert(
    fc.property(anyCase, ({ one, about, set }) => {
      const { probability, low, high, reasons } = scoreCase(one, about, set);
      expect(probability).toBeGreaterThan(0.01);
      expect(probability).toBeLessThan(0.95);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(probability);
      expect(high).toBeGreaterThanOrEqual(probability);
      expect(high).toBeLessThanOrEqual(1);
      const sizes = reasons.map(({ points }) => Math.abs(points));
      expect(sizes.every((size) => size >= 0.05)).toBe(true);
      expect(sizes).toEqual(sizes.toSorted((left, right) => right - left));
    }),
    { seed, numRuns: 500 },
  );
});

test("one more similar account that bought never lowers the probability", () => {
  fc.assert(
    fc.property(anyCase, ({ one, about, set }) => {
      const { accounts, bought } = one.similar;
      const withSimilar = (similar: Candidate["similar"]) =>
        scoreCase({ ...one, similar }, about, set).probability;
      const before = withSimilar({ accounts: accounts + 1, bought });
      expect(withSimilar({ accounts: accounts + 1, bought: bought + 1 })).toBeGreaterThanOrEqual(before);
    }),
    { seed, numRuns: 300 },
  );
});

test("a better tier, a won answer instead of a lost one, and one more product never lower it either", () => {
  fc.assert(
    fc.property(anyCase, ({ one, about, set }) => {
      const probabilityOf = (known: Partial<Candidate>) =>
        scoreCase({ ...one, ...known }, about, set).probability;
      const byTier = (["D", "C", "B", "A"] as const).map((tier) => probabilityOf({ tier }));
      expect(byTier).toEqual(byTier.toSorted((left, right) => left - right));
      const { won, lost, noReply } = one.answers;
      expect(probabilityOf({ answers: { won: won + 1, lost, noReply } })).toBeGreaterThanOrEqual(
        probabilityOf({ answers: { won, lost: lost + 1, noReply } }),
      );
      expect(probabilityOf({ products: [...one.products, "crane"] })).toBeGreaterThanOrEqual(
        probabilityOf({ products: one.products.filter((product) => product !== "crane") }),
      );
    }),
    { seed, numRuns: 300 },
  );
});

test("a weight of 0 takes a part out: the score is the same as if nothing were known of it", () => {
  const unknown: readonly (readonly [keyof OfferSettings, Partial<Candidate>])[] = [
    ["weightSimilar", { similar: { accounts: 0, bought: 0 } }],
    ["weightRecency", { lastBoughtOn: undefined }],
    ["weightFit", { products: [] }],
    ["weightAnswers", { answers: { won: 0, lost: 0, noReply: 0 } }],
  ];
  fc.assert(
    fc.property(anyCase, ({ one, about, set }) => {
      for (const [weight, nothing] of unknown)
        expect(scoreCase(one, about, { ...set, [weight]: 0 })).toEqual(
          scoreCase({ ...one, ...nothing }, about, set),
        );
      const withoutTier = scoreCase(one, about, { ...set, weightTier: 0 });
      const codes = withoutTier.reasons.map(({ code }) => code);
      expect(codes).not.toContain("tier");
      expect(codes).not.toContain("resembles");
    }),
    { seed, numRuns: 200 },
  );
});

test("double weight is double points", () => {
  const recency = (weightRecency: number) =>
    score({ lastBoughtOn: today }, {}, { weightRecency, weightTier: 0 }).probability;
  const points = scorePoints.recency[0].points;
  expect(recency(200)).toBeCloseTo(ofOdds(0.25 * Math.exp(2 * points)), 12);
});
