import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AccountSpend, computePortfolio } from "../../src/core/standings.ts";
import { defaultCuts, rankAccounts } from "../../src/core/tiers.ts";

const parameters = {
  cuts: defaultCuts,
  window: { after: "2015-12-31", until: "2017-12-31" },
  previousUntil: "2017-10-02",
};

const spend = (
  accountId: string,
  value: number,
  previousValue: number,
  more: Partial<AccountSpend> = {},
) => ({
  accountId,
  value,
  previousValue,
  wins: value > 0 ? 1 : 0,
  firstWonOn: "2015-01-10",
  lastWonOn: "2017-12-01",
  ...more,
});

describe("by hand", () => {
  // Now 800 / 100 / 60 / 30 / 10 of 1,000; then 50 / 900 / 40 / – / 10 of 1,000.
  const spends = [
    spend("riser", 800, 50),
    spend("faller", 100, 900),
    spend("steady", 60, 40),
    spend("newcomer", 30, 0, { firstWonOn: "2017-11-05", lastWonOn: "2017-11-05" }),
    spend("sleeper", 10, 10, { lastWonOn: "2016-02-01" }),
    spend("gone", 0, 0, { lastWonOn: "2014-06-30" }),
    spend("credit", -20, 0),
  ];
  const { standings, totals } = computePortfolio(
    Object.freeze(spends.map(Object.freeze) as typeof spends),
    parameters,
  );
  const one = (id: string) => standings.find(({ accountId }) => accountId === id);
  const codes = (id: string) => one(id)?.reasons.map(({ code }) => code);

  test("tiers now and before, in the order of the value", () => {
    expect(standings.map(({ accountId, tier, previousTier }) => [accountId, tier, previousTier])).toEqual([
      ["riser", "A", "B"],
      ["faller", "B", "A"],
      ["steady", "B", "C"],
      ["newcomer", "C", undefined],
      ["sleeper", "D", "D"],
      ["gone", "D", "D"],
      ["credit", "D", "D"],
    ]);
  });

  test("a tier that a person set takes the place of the one by the figures, in the totals too", () => {
    const set = computePortfolio(
      spends,
      parameters,
      new Map([
        ["steady", { tier: "A", until: "2018-06-30" }],
        ["riser", { tier: "A", until: undefined }],
        ["sleeper", { tier: "C", until: undefined }],
        ["nobody", { tier: "A", until: undefined }],
      ]),
    );
    const steady = set.standings.find(({ accountId }) => accountId === "steady");
    expect(steady).toMatchObject({ tier: "A", computedTier: "B", previousTier: "C" });
    expect(steady?.reasons).toEqual([
      { code: "override", from: "B", until: "2018-06-30" },
      ...(one("steady")?.reasons ?? []),
    ]);
    const sleeper = set.standings.find(({ accountId }) => accountId === "sleeper");
    expect(sleeper?.reasons[0]).toEqual({ code: "override", from: "D" });
    // The same tier as by the figures changes nothing, and nobody's place moves.
    expect(set.standings[0]).toEqual(standings[0]);
    expect(set.standings.map(({ accountId }) => accountId)).toEqual(
      standings.map(({ accountId }) => accountId),
    );
    expect(set.totals.tiers.map(({ accounts, value }) => [accounts, value])).toEqual([
      [2, 860],
      [1, 100],
      [2, 40],
      [2, -20],
    ]);
    expect({ ...set.totals, tiers: [] }).toEqual({ ...totals, tiers: [] });
  });

  test("reasons", () => {
    expect(codes("riser")).toEqual(["dominant", "rose", "grew", "bought"]);
    expect(codes("faller")).toEqual(["dominant", "fell", "shrank", "bought"]);
    expect(codes("newcomer")).toEqual(["new", "bought"]);
    expect(codes("sleeper")).toEqual(["quiet", "bought"]);
    expect(codes("gone")).toEqual(["inactive"]);
    expect(codes("credit")).toEqual(["negative"]);
  });

  test("totals", () => {
    expect(totals.accounts).toBe(7);
    expect(totals.value).toBe(980);
    expect(totals.positiveValue).toBe(1_000);
    expect(totals.tiers).toEqual([
      { tier: "A", accounts: 1, value: 800, share: 0.8, smallest: 800 },
      { tier: "B", accounts: 2, value: 160, share: 0.16, smallest: 60 },
      { tier: "C", accounts: 1, value: 30, share: 0.03, smallest: 30 },
      { tier: "D", accounts: 3, value: -10, share: 0.01, smallest: -20 },
    ]);
    expect(totals.dominant).toEqual([
      { accountId: "riser", share: 0.8 },
      { accountId: "faller", share: 0.1 },
    ]);
    expect(totals.concentration?.top1Share).toBe(0.8);
    expect(totals.concentration?.accountsFor80Percent).toBe(1);
  });

  test("the day after the earlier window decides whether a customer is new", () => {
    const first = (firstWonOn: string) =>
      computePortfolio([spend("a", 10, 0, { firstWonOn })], parameters).standings[0]?.previousTier;
    expect(first("2017-10-02")).toBe("D");
    expect(first("2017-10-03")).toBeUndefined();
  });

  test("nobody bought anything yet", () => {
    expect(computePortfolio([], parameters)).toEqual({
      standings: [],
      totals: {
        accounts: 0,
        value: 0,
        positiveValue: 0,
        tiers: ["A", "B", "C", "D"].map((tier) => ({
          tier,
          accounts: 0,
          value: 0,
          share: 0,
          smallest: undefined,
        })),
        concentration: undefined,
        dominant: [],
      },
    });
  });
});

