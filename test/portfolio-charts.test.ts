import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountsChart, paretoChart, tierChart } from "../src/portfolio-charts.ts";

describe("the chart of tiers", () => {
  test("has a bar for each tier, and says all of them", () => {
    const perTier = [
      { tier: "A" as const, accounts: 3, value: 820_000, share: 0.82 },
      { tier: "C" as const, accounts: 1, value: 20_000, share: 0.02 },
      { tier: "D" as const, accounts: 3, value: -10_000, share: 0 },
    ];
    expect(tierChart(perTier, "EUR")).toEqual({
      kind: "bar",
      title: "Spend by tier",
      message:
        "3 A accounts make 82.0 % of spend (€8,200), 1 C account makes 2.0 % of spend (€200) and 3 D accounts make 0.0 % of spend (-€100).",
      categories: ["A", "C", "D"],
      series: [{ name: "Spend", values: [820_000, 20_000, -10_000] }],
      unit: { kind: "money", currency: "EUR" },
      categoryTitle: "Tier",
    });
  });

  test("of nobody says so", () => {
    expect(tierChart([], "EUR").message).toBe("There are no accounts to look at.");
  });
});

describe("the Pareto chart", () => {
  const figures = { top1Share: 0.5, top20PercentShare: 0.7, accountsFor80Percent: 3 };

  test("keeps the groups in their order, and counts the accounts in all of them", () => {
    const groups = [
      { label: "Alder", accounts: 1, value: 500_000 },
      { label: "Birch", accounts: 1, value: 200_000 },
      { label: "Accounts 3 to 10", accounts: 8, value: 300_000 },
    ];
    expect(paretoChart(groups, "EUR", figures)).toEqual({
      kind: "pareto",
      title: "Concentration of spend",
      message: "3 accounts of 10 make 80 % of spend: the largest alone 50.0 %, the largest fifth 70.0 %.",
      categories: ["Alder", "Birch", "Accounts 3 to 10"],
      series: [{ name: "Spend", values: [500_000, 200_000, 300_000] }],
      unit: { kind: "money", currency: "EUR" },
      categoryTitle: "Accounts, largest first",
    });
  });

  test("of one account speaks of one", () => {
    const alone = { top1Share: 1, top20PercentShare: 1, accountsFor80Percent: 1 };
    expect(paretoChart([{ label: "Alder", accounts: 1, value: 5 }], "EUR", alone).message).toContain(
      "1 account of 1 makes 80 % of spend",
    );
  });
});

describe("the chart of accounts", () => {
  const about = { title: "Accounts by spend", currency: "EUR", total: { accounts: 3, value: 900_000 } };
  const rows = [
    { account: "Alder", value: 500_000 },
    { account: "Birch", value: 200_000 },
  ];

  test("says who leads, how much is shown, and what is not", () => {
    expect(accountsChart(rows, about)).toMatchObject({
      message: "Alder leads with €5,000; the 2 accounts shown spent €7,000 of €9,000 together.",
      categories: ["Alder", "Birch"],
      series: [{ name: "Spend", values: [500_000, 200_000] }],
      omission: "1 more account of this list is not in the chart.",
    });
  });

  test("leads with the largest, also where the list starts anew in every group", () => {
    expect(accountsChart([...rows].reverse(), about)).toMatchObject({
      message: expect.stringContaining("Alder leads"),
      categories: ["Birch", "Alder"],
    });
  });

  test.each([
    [[], "There are no accounts to look at."],
    [[{ account: "Alder", value: 100 }], "Alder spent €1 of €9,000."],
    [[{ account: "Alder", value: 0 }], "Nothing was spent by the 1 account shown."],
    [rows.map((row) => ({ ...row, value: -1 })), "Nothing was spent by the 2 accounts shown."],
  ])("of %j says: %s", (listed, message) => {
    expect(accountsChart(listed, about).message).toBe(message);
  });

  test("has at most twenty bars, and counts what it leaves out", () => {
    const row = fc.record({ account: fc.string(), value: fc.integer() });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.nat(1_000), (listed, elsewhere) => {
        const total = { accounts: listed.length + elsewhere, value: 1 };
        const { categories, series, omission = "0" } = accountsChart(listed, { ...about, total });
        expect(categories).toEqual(listed.slice(0, 20).map(({ account }) => account));
        expect(series[0]?.values).toEqual(listed.slice(0, 20).map(({ value }) => value));
        expect(Number.parseInt(omission.replace(",", ""), 10)).toBe(total.accounts - categories.length);
      }),
      { seed: 7 },
    );
  });
});
