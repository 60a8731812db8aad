import fc from "fast-check";
import { expect, test } from "vitest";
import { type AccountYears, accountPaths, growthOf, type PathSums, pathOf } from "../../src/core/growth.ts";

/** Accounts as the store adds them up. */
function sumsOf(accounts: readonly AccountYears[]): readonly PathSums[] {
  return accountPaths.flatMap((path) => {
    const own = accounts.filter((account) => pathOf(account) === path);
    const sum = (figure: "before" | "now") => own.reduce((total, account) => total + account[figure], 0);
    return own.length === 0 ? [] : [{ path, accounts: own.length, before: sum("before"), now: sum("now") }];
  });
}

const account = (before: number, now: number, isNew = false): AccountYears => ({ before, now, isNew });

test.each<[string, AccountYears]>([
  ["kept", account(100, 100)],
  ["expanded", account(100, 101)],
  ["contracted", account(100, 1)],
  ["lost", account(100, 0)],
  ["lost", account(100, -20)],
  ["returned", account(0, 5)],
  ["returned", account(-5, 5)],
  ["new", account(0, 5, true)],
  ["new", account(0, -5, true)],
  ["credited", account(0, -5)],
  ["credited", account(-5, 0)],
  ["credited", account(0, 0)],
])("%s: %j", (path, years) => {
  expect(pathOf(years)).toBe(path);
});

test("growth and both kinds of retention, by hand", () => {
  const growth = growthOf(
    sumsOf([
      ...[account(1000, 1500), account(500, 400), account(300, 0), account(200, 200), account(100, -50)],
      ...[account(0, 700, true), account(0, 250), account(-40, 0)],
    ]),
  );
  expect(growth).toMatchObject({ before: 2060, now: 3000, changeShare: 3000 / 2060 - 1 });
  // 1500 + 400 + 0 + 200 − 50 of 2100; each at most at what it was: 1000 + 400 + 0 + 200 + 0.
  expect(growth.retention).toEqual({
    ...{ accounts: 5, accountsKept: 3, before: 2100 },
    ...{ net: 2050 / 2100, gross: 1600 / 2100 },
  });
  expect(growth.steps.map(({ path, accounts, difference }) => [path, accounts, difference])).toEqual([
    ["kept", 1, 0],
    ["expanded", 1, 500],
    ["contracted", 1, -100],
    ["lost", 2, -450],
    ["returned", 1, 250],
    ["new", 1, 700],
    ["credited", 1, 40],
  ]);
});

test("without a year before there is neither growth nor retention", () => {
  expect(growthOf(sumsOf([account(0, 700, true), account(-10, 5)]))).toMatchObject({
    ...{ before: -10, now: 705, changeShare: undefined, retention: undefined },
  });
  expect(growthOf([])).toMatchObject({ before: 0, now: 0, changeShare: undefined, retention: undefined });
});

const amount = fc.oneof(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(0, 0, 100));
const accounts = fc.array(fc.record({ before: amount, now: amount, isNew: fc.boolean() }), { maxLength: 30 });

test("of any portfolio the bridge adds up, and gross retention is between nothing and all", () => {
  fc.assert(
    fc.property(accounts, (given) => {
      const { before, now, steps, retention } = growthOf(sumsOf(given));
      expect(before).toBe(given.reduce((sum, own) => sum + own.before, 0));
      expect(now).toBe(given.reduce((sum, own) => sum + own.now, 0));
      expect(before + steps.reduce((sum, { difference }) => sum + difference, 0)).toBe(now);
      expect(steps.reduce((sum, step) => sum + step.accounts, 0)).toBe(given.length);
      const base = given.filter((own) => own.before > 0);
      if (!retention) {
        expect(base).toEqual([]);
        return;
      }
      const capped = base.map((own) => Math.max(0, Math.min(own.now, own.before)));
      expect(retention.gross).toBeCloseTo(
        capped.reduce((sum, value) => sum + value, 0) / retention.before,
        12,
      );
      expect(retention.gross).toBeGreaterThanOrEqual(0);
      expect(retention.gross).toBeLessThanOrEqual(1);
      expect(Number.isFinite(retention.net)).toBe(true);
      expect(retention.accountsKept).toBe(base.filter((own) => own.now > 0).length);
    }),
    { seed: 20_301 },
  );
});
