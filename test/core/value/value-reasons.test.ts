import { expect, test } from "vitest";
import { type ValueEvidence, valueReasonsFor } from "../../../src/core/value/value-reasons.ts";

const steady: ValueEvidence = {
  ...{ purchaseDays: 11, firstOn: "2025-01-01", lastOn: "2025-11-27", repeatMinor: 100_000 },
  ...{ alive: 0.97, expected: 10.5, worthMinor: 42_000 },
  ...{ asOf: "2025-12-31", tier: "A", spendTier: "A", quietBelowPercent: 50 },
};
const rhythm = { code: "rhythm", purchaseDays: 11, usualGapDays: 33, lastOn: "2025-11-27" };
const expects = { code: "expects", purchases: 10.5, worthMinor: 42_000 };

test("of a steady account there is how it buys and what it will buy", () => {
  expect(valueReasonsFor(steady)).toEqual([rhythm, expects]);
});

test("an account below the chance has gone quiet, with its usual gap", () => {
  const [quiet] = valueReasonsFor({ ...steady, alive: 0.499 });
  expect(quiet).toEqual({ code: "gone-quiet", alive: 0.499, usualGapDays: 33, quietDays: 34 });
  expect(valueReasonsFor({ ...steady, alive: 0.5 })).toEqual([rhythm, expects]);
});

test("who bought once has no usual gap", () => {
  const once = { ...steady, purchaseDays: 1, lastOn: "2025-01-01", alive: 0.1 };
  expect(valueReasonsFor(once)[0]).toMatchObject({ code: "gone-quiet", usualGapDays: undefined });
});

test("where no model can tell, that is said, and how long it has been", () => {
  expect(valueReasonsFor({ ...steady, alive: undefined })).toEqual([
    { code: "cannot-tell", quietDays: 34 },
    expects,
  ]);
});

test.each([
  { tier: "A", spendTier: "C", code: "worth-above-spend" },
  { tier: "D", spendTier: "B", code: "worth-below-spend" },
] as const)("tier $tier by worth and $spendTier by spend: $code", ({ tier, spendTier, code }) => {
  expect(valueReasonsFor({ ...steady, tier, spendTier })[0]).toEqual({ code, worth: tier, spend: spendTier });
});

test("tiers that are not known do not differ", () => {
  expect(valueReasonsFor({ ...steady, tier: undefined })).toEqual([rhythm, expects]);
  expect(valueReasonsFor({ ...steady, spendTier: undefined })).toEqual([rhythm, expects]);
});

test("a new account with little history says so until it is half a year old", () => {
  const newcomer = { ...steady, purchaseDays: 2, firstOn: "2025-09-01" };
  expect(valueReasonsFor(newcomer)[0]).toEqual({
    ...{ code: "little-history", firstOn: "2025-09-01", purchaseDays: 2 },
  });
  expect(valueReasonsFor({ ...newcomer, asOf: "2026-03-01" })[0]).toMatchObject({ code: "rhythm" });
  expect(valueReasonsFor({ ...newcomer, purchaseDays: 3 })[0]).toMatchObject({ code: "rhythm" });
});
