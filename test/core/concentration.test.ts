import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concentration } from "../../src/core/concentration.ts";
import { defaultCuts, rankAccounts } from "../../src/core/tiers.ts";

/** What is measured, or a failure of the test. */
function measured(values: readonly number[]) {
  const figures = concentration(values);
  if (!figures) throw new Error("nothing to measure");
  return figures;
}

/** Oracle: Gini as half the relative mean absolute difference, over all ordered pairs (Gini 1912). */
function giniOfPairs(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const differences = values.flatMap((left) => values.map((right) => Math.abs(left - right)));
  return differences.reduce((sum, difference) => sum + difference, 0) / (2 * values.length ** 2 * mean);
}

/** Oracle: the smallest number of largest accounts that reaches so many percent, in integers of any size. */
function fewestFor(percent: number, values: readonly number[]): number {
  const descending = values.map(BigInt).sort((left, right) => (left > right ? -1 : 1));
  const total = descending.reduce((sum, value) => sum + value, 0n);
  for (let accounts = 1; accounts <= descending.length; accounts += 1) {
    const sum = descending.slice(0, accounts).reduce((part, value) => part + value, 0n);
    if (sum * 100n >= BigInt(percent) * total) return accounts;
  }
  return descending.length;
}

const positive = fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1, maxLength: 40 });

describe("by hand", () => {
  test("four accounts of 1, 2, 3 and 4: Gini ¼, HHI 3,000", () => {
    // Σ|xᵢ−xⱼ| = 20 over ordered pairs, mean 2.5, so 20 ÷ (2 · 16 · 2.5) = ¼; (1 + 4 + 9 + 16) ÷ 100 = 0.3.
    const figures = measured([3, 1, 4, 2]);
    expect(figures.gini).toBeCloseTo(0.25, 12);
    expect(figures.hhi).toBeCloseTo(3_000, 9);
    expect(figures.top1Share).toBeCloseTo(0.4, 12);
    expect(figures.top3Share).toBeCloseTo(0.9, 12);
    expect(figures.top10Share).toBe(1);
    expect(figures.top20PercentShare).toBeCloseTo(0.4, 12);
    expect(figures.accountsFor80Percent).toBe(3);
    expect(figures.accountsFor95Percent).toBe(4);
    expect(figures.accountsFor99Percent).toBe(4);
  });

  test("one account has everything", () => {
    expect(concentration([7])).toEqual({
      gini: 0,
      hhi: 10_000,
      top1Share: 1,
      top3Share: 1,
      top10Share: 1,
      top20PercentShare: 1,
      accountsFor80Percent: 1,
      accountsFor95Percent: 1,
      accountsFor99Percent: 1,
    });
  });

  test("a hundred equal accounts: no inequality, and as many for a percentage as it says", () => {
    const figures = measured(Array.from({ length: 100 }, () => 5));
    expect(figures.gini).toBeCloseTo(0, 12);
    expect(figures.hhi).toBeCloseTo(100, 9);
    expect(figures.top20PercentShare).toBeCloseTo(0.2, 12);
    expect([
      figures.accountsFor80Percent,
      figures.accountsFor95Percent,
      figures.accountsFor99Percent,
    ]).toEqual([80, 95, 99]);
  });

  test("the largest fifth is rounded to the nearest account, and never none", () => {
    const shareOfOnes = (count: number) =>
      measured(Array.from({ length: count }, () => 1)).top20PercentShare * count;
    expect([1, 2, 5, 7, 8, 12, 13].map(shareOfOnes).map(Math.round)).toEqual([1, 1, 1, 1, 2, 2, 3]);
  });
});

test.each([[[]], [[0]], [[0, 0, -5]], [[-1, -2]], [[Number.NaN]]])("nothing positive in %j", (values) => {
  expect(concentration(values)).toBeUndefined();
});

test("Gini is half the relative mean absolute difference", () => {
  fc.assert(
    fc.property(positive, (values) => {
      expect(measured(values).gini).toBeCloseTo(giniOfPairs(values), 9);
    }),
  );
});

test("HHI is the chance that two units of spend come from one account, times 10,000", () => {
  // Oracle: brute force over all pairs of units.
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 8 }), (values) => {
      const owners = values.flatMap((value, account) => Array.from({ length: value }, () => account));
      const same = owners.flatMap((left) => owners.filter((right) => right === left)).length;
      expect(measured(values).hhi).toBeCloseTo((same / owners.length ** 2) * 10_000, 8);
    }),
  );
});

test("the counts for 80, 95 and 99 percent are the fewest that reach them", () => {
  fc.assert(
    fc.property(positive, (values) => {
      const figures = measured(values);
      expect(figures.accountsFor80Percent).toBe(fewestFor(80, values));
      expect(figures.accountsFor95Percent).toBe(fewestFor(95, values));
      expect(figures.accountsFor99Percent).toBe(fewestFor(99, values));
    }),
  );
});

test("a cut that is reached to the unit counts as reached, however large the amounts are", () => {
  const unit = 90_071_992_547_409; // a hundred of them are just within what a number holds
  for (const percent of [80, 95, 99]) {
    const exactly = [unit * percent, unit * (100 - percent)];
    const short = [unit * percent - 1, unit * (100 - percent) + 1];
    const countIn = (values: readonly number[]) => {
      const { accountsFor80Percent, accountsFor95Percent, accountsFor99Percent } = measured(values);
      return { 80: accountsFor80Percent, 95: accountsFor95Percent, 99: accountsFor99Percent }[percent];
    };
    expect([percent, countIn(exactly), countIn(short)]).toEqual([percent, 1, 2]);
  }
});

test("as many accounts make 80, 95 and 99 percent as the tiers say", () => {
  const huge = fc
    .array(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), { minLength: 1, maxLength: 12 })
    .map((values) => values.map((value) => Math.max(1, Math.floor(value / values.length))));
  fc.assert(
    fc.property(fc.oneof(positive, huge), (values) => {
      const ranked = rankAccounts(
        values.map((value, index) => ({ accountId: String(index), value })),
        defaultCuts,
      );
      const upTo = (tier: string) => ranked.filter((account) => account.tier <= tier).length;
      const figures = measured(values);
      expect([
        figures.accountsFor80Percent,
        figures.accountsFor95Percent,
        figures.accountsFor99Percent,
      ]).toEqual(["A", "B", "C"].map(upTo));
    }),
  );
});

test("order, accounts without a positive value and the size of the unit change nothing", () => {
  fc.assert(
    fc.property(positive, fc.array(fc.integer({ min: -1_000, max: 0 })), (values, others) => {
      const frozen = Object.freeze([...others, ...[...values].reverse()]);
      expect(concentration(frozen)).toEqual(concentration(values));
      expect(measured(values.map((value) => value * 1024)).gini).toBeCloseTo(measured(values).gini, 12);
    }),
  );
});

test("figures stay within their bounds and shares rise with the number of accounts", () => {
  fc.assert(
    fc.property(positive, (values) => {
      const figures = measured(values);
      expect(figures.gini).toBeGreaterThanOrEqual(-1e-12);
      expect(figures.gini).toBeLessThan(1);
      expect(figures.hhi).toBeGreaterThanOrEqual(10_000 / values.length - 1e-6);
      expect(figures.hhi).toBeLessThanOrEqual(10_000 + 1e-6);
      expect(figures.top1Share).toBeLessThanOrEqual(figures.top3Share);
      expect(figures.top3Share).toBeLessThanOrEqual(figures.top10Share);
      expect(figures.top10Share).toBeLessThanOrEqual(1);
    }),
  );
});
