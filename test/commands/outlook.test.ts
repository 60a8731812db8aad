import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Reply } from "../../src/command.ts";
import { addDays } from "../../src/core/calendar.ts";
import { createRandom, drawExponential } from "../../src/core/random.ts";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { accountId, company, deal, rawRows, user } from "../helpers/workspace.ts";

const asOf = "2026-06-30";
const owners = ["Ann Archer", "Bob Baker"];

/**
 * Sixty customers who buy every ten weeks or so, leave after one purchase in eight, and came one after the other in so many
 * days, the last of them some time ago.
 */
async function openCompany(days: number, quietDays = 0): Promise<Asked> {
  const random = createRandom("company");
  const asked = await openAsked();
  const deals = Array.from({ length: 60 }, (_, index) => {
    const bought: (readonly [day: number, amount: number])[] = [];
    for (
      let day = Math.floor((index * (days - quietDays)) / 60);
      day <= days;
      day += 1 + Math.round(70 * drawExponential(random))
    ) {
      bought.push([day, 100 + Math.floor(900 * random())]);
      if (random() < 0.12) break;
    }
    return bought.map(([day, amount], at) =>
      deal(`${index}-${at}`, String(index), `${amount}.00`, addDays(asOf, day - days)),
    );
  }).flat();
  await asked.import({
    companies: Array.from({ length: 60 }, (_, index) =>
      company(String(index), `Customer ${index}`, {
        "Company owner": owners[index % 2] ?? "",
        Industry: index < 30 ? "Retail" : "Energy",
      }),
    ),
    users: owners.map((name) => user(name, `${name.split(" ")[0]?.toLowerCase()}@example.com`)),
    deals: [...deals, deal("last", "0", "1.00", asOf)],
  });
  return asked;
}

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openCompany(4 * 365);
});

const range = z.object({ low: z.number(), mid: z.number(), high: z.number() });
const yearAhead = z.object({
  ...{ left: range, there: range, lostMinor: range, todayMinor: range },
  ...{ won: range, wonMinor: range, allMinor: range, needed: range },
});
const textOf = ({ lines = [] }: Reply) =>
  lines.map((line) => line.map((span) => (typeof span === "string" ? span : span.text)).join("")).join("\n");
const outlook = z.object({ customers: range, in12Months: yearAhead, in36Months: yearAhead });
const answered = z.object({
  seed: z.string(),
  lastYear: z.object({
    ...{ customers: z.number(), yearMinor: z.number(), won: z.number(), wonYearMinor: z.number() },
    ...{ boughtBefore: z.number(), boughtAgain: z.number() },
  }),
  base: outlook,
  whatIf: outlook.nullable(),
  change: outlook.nullable(),
  atRisk: z.array(z.object({ accountId: z.string(), lastYear: z.object({ amount: z.number() }) })),
});

async function dataOf(line: string, email?: string) {
  const viewer = { workspaceId: portfolio.id, standing: "member" as const };
  const { data } = await portfolio.reply(line, email === undefined ? {} : { viewer: { ...viewer, email } });
  return answered.parse(data);
}

/** The same counts from the deals alone. */
async function counted(ids: readonly string[]) {
  const [row] = await rawRows(
    `WITH won AS (
       SELECT account_record_id AS account_id, close_on AS day, amount_minor AS minor FROM current_opportunity
       WHERE workspace_id = $1 AND status = 'won' AND account_record_id = ANY($2::uuid[])),
     account AS (
       SELECT MIN(day) AS first, COALESCE(SUM(minor) FILTER (WHERE day > date '2025-06-30'), 0) AS year,
              COALESCE(SUM(minor) FILTER (WHERE day > date '2024-06-30' AND day <= date '2025-06-30'), 0) AS before
       FROM won GROUP BY account_id)
     SELECT COUNT(*)::int AS customers, SUM(year)::int AS "yearMinor",
            COUNT(*) FILTER (WHERE first > date '2025-06-30')::int AS won,
            COALESCE(SUM(year) FILTER (WHERE first > date '2025-06-30'), 0)::int AS "wonYearMinor",
            COUNT(*) FILTER (WHERE before > 0)::int AS "boughtBefore",
            COUNT(*) FILTER (WHERE before > 0 AND year > 0)::int AS "boughtAgain"
     FROM account`,
    [portfolio.id, ids],
  );
  return row;
}

const everybody = Array.from({ length: 60 }, (_, index) => accountId(String(index)));

test("what was is what the deals say, of all and of a filter's accounts", async () => {
  expect((await dataOf("outlook")).lastYear).toEqual(await counted(everybody));
  expect((await dataOf("outlook industry:retail")).lastYear).toEqual(await counted(everybody.slice(0, 30)));
});

