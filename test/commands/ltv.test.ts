import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { rankAccounts } from "../../src/core/tiers.ts";
import { exportCsv } from "../../src/exports/export-csv.ts";
import { openSimulatedPortfolio } from "../helpers/simulated-portfolio.ts";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { company, deal, rawRows } from "../helpers/workspace.ts";

const money = z
  .object({ amount: z.number().int(), currency: z.literal("EUR") })
  .transform(({ amount }) => amount);
const range = z.object({ low: money, high: money });
const valued = z.object({
  accountId: z.string(),
  account: z.string(),
  rank: z.number(),
  tier: z.string(),
  spendTier: z.string(),
  value: money,
  expected: z.number(),
  alive: z.number().nullable(),
  purchaseDays: z.number(),
  flag: z.string().nullable(),
});
const listed = z.object({
  measure: z.literal("ltv"),
  predictor: z.string(),
  total: z.object({ accounts: z.number(), value: money, share: z.number() }),
  rows: z.array(valued.extend({ range: range.optional(), share: z.number(), cumulativeShare: z.number() })),
});

let portfolio: Asked;
let small: Asked;
beforeAll(async () => {
  portfolio = await openSimulatedPortfolio();
  small = await openSmallPortfolio();
}, 60_000);

const now = new Date("2026-10-31T12:00:00Z");
const refresh = async (asked: Asked) =>
  asked.store.refresh(await asked.store.ensureWorkspace(asked.id), { now });
const viewerOf = ({ id }: Asked, email: string) => ({
  viewer: { workspaceId: id, standing: "operator" as const, email },
});

async function list(line: string, asked = portfolio, request = {}) {
  return listed.parse((await asked.reply(line, { rows: "all", ...request })).data);
}

