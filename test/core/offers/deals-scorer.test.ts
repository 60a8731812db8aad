import { expect, test } from "vitest";
import { createDealsScorer } from "../../../src/core/offers/deals-scorer.ts";
import type { PitchReason } from "../../../src/core/offers/offer.ts";
import { candidate, scorerOf } from "../../helpers/candidates.ts";

const tier: PitchReason = { code: "tier", tier: "B", points: 0.2 };
const similar: PitchReason = { code: "similar", accounts: 40, bought: 12, points: 0.6 };
const unlike: PitchReason = { code: "resembles", traits: ["Retail"], points: -0.4 };
const region: PitchReason = { code: "win", feature: "region", value: "EMEA", points: -0.3 };

test("the chance is that of past deals; what else speaks for the account is told and counts nothing", () => {
  const scorer = createDealsScorer(scorerOf(() => ({ probability: 0.9, reasons: [similar, unlike, tier] })));
  const chance = { probability: 0.4, low: 0.3, high: 0.5, reasons: [region] };
  expect(scorer.score(candidate({ chance }))).toEqual({
    ...chance,
    reasons: [region, { ...similar, points: 0 }],
  });
});

test("somebody of whom past deals were not asked is a mistake of the program", () => {
  expect(() => createDealsScorer(scorerOf(() => ({}))).score(candidate())).toThrow(RangeError);
});
