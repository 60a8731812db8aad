import { beforeAll, describe, expect, test } from "vitest";
import { scoreInterval } from "../../src/core/score-interval.ts";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { company, deal, user } from "../helpers/workspace.ts";

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
});

type Row = Readonly<Record<string, unknown>> & { readonly value: { readonly amount: number } };
const rowsOf = (data: unknown) => (data as { rows: readonly Row[] }).rows;
const brief = (data: unknown, ...names: readonly string[]) =>
  rowsOf(data).map((row) => [...names.map((name) => row[name]), row.accounts, row.value.amount / 100]);

describe("two criteria", () => {
  test("as rows and columns, recomputed by hand, prospects among them", async () => {
    const { headline, table, data } = await portfolio.reply("cross industry tier");
    // Retail: Alder, Birch, Cedar A, Dogwood, Elm B. Real Estate: Fir B, Ginkgo C, Hazel, Iris, Juniper D, Koa, Larch prospects.
    expect(headline).toBe("Retail × A is the largest of 6 combinations: €8,200, 82.0 % of spend");
    expect(table?.columns.map(({ title }) => title)).toEqual(["Industry", "A", "B", "C", "D", "prospect"]);
    expect(table?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ["Retail", "€8,200 (3)", "€1,200 (2)", "–", "–", "–"],
      ["Real Estate", "–", "€300 (1)", "€200 (1)", "€100 (3)", "€0 (2)"],
    ]);
    expect(data).toMatchObject({
      accounts: 12,
      value: { amount: 1_000_000, currency: "EUR" },
      combinations: 6,
    });
    const [first] = rowsOf(data);
    expect(first).toMatchObject({
      Industry: "Retail",
      Tier: "A",
      accounts: 3,
      share: 0.82,
      won: 4,
      closed: 4,
    });
  });

  test("as a list with win rates, of deals that were decided in the window", async () => {
    const { table, data } = await portfolio.reply("cross industry region list");
    expect(brief(data, "Industry", "Region")).toEqual([
      ["Retail", "Germany", 2, 5_800],
      ["Retail", "Austria", 3, 3_600],
      ["Real Estate", "Austria", 5, 400],
      ["Real Estate", "Germany", 2, 200],
    ]);
    // Real Estate in Austria: Fir, Hazel and Iris won, Koa lost; Juniper's deal is too old.
    const [, , realEstate] = rowsOf(data);
    const rate = scoreInterval(3, 4);
    expect(realEstate).toMatchObject({
      won: 3,
      closed: 4,
      winRate: 0.75,
      winRateLow: rate?.low,
      winRateHigh: rate?.high,
    });
    expect(table?.rows[2]?.at(-1)?.text).toBe("75 % (30–95), 3 of 4");
  });

  test("a product counts each account that bought it, and its own deals", async () => {
    const { data, notes } = await portfolio.reply("cross product tier");
    expect(brief(data, "Product", "Tier")).toEqual([
      ["Pump", "A", 2, 5_200],
      ["Flow Meter", "A", 2, 3_000],
      ["no product", "B", 3, 1_500],
      ["no product", "C", 1, 200],
      ["no product", "D", 3, 100],
      ["no product", "prospect", 2, 0],
    ]);
    expect(data).toMatchObject({ accounts: 12 });
    expect(notes?.join(" ")).toContain("counted in each product");
  });

  test("owners, teams, cohorts and imported columns; what has none is told apart", async () => {
    expect(brief((await portfolio.reply("cross owner team")).data, "Owner", "Team")).toEqual([
      ["Ann Archer", "North", 6, 6_820],
      ["Bob Baker", "South", 6, 3_180],
    ]);
    expect(brief((await portfolio.reply("cross tier team")).data, "Tier", "Team")).toHaveLength(9);
    const { data } = await portfolio.reply("cross channel cohort-year");
    expect(brief(data, "Channel", "Cohort year")).toEqual([
      ["Partner", "2025", 2, 7_000],
      ["Partner", "2026", 1, 1_200],
      ["Direct", "2026", 4, 1_100],
      ["Direct", "2025", 2, 700],
      ["Direct", "never bought", 2, 0],
      ["Direct", "2023", 1, 0],
    ]);
  });

  test("of a selection and in another window, in which tiers are cut anew", async () => {
    expect(brief((await portfolio.reply("cross industry tier owner:bob")).data, "Industry", "Tier")).toEqual([
      ["Retail", "A", 1, 2_000],
      ["Retail", "B", 1, 800],
      ["Real Estate", "B", 1, 300],
      ["Real Estate", "D", 2, 80],
      ["Real Estate", "prospect", 1, 0],
    ]);
    // Since 1 April Alder bought for 4,000 and Cedar for 1,200 of 5,200: both A.
    const { data } = await portfolio.reply("cross industry tier since 90d tier:A");
    expect(brief(data, "Industry", "Tier")).toEqual([["Retail", "A", 2, 5_200]]);
  });
});

test("three criteria are a list, of which every combination can be had", async () => {
  const page = await portfolio.reply("cross industry region tier");
  expect(page.table?.rows.length).toBeLessThanOrEqual(10);
  const { data } = await portfolio.reply("cross industry region tier", { rows: "all" });
  expect(rowsOf(data).reduce((sum, { accounts }) => sum + Number(accounts), 0)).toBe(12);
});

