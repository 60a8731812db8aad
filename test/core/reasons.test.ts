import fc from "fast-check";
import { expect, test } from "vitest";
import { type Evidence, reasonsFor } from "../../src/core/reasons.ts";
import { tiers } from "../../src/core/tiers.ts";

/** A customer about whom there is nothing to say but that it buys. */
const calm: Evidence = {
  tier: "B",
  previousTier: "B",
  value: 1_000,
  previousValue: 1_000,
  share: 0.01,
  wins: 2,
  firstWonOn: "2015-05-01",
  lastWonOn: "2017-11-30",
  quietDays: 31,
};
const codesOf = (change: Partial<Evidence>) => reasonsFor({ ...calm, ...change }).map(({ code }) => code);

// Oracle: the rules as the product words them, one line each.
test.each<[string, Partial<Evidence>, readonly string[]]>([
  ["buys as before", {}, ["bought"]],
  ["a tenth of everything", { share: 0.1 }, ["dominant", "bought"]],
  ["just under a tenth", { share: 0.0999 }, ["bought"]],
  ["a better tier", { previousTier: "C" }, ["rose", "bought"]],
  ["a worse tier", { previousTier: "A" }, ["fell", "bought"]],
  ["no customer before", { previousTier: undefined, previousValue: 0 }, ["new", "bought"]],
  ["credits only", { value: -5, wins: 0 }, ["negative", "shrank"]],
  ["nothing in the window", { value: 0, wins: 0, quietDays: 800 }, ["inactive", "shrank"]],
  ["a purchase for nothing", { value: 0, wins: 1, previousValue: 0 }, ["bought"]],
  ["silent for 180 days", { quietDays: 180 }, ["quiet", "bought"]],
  ["silent for 179 days", { quietDays: 179 }, ["bought"]],
  ["11 % more", { value: 1_110 }, ["grew", "bought"]],
  ["10 % more", { value: 1_100 }, ["bought"]],
  ["11 % less", { value: 890 }, ["shrank", "bought"]],
  ["10 % less", { value: 900 }, ["bought"]],
  ["everything new, so no growth", { previousTier: undefined, value: 9_000 }, ["new", "bought"]],
  ["from nothing, so no rate", { previousTier: "D", previousValue: 0 }, ["rose", "bought"]],
  ["from credits, so no rate", { previousTier: "D", previousValue: -10 }, ["rose", "bought"]],
])("%s", (_, change, expected) => {
  expect(codesOf(change)).toEqual(expected);
});

test("reasons carry the figures they speak of", () => {
  expect(reasonsFor({ ...calm, tier: "A", share: 0.25, value: 3_000, quietDays: 200 })).toEqual([
    { code: "dominant", share: 0.25 },
    { code: "rose", from: "B" },
    { code: "quiet", lastWonOn: "2017-11-30" },
    { code: "grew", from: 1_000, to: 3_000 },
    { code: "bought", wins: 2, lastWonOn: "2017-11-30" },
  ]);
  expect(reasonsFor({ ...calm, previousTier: undefined })[0]).toEqual({
    code: "new",
    firstWonOn: "2015-05-01",
  });
  expect(reasonsFor({ ...calm, wins: 0, value: 0 })[0]).toEqual({
    code: "inactive",
    lastWonOn: "2017-11-30",
  });
});

test("there is always a reason, none twice and none that contradicts another", () => {
  const tier = fc.constantFrom(...tiers);
  const evidence = fc.record({
    tier,
    previousTier: fc.option(tier, { nil: undefined }),
    value: fc.integer(),
    previousValue: fc.integer(),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    wins: fc.nat(50),
    firstWonOn: fc.constant("2015-05-01"),
    lastWonOn: fc.constant("2017-11-30"),
    quietDays: fc.nat(2_000),
  });
  const contradictions = [
    ["rose", "fell", "new"],
    ["grew", "shrank", "new"],
    ["negative", "inactive", "quiet"],
    ["inactive", "bought"],
    ["inactive", "grew"],
  ];
  fc.assert(
    fc.property(evidence, (given) => {
      // What was spent was bought: a positive value has purchases.
      fc.pre(given.value <= 0 || given.wins > 0);
      const codes = reasonsFor(Object.freeze(given)).map(({ code }) => code as string);
      expect(codes.length).toBeGreaterThan(0);
      expect(new Set(codes).size).toBe(codes.length);
      for (const group of contradictions)
        expect(codes.filter((code) => group.includes(code)).length).toBeLessThanOrEqual(1);
    }),
  );
});
