import { beforeAll, expect, test } from "vitest";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { company, deal } from "../helpers/workspace.ts";

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
});

test("gives the concentration of the portfolio, recomputed by hand", async () => {
  const { headline, data } = await portfolio.reply("mix");
  expect(headline).toBe("3 accounts of 10 make 80 % of spend");
  // Values 5000, 2000, 1200, 800, 400, 300, 200, 80, 20 of 10000; Juniper's 0 counts for nothing.
  const shares = [0.5, 0.2, 0.12, 0.08, 0.04, 0.03, 0.02, 0.008, 0.002];
  expect(data).toMatchObject({
    accounts: 10,
    value: { amount: 1_000_000, currency: "EUR" },
    top1Share: 0.5,
    top3Share: 0.82,
    top10Share: 1,
    top20PercentShare: 0.7,
    accountsFor80Percent: 3,
    accountsFor95Percent: 6,
    accountsFor99Percent: 7,
    flags: [
      { code: "dominant", account: "Alder GmbH", share: 0.5 },
      { code: "dominant", account: "Birch GmbH", share: 0.2 },
      { code: "dominant", account: "Cedar GmbH", share: 0.12 },
    ],
  });
  const { gini, hhi } = data as { gini: number; hhi: number };
  const differences = shares.flatMap((left) => shares.map((right) => Math.abs(left - right)));
  expect(gini).toBeCloseTo(differences.reduce((sum, each) => sum + each, 0) / (2 * shares.length), 12);
  expect(hhi).toBeCloseTo(shares.reduce((sum, share) => sum + share ** 2, 0) * 10_000, 9);
});

test("counts the tiers", async () => {
  const { table } = await portfolio.reply("mix");
  expect(table?.rows.map((row) => row.map(({ text }) => text))).toEqual([
    ["A", "3", "€8,200", "82.0 %"],
    ["B", "3", "€1,500", "15.0 %"],
    ["C", "1", "€200", "2.0 %"],
    ["D", "3", "€100", "1.0 %"],
  ]);
});

test("of a selection it is the selection's own", async () => {
  const { headline, data } = await portfolio.reply("mix owner:bob");
  expect(headline).toBe("2 accounts of 5 make 80 % of spend (owner:bob)");
  expect(data).toMatchObject({ accounts: 5, value: { amount: 318_000 }, top1Share: 200_000 / 318_000 });
});

test("shows the tiers as a chart, or how spend piles up where that is asked for", async () => {
  const { charts: [chart] = [], actions } = await portfolio.reply("mix mine", {
    viewer: { workspaceId: portfolio.id, email: "ann@example.com", standing: "member" },
  });
  expect(chart).toMatchObject({ kind: "bar", categories: ["A", "B", "C", "D"] });
  expect(actions).toContainEqual({ kind: "run", label: "Pareto chart", line: "mix chart mine" });
  const pareto = await portfolio.reply("mix chart");
  expect(pareto.charts).toHaveLength(1);
  expect(pareto.charts?.[0]).toMatchObject({
    kind: "pareto",
    categories: "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Iris Juniper"
      .split(" ")
      .map((name) => `${name} GmbH`),
    series: [{ values: [500_000, 200_000, 120_000, 80_000, 40_000, 30_000, 20_000, 8_000, 2_000, 0] }],
  });
  expect(pareto.actions).toContainEqual({ kind: "run", label: "Tiers", line: "mix" });
});

test("tells many accounts in twenty equal groups", async () => {
  const many = await openAsked();
  const numbers = Array.from({ length: 50 }, (_, index) => index + 1);
  await many.import({
    companies: numbers.map((number) => company(String(number), `Customer ${number}`)),
    deals: numbers.map((number) => deal(String(number), String(number), `${number}.00`, "2026-06-30")),
  });
  const [chart] = (await many.reply("mix chart")).charts ?? [];
  expect(chart?.categories.slice(0, 2)).toEqual(["largest 5 %", "5–10 %"]);
  // 50, 49 and 48; 47 and 46; …: fifty accounts in twenty groups, in their order.
  expect(chart?.series[0]?.values.slice(0, 2)).toEqual([14_700, 9_300]);
  expect(chart?.categories).toHaveLength(20);
  expect(chart?.series[0]?.values.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(127_500);
});

test("keeps statistical words behind Explain", async () => {
  const labels = async (line: string) => (await portfolio.reply(line)).facts?.map(({ label }) => label);
  expect(await labels("mix")).not.toContain("Gini");
  expect(await labels("mix explain")).toEqual(expect.arrayContaining(["Gini", "HHI"]));
  const { actions } = await portfolio.reply("mix mine", {
    viewer: { workspaceId: portfolio.id, email: "ann@example.com", standing: "member" },
  });
  expect(actions).toContainEqual({ kind: "run", label: "Explain", line: "mix explain mine" });
});

test("refuses what it does not understand", async () => {
  expect((await portfolio.mistake("mix tier:A")).message).toContain('"tier:A" does not fit here');
  expect((await portfolio.mistake("mix banana")).message).toContain('I do not understand "banana"');
});
