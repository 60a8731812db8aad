import { expect, test } from "vitest";
import { createRandom } from "../../demo/random.ts";
import { meansRenewalDate } from "../../src/core/recurring.ts";
import { type DecidedRenewals, fitRetention, renewalChance } from "../../src/core/retention-chance.ts";

/** Customers who leave with chances of their own, `0.1` or `0.6` at each renewal; known after two renewals. */
function decidedBy(customers: number, chances: readonly number[], seed: number): readonly DecidedRenewals[] {
  const { integer } = createRandom(seed);
  const counts = new Map<string, { number: number; isRecent: boolean; due: number; renewed: number }>();
  for (let customer = 0; customer < customers; customer += 1) {
    const leaves = chances[customer % chances.length] ?? 0;
    const isRecent = customer % 4 === 3;
    for (let number = 1; number <= 12; number += 1) {
      const isRenewed = integer(0, 9_999) >= leaves * 10_000;
      const key = `${number} ${isRecent}`;
      const count = counts.get(key) ?? { number, isRecent, due: 0, renewed: 0 };
      counts.set(key, { ...count, due: count.due + 1, renewed: count.renewed + (isRenewed ? 1 : 0) });
      if (!isRenewed) break;
    }
  }
  return [...counts.values()].filter(({ number }) => number > 2);
}

test("where customers differ, the chance grows with the renewals behind, and nearer to the truth than the rate", () => {
  const counts = decidedBy(8_000, [0.05, 0.5, 0.7], 5);
  const retention = fitRetention(counts);
  expect(retention).toMatchObject({ kind: "fitted", better: "sbg" });
  for (const number of [3, 5, 8]) {
    const at = counts.filter((each) => each.number === number);
    const due = at.reduce((sum, each) => sum + each.due, 0);
    const renewed = at.reduce((sum, each) => sum + each.renewed, 0);
    const chance = renewalChance(retention, number - 1);
    expect(chance?.share).toBeCloseTo(renewed / due, 1);
    expect(chance?.low).toBeLessThan(chance?.share ?? 0);
    expect(chance?.high).toBeGreaterThan(chance?.share ?? 1);
  }
});

test("where all are alike, the plain rate is what is shown", () => {
  const retention = fitRetention(decidedBy(2_000, [0.2], 6));
  expect(retention).toMatchObject({ kind: "fitted", better: "rate" });
  expect(renewalChance(retention, 2)).toEqual(renewalChance(retention, 9));
  expect(renewalChance(retention, 2)?.share).toBeCloseTo(0.8, 1);
});

test("the interval covers: of 60 simulated portfolios the truth is inside in about 57", () => {
  let covered = 0;
  for (let seed = 1; seed <= 60; seed += 1) {
    const retention = fitRetention(decidedBy(600, [0.05, 0.5], seed));
    // After two renewals: 0.95² and 0.5² of the two halves are left.
    const truth = (0.95 ** 3 + 0.5 ** 3) / (0.95 ** 2 + 0.5 ** 2);
    const forced = retention.kind === "fitted" ? { ...retention, better: "sbg" as const } : retention;
    const chance = renewalChance(forced, 2);
    if (chance && chance.low <= truth && truth <= chance.high) covered += 1;
  }
  expect(covered).toBeGreaterThanOrEqual(50);
});

test("too little, nobody left and nobody stayed give no nonsense", () => {
  const of = (due: number, renewed: number) => [{ number: 3, isRecent: false, due, renewed }];
  expect(fitRetention([])).toEqual({ kind: "too-little", decided: 0 });
  expect(fitRetention(of(19, 3))).toEqual({ kind: "too-little", decided: 19 });
  expect(renewalChance(fitRetention(of(19, 3)), 2)).toBeUndefined();
  expect(renewalChance(fitRetention(of(40, 40)), 2)).toMatchObject({ share: 1, high: 1 });
  expect(renewalChance(fitRetention(of(40, 0)), 2)).toMatchObject({ share: 0, low: 0 });
});

test("columns that say when something is renewed are known by their names", () => {
  for (const name of [
    "Renewal date",
    "Next renewal",
    "Contract end",
    "Subscription end date",
    "Vertragsende",
    "renewal_date",
    "Expiry date",
    "Contract End Date",
    "Renewal",
  ])
    expect(meansRenewalDate(name), name).toBe(true);
  for (const name of [
    "Contract value",
    "Renewal probability",
    "Date",
    "End user",
    "Last Activity Date",
    "Weekend",
  ])
    expect(meansRenewalDate(name), name).toBe(false);
});
