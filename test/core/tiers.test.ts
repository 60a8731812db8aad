import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  defaultCuts,
  positiveTotal,
  rankAccounts,
  type TierCuts,
  tierAt,
  tierLimits,
  type Valued,
} from "../../src/core/tiers.ts";

const accountsOf = (...values: readonly number[]): readonly Valued[] =>
  values.map((value, index) => ({ accountId: `a${index}`, value }));
const tiersOf = (...values: readonly number[]) =>
  rankAccounts(accountsOf(...values), defaultCuts)
    .map(({ tier }) => tier)
    .join("");

/**
 * Oracle: the classic Pareto rule in integers of any size. Largest first, then by id; an account belongs to
 * the first class whose cut the accounts above it have not yet reached; 0 or less is D.
 */
function pareto(accounts: readonly Valued[], cuts: TierCuts): ReadonlyMap<string, string> {
  const total = accounts.reduce((sum, { value }) => sum + (value > 0 ? BigInt(value) : 0n), 0n);
  const rest = [...accounts];
  const classes = new Map<string, string>();
  let above = 0n;
  while (rest.length > 0) {
    const best = rest.reduce((left, right) =>
      right.value > left.value || (right.value === left.value && right.accountId < left.accountId)
        ? right
        : left,
    );
    rest.splice(rest.indexOf(best), 1);
    const open = (cut: number) => above * 1000n < total * BigInt(cut);
    const tier = best.value <= 0 ? "D" : open(cuts.A) ? "A" : open(cuts.B) ? "B" : open(cuts.C) ? "C" : "D";
    classes.set(best.accountId, tier);
    above += best.value > 0 ? BigInt(best.value) : 0n;
  }
  return classes;
}

const valued = (value: fc.Arbitrary<number>, maxLength = 40) =>
  fc.uniqueArray(fc.record({ accountId: fc.string({ maxLength: 4 }), value }), {
    selector: ({ accountId }) => accountId,
    maxLength,
  });
/** Few different values, so that ties and exact cuts are common; some negative. */
const portfolio = fc.oneof(
  valued(fc.integer({ min: -3, max: 10 })),
  valued(fc.integer({ min: -1_000_000, max: 1_000_000_000 })),
);
/** Amounts whose sum is just within what a number holds exactly. */
const huge = valued(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), 8).map((accounts) =>
  accounts.map(({ accountId, value }) => ({ accountId, value: Math.floor(value / accounts.length) })),
);
const cuts = fc
  .tuple(
    fc.integer({ min: 1, max: 1000 }),
    fc.integer({ min: 1, max: 1000 }),
    fc.integer({ min: 1, max: 1000 }),
  )
  .map((three) => three.sort((left, right) => left - right))
  .map(([A = 1, B = 1, C = 1]) => ({ A, B, C }));

describe("by hand, with cuts at 80, 95 and 99 percent", () => {
  test.each([
    // The account that crosses a cut belongs to the higher class: 70, then 90 crosses 80, and so on.
    [[70, 20, 6, 3, 1], "AABCD"],
    // Cuts reached to the unit: the next account is in the next class.
    [[80, 15, 4, 1], "ABCD"],
    [[79, 16, 4, 1], "AACD"],
    // Everything in one account, and nothing beside it.
    [[100], "A"],
    [[100, 0, -5], "ADD"],
    // Equal accounts: eighty, fifteen, four and one of a hundred.
    [Array.from({ length: 100 }, () => 1), `${"A".repeat(80)}${"B".repeat(15)}CCCCD`],
    [[1, 1], "AA"],
    [[0, 0], "DD"],
    [[-1, -2], "DD"],
    [[], ""],
  ])("%j", (values, expected) => {
    expect(tiersOf(...values)).toBe(expected);
  });

  test("order, rank and shares", () => {
    const accounts = [
      { accountId: "late", value: 30 },
      { accountId: "credit", value: -10 },
      { accountId: "big", value: 60 },
      { accountId: "early", value: 30 },
    ];
    expect(rankAccounts(accounts, defaultCuts)).toEqual([
      { accountId: "big", value: 60, rank: 1, tier: "A", share: 0.5, cumulativeShare: 0.5 },
      { accountId: "early", value: 30, rank: 2, tier: "A", share: 0.25, cumulativeShare: 0.75 },
      { accountId: "late", value: 30, rank: 3, tier: "A", share: 0.25, cumulativeShare: 1 },
      { accountId: "credit", value: -10, rank: 4, tier: "D", share: -10 / 120, cumulativeShare: 1 },
    ]);
    expect(positiveTotal(accounts)).toBe(120);
  });

  test("nothing positive: no share, and no NaN", () => {
    expect(rankAccounts(accountsOf(0, -5), defaultCuts)).toEqual([
      { accountId: "a0", value: 0, rank: 1, tier: "D", share: 0, cumulativeShare: 0 },
      { accountId: "a1", value: -5, rank: 2, tier: "D", share: 0, cumulativeShare: 0 },
    ]);
  });

  test("limits are rounded up, so that reaching one means having the whole share", () => {
    expect(tierLimits(1_001, defaultCuts)).toEqual({ A: 801, B: 951, C: 991 });
    expect(tierLimits(0, defaultCuts)).toEqual({ A: 0, B: 0, C: 0 });
    expect(tierAt(800, 5, tierLimits(1_001, defaultCuts))).toBe("A");
    expect(tierAt(801, 5, tierLimits(1_001, defaultCuts))).toBe("B");
    expect(tierAt(0, 0, tierLimits(1_001, defaultCuts))).toBe("D");
  });
});