describe("ltv", () => {
  test("lists everybody by worth, with tiers cut by it and shares of it", async () => {
    const { rows, total } = await list("ltv");
    expect(rows).toHaveLength(240);
    const again = rankAccounts(rows, { A: 800, B: 950, C: 990 });
    expect(rows.map(({ rank, tier, accountId }) => ({ rank, tier, accountId }))).toEqual(
      again.map(({ rank, tier, accountId }) => ({ rank, tier, accountId })),
    );
    expect(rows.map(({ share }) => share)).toEqual(again.map(({ share }) => expect.closeTo(share, 9)));
    expect(rows.at(-1)?.cumulativeShare).toBeCloseTo(1, 9);
    expect(total).toEqual({
      accounts: 240,
      value: rows.reduce((sum, { value }) => sum + value, 0),
      share: expect.closeTo(1, 9),
    });
  });

  test("says what one account is worth as the list does, of every account", async () => {
    const { rows } = await list("ltv");
    for (const row of [rows[0], rows[100], rows[239]]) {
      const { data } = await portfolio.reply(`ltv "id:${row?.accountId}"`);
      const { range: _, share: __, cumulativeShare: ___, ...own } = row ?? {};
      expect(valued.parse(data)).toEqual(own);
    }
  });

  test("shows a page with a range around each worth, the same whenever it is asked", async () => {
    const first = await portfolio.reply("ltv page:2");
    expect(first.table?.rows.map(([rank]) => rank?.value)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    for (const { range: around, value } of listed.parse(first.data).rows) {
      expect(around?.low).toBeLessThanOrEqual(value);
      expect(around?.high).toBeGreaterThan(value);
    }
    expect((await portfolio.reply("ltv page:2")).data).toEqual(first.data);
  });

  test("names in one plain sentence how it did beside a guess", async () => {
    const { lines, headline } = await portfolio.reply("ltv");
    expect(headline).toMatch(/^240 accounts expected to bring €[\d.]+[kM] margin in 36 months$/);
    expect(lines?.[1]?.join("")).toMatch(
      /Tried on the time since \d+ \w+ 202\d it was off by \d\.\d\d purchases per account, the guess that everybody goes on as before by \d\.\d\d\.$/,
    );
  });

  test.each([
    ["ltv industry:retail", 80],
    ["ltv owner:bob", 120],
    ["ltv industry:steel owner:ann", 80],
    ["ltv cohort:2031", 0],
  ])("%s", async (line, accounts) => {
    const { rows, total } = await list(line);
    expect(rows).toHaveLength(accounts);
    expect(total.value).toBe(rows.reduce((sum, { value }) => sum + value, 0));
  });

  test("a tier is that by lifetime value, as a word or as a filter", async () => {
    const all = await list("ltv");
    const { rows } = await list("ltv B");
    expect(rows).toEqual(all.rows.filter(({ tier }) => tier === "B"));
    expect(rows).toEqual((await list("ltv tier:B")).rows);
  });

  test("explains one account: purchases, chance, scores and what it is counted with", async () => {
    const { rows } = await list("ltv");
    const { facts, notes, headline, actions } = await portfolio.reply(`ltv ${rows[0]?.account}`);
    expect(headline).toMatch(
      /^Client \d{3}: expected to bring €[\d.]+k margin in 36 months \(€[\d.]+k? to €[\d.]+k\)$/,
    );
    expect(facts?.map(({ label }) => label)).toEqual([
      "Likely still a customer",
      "Expected purchases",
      "Spend per purchase",
      "Bought so far",
      "Tier",
      "Scores",
      "Gone quiet below",
    ]);
    expect(facts?.find(({ label }) => label === "Tier")?.value).toMatch(
      /^A by lifetime value \(place 1\), [A-D] by spend$/,
    );
    expect(notes?.join(" ")).toContain("40 % margin on purchases expected in 36 months");
    expect(actions).toContainEqual({ kind: "run", label: "Explain", line: "ltv explain" });
  });

  test("explain shows every model beside the guesses, and how each fit ended", async () => {
    const { table, lines, facts } = await portfolio.reply("ltv explain");
    const names = table?.rows.map(([name]) => name?.text.replace(/ \(.*/, ""));
    expect(names).toEqual([
      ...["BG/NBD", "MBG/NBD", "Pareto/NBD", "NBD"],
      ...["goes on as it did", "nobody buys again", "everybody buys the average", "Gamma-Gamma, spend"],
    ]);
    expect(table?.rows.filter(([name]) => name?.text.includes("shown"))).toHaveLength(1);
    expect(lines?.flat().join(" ")).toMatch(/leaves after a purchase with a chance of \d+\.\d %/);
    expect(facts?.map(({ label }) => label)).toEqual(["Models fitted", "Shown", "Since the fit", "Next fit"]);
  });

  test("goes into a file with all rows and no picture of a range that nobody simulated", async () => {
    const { data } = await portfolio.reply("ltv", { rows: "all" });
    const csv = exportCsv(data)?.toString() ?? "";
    const [head, ...rows] = csv.trim().split(/\r?\n/);
    expect(rows).toHaveLength(240);
    expect(head).toContain("alive");
    expect(head).not.toContain("range");
  });

  test("draws a chart of the page", async () => {
    const { charts } = await portfolio.reply("ltv chart");
    const { rows } = await list("ltv");
    expect(charts?.[0]?.series[0]?.values).toEqual(rows.slice(0, 10).map(({ value }) => value));
    expect(charts?.[0]?.omission).toBe("230 more accounts of this list are not in the chart.");
  });
});

describe("by hand", () => {
  const horizon = Array.from({ length: 36 }, (_, index) => index + 1);

  test("one account, where nothing can be fitted, goes on as it did", async () => {
    const one = await openAsked();
    await one.import({
      companies: [company("1", "Only")],
      deals: [
        deal("1", "1", "100.00", "2025-07-01"),
        deal("2", "1", "200.00", "2026-01-01"),
        deal("3", "1", "300.00", "2026-06-30"),
      ],
    });
    // Two repeats of €250 in 365 days, the first and the last among them, 40 % of them margin, each month's worth 10 % a year less.
    const months = horizon.reduce((sum, month) => sum + 1.1 ** (-month / 12), 0);
    const worth = Math.round(0.4 * 25_000 * (2 / 365) * (365 / 12) * months);
    const { rows, predictor } = await list("ltv", one);
    expect(predictor).toBe("same-as-calibration");
    expect(rows).toEqual([
      expect.objectContaining({
        ...{ account: "Only", rank: 1, tier: "A", value: worth, alive: null, purchaseDays: 3 },
        expected: expect.closeTo((2 / 365) * 365, 9),
      }),
    ]);
    const { lines } = await one.reply("ltv");
    expect(lines?.[1]?.join("")).toContain("Every account is expected to go on buying as it did.");
    expect(lines?.[1]?.join("")).toContain("No model could be fitted.");
    expect(
      (await one.reply("ltv Only")).facts?.find(({ label }) => label === "Likely still a customer")?.value,
    ).toBe("the data does not tell");
  });

  test("the margin is a setting, which the next snapshot goes by", async () => {
    const asked = await openSmallPortfolio();
    const before = await list("ltv", asked);
    const { id } = await asked.snapshot();
    const { notes } = await asked.reply("settings value-margin 20");
    expect(notes?.[0]).toContain("computed anew");
    await refresh(asked);
    const after = await list("ltv", asked);
    expect(after.rows.map(({ value }) => value)).toEqual(
      before.rows.map(({ value }) => expect.closeTo(value / 2, -1)),
    );
    expect((await list(`ltv snapshot:${id}`, asked)).rows).toEqual(before.rows);
  });

  test("nobody who bought: an empty list, not a mistake", async () => {
    const none = await openAsked();
    await none.import({
      companies: [company("1", "Someday")],
      deals: [deal("1", "1", "5.00", "2026-01-01", { "Deal Stage": "Closed Lost" })],
    });
    expect((await none.reply("ltv")).headline).toBe("No accounts by lifetime value");
    expect((await none.reply("ltv Someday")).headline).toBe(
      "Someday has no lifetime value: it never bought anything",
    );
  });

  test("accounts that are worth the same have places of their own", async () => {
    const { rows } = await list("ltv", small);
    expect(new Set(rows.map(({ value }) => value)).size).toBeLessThan(rows.length);
    expect(rows.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe("whoever sees some accounts", () => {
  let own: Asked;
  beforeAll(async () => {
    own = await openSimulatedPortfolio();
    await own.reply("settings visibility own");
  }, 60_000);

  test.each(["ann@example.com", "bob@example.com"])(
    "%s: ranks, shares and totals of those",
    async (email) => {
      const all = await list("ltv", own);
      const ofRep = new Set(
        (await list(`ltv owner:${email.slice(0, 3)}`, own)).rows.map(({ account }) => account),
      );
      const expected = all.rows.filter(({ account }) => ofRep.has(account));
      const whole = expected.reduce((sum, { value }) => sum + value, 0);
      const { rows, total } = await list("ltv", own, viewerOf(own, email));
      expect(rows.map(({ account, rank, tier, value }) => ({ account, rank, tier, value }))).toEqual(
        expected.map(({ account, tier, value }, index) => ({ account, rank: index + 1, tier, value })),
      );
      expect(total).toEqual({ accounts: 120, value: whole, share: expect.closeTo(1, 9) });
      expect(rows.at(-1)?.cumulativeShare).toBeCloseTo(1, 9);
      const second = await own.reply(`ltv "id:${rows[1]?.accountId}"`, viewerOf(own, email));
      expect(second.data).toMatchObject({ rank: 2, value: { amount: rows[1]?.value } });
    },
  );

  test("no account of somebody else, and no figures of the models over all", async () => {
    const bobs = (await list("ltv owner:bob", own)).rows[0];
    const asAnn = viewerOf(own, "ann@example.com");
    expect((await own.mistake(`ltv "id:${bobs?.accountId}"`, asAnn)).message).toContain("not among those");
    const { table, facts, data } = await own.reply("ltv explain", asAnn);
    expect([table, facts]).toEqual([undefined, undefined]);
    expect(data).toMatchObject({ fit: null });
  });
});

describe("an older snapshot", () => {
  test("whose accounts are not listed any more says so, and still tells of one account", async () => {
    const asked = await openSmallPortfolio();
    const { id } = await asked.snapshot();
    const before = await asked.reply("ltv Alder");
    await asked.reply("settings value-margin 10");
    await refresh(asked);
    await rawRows("DELETE FROM account_value WHERE workspace_id = $1 AND snapshot_id = $2", [asked.id, id]);
    const refused = await asked.mistake(`ltv mine snapshot:${id}`, viewerOf(asked, "ann@example.com"));
    expect(refused.message).toContain("no longer listed by the lifetime value they had on 30 Jun 2026");
    expect(refused.suggestions).toEqual([{ label: "As of the newest data", line: "ltv mine" }]);
    const after = await asked.reply(`ltv Alder snapshot:${id}`);
    expect(after.headline).toBe(before.headline);
    expect(after.data).toMatchObject({ rank: null, tier: null });
    expect((await asked.reply(`account Alder snapshot:${id}`)).data).toMatchObject({
      ltv: { value: z.object({ value: z.unknown() }).parse(before.data).value },
    });
  });

  test("of before there were lifetime values says so", async () => {
    const asked = await openSmallPortfolio();
    const { id } = await asked.snapshot();
    await rawRows("UPDATE snapshot SET parameters = parameters - 'value' WHERE workspace_id = $1", [
      asked.id,
    ]);
    expect((await asked.mistake("ltv")).message).toContain(
      `Snapshot ${id} was made before there were lifetime values`,
    );
    expect((await asked.reply("account Alder")).data).toMatchObject({ ltv: null });
    expect((await asked.reply("top quiet")).notes?.join()).toContain("no purchase for 90 days");
  });
});