test("a viewer who sees some accounts has an outlook of those", async () => {
  const odd = everybody.filter((_, index) => index % 2 === 1);
  const ofBob = await dataOf("outlook owner:bob");
  expect(ofBob.lastYear).toEqual(await counted(odd));
  await portfolio.reply("settings visibility own");
  const seen = await dataOf("outlook", "bob@example.com");
  await portfolio.reply("settings visibility all");
  expect(seen).toEqual(ofBob);
  expect(seen.atRisk.every((one) => odd.includes(one.accountId))).toBe(true);
});

test("says in one sentence who leaves with what, and then what is needed and what came", async () => {
  const reply = await portfolio.reply("outlook");
  const { headline, table } = reply;
  const { base, lastYear } = await dataOf("outlook");
  const { left } = base.in12Months;
  const { needed } = base.in36Months;
  expect(headline).toContain(
    `At the present pace ${left.mid} of ${base.customers.mid} customers ${left.mid === 1 ? "leaves" : "leave"} within 12 months`,
  );
  expect(headline).toMatch(/ of revenue with them \(€.* to €.*\)$/);
  expect(textOf(reply)).toContain(`${lastYear.won} came in the last twelve months`);
  expect(textOf(reply)).toMatch(/new ones? (is|are) needed each year/);
  const rows = new Map(
    table?.rows.map(([title, ...cells]) => [title?.text, cells.map(({ value }) => value)]),
  );
  expect(rows.get("Customers of today bring in the year")).toEqual([
    ...[lastYear.yearMinor, base.in12Months.todayMinor.mid, base.in36Months.todayMinor.mid],
  ]);
  expect(Math.abs((rows.get("Needed a year to stand still")?.[2] ?? 0) - needed.mid)).toBeLessThanOrEqual(1);
});

test("the same question has the same answer, whoever asks it", async () => {
  expect(await dataOf("outlook")).toEqual(await dataOf("outlook", "ann@example.com"));
});

test("without the biggest less comes in, by about what it brings", async () => {
  const [biggest] = await rawRows(
    `SELECT account_id, year_minor::int AS year FROM account_standing
     WHERE workspace_id = $1 AND valid_to IS NULL ORDER BY year_minor DESC LIMIT 1`,
    [portfolio.id],
  );
  const named = await dataOf(`outlook without "id:${String(biggest?.account_id)}"`);
  const found = await dataOf("outlook without biggest");
  expect(named).toEqual(found);
  expect(found.base).toEqual((await dataOf("outlook")).base);
  const less = found.change?.in12Months.allMinor;
  expect(less?.mid).toBeLessThan(0);
  expect(less?.low).toBeGreaterThan(-3 * Number(biggest?.year));
  expect(found.change?.in12Months.needed.mid).toBeGreaterThanOrEqual(0);
});

test("who is lost is not counted among those of today, nor named as at risk", async () => {
  const [{ atRisk }, { lastYear }] = [await dataOf("outlook"), await dataOf("outlook")];
  const [first, ...others] = atRisk;
  const line = `outlook without "id:${first?.accountId}"`;
  const lost = await dataOf(line);
  expect(lost.atRisk.map((one) => one.accountId)).not.toContain(first?.accountId);
  expect(lost.atRisk.slice(0, 4)).toEqual(others);
  const reply = await portfolio.reply(line);
  expect(textOf(reply)).toContain(`Of the other ${lastYear.customers - 1} accounts that ever bought`);
  const today = reply.table?.rows.find(([title]) => title?.text.startsWith("Customers of today bring"));
  expect(today?.[1]?.value).toBe(lastYear.yearMinor - (first?.lastYear.amount ?? 0));
  expect(reply.headline).not.toContain("-€");
  expect(textOf(reply)).not.toContain("-€");
});

test("last year is the year that growth has", async () => {
  const grown = z.object({ thisYear: z.object({ amount: z.number() }) });
  for (const filter of ["", " industry:retail"]) {
    const { data } = await portfolio.reply(`growth${filter}`);
    const { lastYear } = await dataOf(`outlook${filter}`);
    expect(lastYear.yearMinor).toBe(grown.parse(data).thisYear.amount);
  }
});

test("half the acquisition wins half as many, and takes nothing from customers of today", async () => {
  const { base, whatIf, change } = await dataOf("outlook acquisition 50%");
  expect((whatIf?.in36Months.won.mid ?? 0) / base.in36Months.won.mid).toBeCloseTo(0.5, 0.7);
  expect(change?.in36Months.todayMinor).toEqual({ low: 0, mid: 0, high: 0 });
  expect(change?.in36Months.allMinor.high).toBeLessThanOrEqual(0);
  const both = await portfolio.reply("outlook without Customer 59 acquisition 50%");
  expect(both.headline).toMatch(/^Without Customer 59 and with 50 % of the present acquisition .* less/);
  expect(textOf(both)).toContain(
    "If leaving stays as it is, with 50 % of the present acquisition, the portfolio",
  );
  expect(textOf(await portfolio.reply("outlook acquisition 0"))).toContain(
    "If leaving stays as it is and nobody is won, the portfolio",
  );
  expect(both.actions).toContainEqual({ kind: "run", label: "As it is", line: "outlook" });
});

