import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { periodOf } from "../../src/core/calendar.ts";
import {
  fiscalYearOf,
  inMinorUnits,
  leastRewarded,
  nextAnniversary,
  type RewardPair,
  returnOf,
  yearsAgo,
} from "../../src/core/rewards.ts";

const day = fc
  .integer({ min: 0, max: 60_000 })
  .map((days) => new Date(Date.UTC(1970, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));

describe("the fiscal year of a day", () => {
  test.each([
    ["2026-12-31", 1, "2026"],
    ["2026-03-31", 4, "2026"],
    ["2026-04-01", 4, "2027"],
    ["2024-02-29", 3, "2024"],
  ])("%s, beginning in month %i, is %s", (of, month, label) => {
    expect(fiscalYearOf(of, month)).toEqual({ label, ...periodOf(label, month) });
  });

  test("holds the day, whatever it begins with", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 12 }), (of, month) => {
        const { first, last } = fiscalYearOf(of, month);
        expect(first <= of && of <= last).toBe(true);
      }),
      { seed: 7201 },
    );
  });
});

describe("the next anniversary", () => {
  test.each([
    ["2020-05-01", "2026-05-01", { on: "2026-05-01", years: 6 }],
    ["2020-05-01", "2026-05-02", { on: "2027-05-01", years: 7 }],
    ["2026-05-01", "2026-05-01", { on: "2027-05-01", years: 1 }],
    ["2024-02-29", "2026-02-28", { on: "2026-02-28", years: 2 }],
    ["2024-02-29", "2027-12-31", { on: "2028-02-29", years: 4 }],
    ["2026-12-31", "2025-01-01", { on: "2027-12-31", years: 1 }],
  ])("of %s from %s on", (of, today, expected) => {
    expect(nextAnniversary(of, today)).toEqual(expected);
  });

  test("is within a year, and no earlier one is left", () => {
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [of = "", today = ""] = [one, other].sort();
        const { on, years } = nextAnniversary(of, today);
        expect(on >= today && years >= 1).toBe(true);
        expect(years === 1 || yearsAgo(on, 1) < today).toBe(true);
        expect(on.slice(5)).toBe(of.endsWith("02-29") && !on.endsWith("02-29") ? "02-28" : of.slice(5));
      }),
      { seed: 7202 },
    );
  });
});

test("whole units of a currency have as many minor ones as its decimals say", () => {
  expect([inMinorUnits(50, "EUR"), inMinorUnits(50, "JPY"), inMinorUnits(50, "KWD")]).toEqual([
    5_000, 50, 50_000,
  ]);
});

describe("what thank-yous returned", () => {
  const pairOf = (gain: number): RewardPair => ({
    beforeMinor: 1_000,
    afterMinor: 1_200 + gain,
    othersBeforeMinor: 500,
    othersAfterMinor: 700,
  });

  test("is not said of fewer accounts than can tell", () => {
    const few = Array.from({ length: leastRewarded - 1 }, () => pairOf(500));
    expect(returnOf(few)).toEqual({ kind: "too-early", accounts: leastRewarded - 1 });
  });

  test("is the mean of paired differences, within Student's interval", () => {
    // By hand: mean 20, squares 2,800 about it, so the deviation is 20; Student's table has 2.3646 for 7: 20 ± 16.72.
    const gains = [-10, 20, 30, 0, 50, 10, 40, 20];
    expect(returnOf(gains.map((gain) => pairOf(gain * 100)))).toEqual({
      kind: "measured",
      accounts: 8,
      rewarded: { beforeMinor: 1_000, afterMinor: 3_200 },
      others: { beforeMinor: 500, afterMinor: 700 },
      gained: { mean: 2_000, low: 328, high: 3_672 },
    });
  });

  test("covers no difference in nineteen of twenty samples without one", () => {
    let covered = 0;
    const rounds = 2_000;
    const random = fc.sample(
      fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 20, maxLength: 20 }),
      {
        numRuns: rounds,
        seed: 7203,
      },
    );
    for (const gains of random) {
      const returned = returnOf(gains.map(pairOf));
      if (returned.kind === "measured" && returned.gained.low <= 0 && returned.gained.high >= 0) covered += 1;
    }
    expect(covered / rounds).toBeGreaterThan(0.9);
    expect(covered / rounds).toBeLessThan(0.99);
  });
});