test("tiers follow the classic Pareto rule for any portfolio and any cuts", () => {
  fc.assert(
    fc.property(portfolio, cuts, (accounts, where) => {
      const found = rankAccounts(accounts, where).map(({ accountId, tier }) => [accountId, tier]);
      expect(found).toEqual([...pareto(accounts, where)]);
    }),
  );
});

test("tiers are exact for amounts up to 2^53", () => {
  const unit = 9_007_199_254_740; // a thousand of them are just within what a number holds
  for (const missing of [0, 1]) {
    const accounts = accountsOf(unit * 800 - missing, unit * 200 + missing);
    expect(rankAccounts(accounts, defaultCuts).map(({ tier }) => tier)).toEqual(
      missing ? ["A", "A"] : ["A", "B"],
    );
  }
  fc.assert(
    fc.property(huge, cuts, (accounts, where) => {
      const found = rankAccounts(accounts, where).map(({ accountId, tier }) => [accountId, tier]);
      expect(found).toEqual([...pareto(accounts, where)]);
    }),
  );
});

test("the order accounts come in changes nothing, and they are left as they were", () => {
  const shuffled = portfolio.chain((accounts) =>
    fc.tuple(
      fc.constant(accounts),
      fc.shuffledSubarray(accounts, { minLength: accounts.length, maxLength: accounts.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([accounts, others]) => {
      const frozen = Object.freeze(others.map((account) => Object.freeze({ ...account })));
      expect(rankAccounts(frozen, Object.freeze({ ...defaultCuts }))).toEqual(
        rankAccounts(accounts, defaultCuts),
      );
    }),
  );
});

test("down the ranking tiers never improve, values never rise and shares add up to 1", () => {
  fc.assert(
    fc.property(portfolio, cuts, (accounts, where) => {
      const ranked = rankAccounts(accounts, where);
      expect(ranked.map(({ rank }) => rank)).toEqual(accounts.map((_, index) => index + 1));
      for (const [index, account] of ranked.entries()) {
        const before = ranked[index - 1];
        if (!before) continue;
        expect(account.tier >= before.tier).toBe(true);
        expect(account.value <= before.value).toBe(true);
        expect(account.value < before.value || account.accountId > before.accountId).toBe(true);
        expect(account.cumulativeShare).toBeGreaterThanOrEqual(before.cumulativeShare);
      }
      const someValue = accounts.some(({ value }) => value > 0);
      if (accounts.length > 0) expect(ranked.at(-1)?.cumulativeShare).toBe(someValue ? 1 : 0);
      if (someValue) expect(ranked[0]?.tier).toBe("A");
      for (const { value, tier } of ranked) if (value <= 0) expect(tier).toBe("D");
    }),
  );
});

test("cuts at the whole put every account with a value in A", () => {
  fc.assert(
    fc.property(portfolio, (accounts) => {
      const ranked = rankAccounts(accounts, { A: 1000, B: 1000, C: 1000 });
      for (const { value, tier } of ranked) expect(tier).toBe(value > 0 ? "A" : "D");
    }),
  );
});