test("each combination leads to its accounts", async () => {
  const { actions } = await portfolio.reply("cross industry tier");
  const open = actions?.find(({ label }) => label === "Open the accounts");
  const [choice] = open?.kind === "choose" ? open.choices : [];
  expect(choice).toEqual({ label: "Retail × A", line: "top industry:Retail tier:A" });
  expect((await portfolio.reply(choice?.line ?? "")).headline).toBe(
    "3 A accounts (industry:Retail): 82.0 % of spend",
  );
});

test("what cannot be crossed is said", async () => {
  expect((await portfolio.mistake("cross tier")).message).toContain("Name two or three criteria");
  expect((await portfolio.mistake("cross tier tiers")).message).toContain("Name different criteria");
  expect((await portfolio.mistake("cross tier size")).message).toContain("no column that says the size");
  expect((await portfolio.mistake("cross tier nonsense")).message).toContain(
    'There is no criterion "nonsense"',
  );
});

describe("what is surprising", () => {
  test("ten customers are too few to tell", async () => {
    const { headline, table } = await portfolio.reply("cross");
    expect(headline).toMatch(/^(Nothing is surprising|There are too few customers)/);
    expect(table).toBeUndefined();
  });

  test("a pattern is found, in words, with the way to its accounts", async () => {
    const planted = await openAsked();
    await planted.import({
      companies: Array.from({ length: 60 }, (_, index) =>
        company(String(index), `Account ${index}`, {
          // Every third one is in Making; 16 of those 20 come through partners, and 4 of the others.
          Industry: index % 3 === 0 ? "Making" : index % 3 === 1 ? "Trade" : "Services",
          Channel: (index % 3 === 0 ? index < 48 : index < 6) ? "Partner" : "Direct",
          "Customer number": `C-${index}`,
        }),
      ),
      users: [user("Ann Archer", "ann@example.com")],
      deals: Array.from({ length: 60 }, (_, index) =>
        deal(String(index), String(index), "100.00", "2026-01-01"),
      ),
    });
    const { headline, table, actions, data, notes } = await planted.reply("cross");
    expect(headline).toBe("16 of 20 accounts in industry Making have Channel Partner; 6.7 would be expected");
    expect(table?.rows[0]?.map(({ text }) => text)).toEqual([headline, "2.4 ×"]);
    expect(rowsOf(data)[0]).toMatchObject({ accounts: 16, withFirst: 20, withSecond: 20, whole: 60 });
    expect(notes?.join(" ")).toContain("too many values to tell a pattern: Customer number");
    const choices = actions?.flatMap((action) => (action.kind === "choose" ? action.choices : [])) ?? [];
    expect(choices).toContainEqual({ label: "Industry by Channel", line: "cross industry Channel" });
    expect(choices).toContainEqual({
      label: "Making × Partner",
      line: "top industry:Making Channel:Partner",
    });
    for (const { line } of choices) await planted.reply(line);
  });
});

test("one account, and none", async () => {
  const one = await openAsked();
  await one.import({ companies: [company("1", "Only")], deals: [deal("1", "1", "10.00", "2026-01-01")] });
  expect((await one.reply("cross industry tier")).headline).toBe(
    "All accounts are none × A: €10, 100.0 % of spend",
  );
  expect((await one.reply("cross")).headline).toContain("too few customers");
  const none = await openAsked();
  await none.import({
    companies: [company("1", "Nobody yet", { Industry: "Retail" })],
    deals: [deal("1", "1", "10.00", "2026-01-01", { "Deal Stage": "Closed Lost" })],
  });
  expect((await none.reply("cross industry tier")).headline).toBe(
    "All accounts are Retail × prospect: 1 account",
  );
  expect((await none.reply("cross")).headline).toBe("No customers to look at");
  expect((await none.reply("cross industry tier industry:retail tier:A")).headline).toContain("No accounts");
});

test("who sees some accounts reads figures of those; what is posted does not tell reps apart", async () => {
  const hidden = await openSmallPortfolio();
  await hidden.reply("settings visibility own");
  const ann = { viewer: { workspaceId: hidden.id, email: "ann@example.com", standing: "member" as const } };
  const { data } = await hidden.reply("cross industry owner", ann);
  expect(brief(data, "Industry", "Owner")).toEqual([
    ["Retail", "Ann Archer", 3, 6_600],
    ["Real Estate", "Ann Archer", 3, 220],
  ]);
  expect(rowsOf(data)[0]?.share).toBeCloseTo(6_600 / 6_820, 12);
  const posted = { ...ann, audience: { place: "#sales", members: [ann.viewer] } };
  for (const line of ["cross industry owner", "cross teams tier"])
    expect((await hidden.mistake(line, posted)).message).toContain("cannot be shared");
  expect((await hidden.reply("cross industry tier", posted)).data).toMatchObject({ accounts: 6 });
  const crossed = JSON.stringify((await hidden.reply("cross", posted)).data);
  expect(crossed).not.toContain("Archer");
});