const day = fc.constantFrom("2014-03-01", "2016-07-15", "2017-10-02", "2017-10-03", "2017-12-31");
const portfolio = fc.uniqueArray(
  fc.record({
    accountId: fc.string({ maxLength: 5 }),
    value: fc.integer({ min: -50, max: 1_000_000 }),
    previousValue: fc.integer({ min: -50, max: 1_000_000 }),
    wins: fc.integer({ min: 1, max: 9 }),
    firstWonOn: day,
    lastWonOn: day,
  }),
  { selector: ({ accountId }) => accountId, maxLength: 30 },
);

test("totals are the sums of what is in them", () => {
  fc.assert(
    fc.property(portfolio, (spends) => {
      const { standings, totals } = computePortfolio(spends, parameters);
      const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
      expect(standings.length).toBe(spends.length);
      expect(totals.accounts).toBe(sum(totals.tiers.map(({ accounts }) => accounts)));
      expect(totals.value).toBe(sum(spends.map(({ value }) => value)));
      expect(totals.value).toBe(sum(totals.tiers.map(({ value }) => value)));
      expect(sum(totals.tiers.map(({ share }) => share))).toBeCloseTo(totals.positiveValue > 0 ? 1 : 0, 9);
      for (const { tier, accounts, smallest } of totals.tiers) {
        const own = standings.filter((standing) => standing.tier === tier).map(({ value }) => value);
        expect(own.length).toBe(accounts);
        expect(smallest).toBe(own.length === 0 ? undefined : Math.min(...own));
      }
      for (const { accountId, share } of totals.dominant)
        expect(share).toBe(
          (spends.find((one) => one.accountId === accountId)?.value ?? 0) / totals.positiveValue,
        );
    }),
  );
});

test("the earlier tier is the tier of the earlier values, among those who were customers then", () => {
  fc.assert(
    fc.property(portfolio, (spends) => {
      const then = spends.filter(({ firstWonOn }) => firstWonOn <= parameters.previousUntil);
      const before = rankAccounts(
        then.map(({ accountId, previousValue }) => ({ accountId, value: previousValue })),
        defaultCuts,
      );
      for (const { accountId, previousTier, reasons } of computePortfolio(spends, parameters).standings) {
        expect(previousTier).toBe(before.find((one) => one.accountId === accountId)?.tier);
        expect(reasons.some(({ code }) => code === "new")).toBe(previousTier === undefined);
      }
    }),
  );
});

test("the order accounts come in changes nothing", () => {
  fc.assert(
    fc.property(portfolio, (spends) => {
      expect(computePortfolio([...spends].reverse(), parameters)).toEqual(
        computePortfolio(spends, parameters),
      );
    }),
  );
});
