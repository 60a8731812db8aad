import { expect, test } from "vitest";
import { addDays } from "../../src/core/calendar.ts";
import { accountId, company, deal, openWorkspace } from "../helpers/workspace.ts";

test("of a large portfolio it gives those of largest worth, and some who stand for all others", async () => {
  const { reads, snapshot, ...workspace } = await openWorkspace();
  const numbers = Array.from({ length: 1_300 }, (_, index) => index + 1);
  await workspace.import({
    companies: numbers.map((number) => company(String(number), `Customer ${number}`)),
    deals: numbers.map((number) =>
      deal(String(number), String(number), `${number}.00`, addDays("2026-06-30", -(number % 600))),
    ),
  });
  const { totals, accounts, firstPurchases } = await reads.outlookBasis(await snapshot(), {}, "2025-06-30");
  const lastYear = numbers.filter((number) => number % 600 < 365);
  const spent = 100 * lastYear.reduce((sum, number) => sum + number, 0);
  expect(totals).toEqual({
    ...{ customers: 1_300, yearMinor: spent, won: lastYear.length, wonYearMinor: spent },
    ...{ boughtBefore: 1_300 - lastYear.length, boughtAgain: 0 },
  });
  expect(accounts).toHaveLength(1_000);
  expect(new Set(accounts.map((account) => account.accountId)).size).toBe(1_000);
  expect(accounts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1_300, 6);
  // Nobody bought twice, so that all are worth the same: then what was spent tells.
  const largest = numbers.slice(-400).map((number) => accountId(String(number)));
  const themselves = accounts.filter(({ weight }) => weight === 1).map((account) => account.accountId);
  expect(new Set(themselves)).toEqual(new Set(largest));
  expect(firstPurchases).toHaveLength(500);
  expect(firstPurchases.every((amount) => lastYear.includes(amount / 100))).toBe(true);
});

test("an account is told as itself, where it bought and is among those asked about", async () => {
  const { reads, snapshot, ...workspace } = await openWorkspace();
  await workspace.import({
    companies: [company("1", "Alder", { Industry: "Retail" }), company("2", "Birch")],
    deals: [deal("1", "1", "5.00", "2025-01-31"), deal("2", "1", "7.00", "2026-06-30")],
  });
  const now = await snapshot();
  expect(await reads.outlookAccount(now, { industry: "Retail" }, accountId("1"))).toEqual({
    ...{ accountId: accountId("1"), weight: 1, purchaseDays: 2, repeatMinor: 700, yearMinor: 700 },
    ...{ firstOn: "2025-01-31", lastOn: "2026-06-30" },
  });
  expect(await reads.outlookAccount(now, { industry: "Energy" }, accountId("1"))).toBeUndefined();
  expect(await reads.outlookAccount(now, {}, accountId("2"))).toBeUndefined();
});

test("who first bought after a day is new, and credits count of whoever has them", async () => {
  const { reads, snapshot, ...workspace } = await openWorkspace();
  await workspace.import({
    companies: ["Alder", "Birch", "Cedar"].map((name, index) => company(String(index + 1), name)),
    deals: [
      deal("1", "1", "5.00", "2025-08-31"),
      deal("2", "2", "7.00", "2026-02-28"),
      deal("3", "2", "1.00", "2026-06-30"),
      deal("4", "3", "-2.00", "2026-05-05"),
    ],
  });
  const now = await snapshot();
  const { totals, firstPurchases } = await reads.outlookBasis(now, {}, "2025-12-31");
  expect(totals).toMatchObject({ customers: 2, won: 1, wonYearMinor: 800 });
  expect(firstPurchases).toEqual([700]);
  const { paths } = (await reads.growth(now, {}, 1)) ?? { paths: [] };
  expect(totals.yearMinor).toBe(1_100);
  expect(paths.reduce((sum, path) => sum + path.now, 0)).toBe(totals.yearMinor);
  const unknown = await reads.outlookBasis(now, {}, undefined);
  expect(unknown.totals).toMatchObject({ customers: 2, won: 0, wonYearMinor: 0, yearMinor: 1_100 });
  expect(unknown.firstPurchases).toEqual([]);
});