test("shows a chart of the quarters to come beside last year's level, where it is asked for", async () => {
  expect((await portfolio.reply("outlook")).charts).toBeUndefined();
  const { charts: [chart] = [] } = await portfolio.reply("outlook chart");
  const { lastYear } = await dataOf("outlook");
  expect(chart).toMatchObject({ kind: "line", title: "Revenue by quarter, as it would go on" });
  expect(chart?.series.map(({ values }) => values.length)).toEqual([12, 12, 12]);
  expect(chart?.series[2]?.values[0]).toBe(Math.round(lastYear.yearMinor / 4));
});

test("keeps runs, seeds and parameters behind Explain", async () => {
  const labels = async (line: string) => (await portfolio.reply(line)).facts?.map(({ label }) => label);
  expect(await labels("outlook")).not.toContain("Runs");
  expect(await labels("outlook explain")).toEqual(
    expect.arrayContaining(["Who leaves", "Runs", "Intervals"]),
  );
});

test("refuses accounts that are not there or not among those asked about", async () => {
  expect((await portfolio.mistake("outlook without Nobody At All")).message).toContain("called");
  const { message } = await portfolio.mistake('outlook without "Customer 59" industry:retail');
  expect(message).toContain("Customer 59 has bought nothing, or is not among the accounts you ask about");
});

test("says plainly where there is too little to look ahead from", async () => {
  const empty = await openAsked();
  await empty.import({ companies: [company("1", "Alder")], deals: [deal("1", "1", "5.00", "2026-06-30")] });
  const one = await empty.reply("outlook");
  expect(one.headline).toBe("1 account has bought: too few to look ahead from");
  expect(one).not.toHaveProperty("table");
  expect(one.data).toMatchObject({ lastYear: { customers: 1, won: 0 }, base: null });
  const small = await openSmallPortfolio();
  const few = await small.reply('outlook owner:ann industry:"real estate"');
  expect(few.headline).toMatch(/^(Too little history|\d accounts? ha|At the present pace)/);
});

describe("where the data begin less than two years ago", () => {
  const young = z.object({
    newAccounts: z.object({ after: z.string(), won: z.number(), perYear: z.number() }).nullable(),
    base: z.object({
      in12Months: z.object({ todayMinor: range, won: range.nullable(), allMinor: range.nullable() }),
      longRun: z.unknown(),
    }),
    acquisition: z.string(),
  });

  test("of eighteen months only those count as new who came a year after their beginning", async () => {
    const half = await openCompany(548);
    const reply = await half.reply("outlook");
    const { newAccounts, base } = young.parse(reply.data);
    expect(newAccounts).toMatchObject({ after: addDays(asOf, 364 - 548), won: 20 });
    expect(newAccounts?.perYear).toBeCloseTo((20 * 365) / 184, 6);
    expect(base.in12Months.won?.mid).toBeGreaterThan(30);
    expect(textOf(reply)).toMatch(/20 came since 29 Dec 2025, 40 a year/);
    expect(textOf(reply)).toContain("New accounts are counted since 29 Dec 2025 only and scaled to a year");
  });

  test("of thirteen it says that nobody can be told to be new, and foresees nobody", async () => {
    const first = await openCompany(400);
    const reply = await first.reply("outlook");
    const { newAccounts, base, acquisition } = young.parse(reply.data);
    expect([newAccounts, base.in12Months.won, base.in12Months.allMinor, base.longRun]).toEqual([
      ...[null, null, null, null],
    ]);
    expect(base.in12Months.todayMinor.mid).toBeGreaterThan(0);
    expect(acquisition).toBe("unknown");
    expect(textOf(reply)).toContain(
      "How many accounts are new cannot be told: the data begin on 26 May 2025",
    );
    expect(textOf(reply)).not.toContain("Acquisition");
    expect(reply.table?.rows.map(([title]) => title?.text)).not.toContain("New accounts");
    const { charts: [chart] = [] } = await first.reply("outlook chart");
    expect(chart?.series.map(({ name }) => name)).toEqual(["Customers of today", "Last year's level"]);
    expect((await first.reply("outlook without biggest")).headline).toMatch(/^Without Customer \d+ €.* less/);
    expect((await first.mistake("outlook acquisition 50")).message).toContain(
      "cannot be told from data that begin",
    );
    expect(textOf(await first.reply("health"))).not.toContain("Acquisition");
  });
});

test("health warns where nobody came for two years, and not where enough come", async () => {
  const shrinking = await openCompany(4 * 365, 2 * 365);
  expect(textOf(await shrinking.reply("health"))).toMatch(
    /Acquisition runs below replacement: 0 came in the last twelve months, \d+ new ones? (is|are) needed each year/,
  );
  expect(textOf(await shrinking.reply("outlook"))).toContain("Acquisition runs below replacement");
  const growing = await openCompany(3 * 365);
  expect(textOf(await growing.reply("health"))).not.toContain("Acquisition");
});
