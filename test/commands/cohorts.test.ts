import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { exportCsv } from "../../src/exports/export-csv.ts";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { company, deal, rawRows, user } from "../helpers/workspace.ts";

const listed = z.object({
  customers: z.number(),
  yearLater: z.object({ customers: z.number(), bought: z.number() }).nullable(),
  rows: z.array(
    z.object({
      cohort: z.string(),
      quarter: z.number(),
      customers: z.number(),
      bought: z.number(),
      value: z.object({ amount: z.number() }),
      isOver: z.boolean(),
    }),
  ),
});

const texts = (table: { rows: readonly (readonly { text: string }[])[] } | undefined) =>
  table?.rows.map((row) => row.map(({ text }) => text));

/**
 * Sixty customers of 2024Q1, of whom every second buys in 2025Q1; sixty of 2024Q2, of whom every sixth does a year later;
 * ten of 2025Q1. As of 2025-07-15, in a quarter in which two of 2024Q2 bought.
 */
async function openCohorts(): Promise<Asked> {
  const asked = await openAsked();
  const numbers = Array.from({ length: 130 }, (_, index) => index + 1);
  const first = (number: number) =>
    number <= 60 ? "2024-02-10" : number <= 120 ? "2024-05-10" : "2025-02-20";
  const again = numbers.flatMap((number) => {
    if (number <= 60) return number % 2 === 0 ? [{ number, day: "2025-03-10" }] : [];
    return number <= 120 && number % 6 === 0 ? [{ number, day: "2025-06-10" }] : [];
  });
  const late = [62, 64].map((number) => ({ number, day: "2025-07-15" }));
  await asked.import({
    companies: numbers.map((number) =>
      company(String(number), `Pond ${number}`, {
        "Company owner": number % 2 === 0 ? "Ann Archer" : "Bob Baker",
        Industry: number <= 60 ? "Retail" : "Steel",
      }),
    ),
    users: [user("Ann Archer", "ann@example.com"), user("Bob Baker", "bob@example.com")],
    deals: [
      ...numbers.map((number) => deal(String(number), String(number), "100.00", first(number))),
      ...[...again, ...late].map(({ number, day }, index) =>
        deal(`again ${index}`, String(number), "50.00", day),
      ),
      deal("credit", "1", "-90.00", "2024-08-01"),
    ],
  });
  return asked;
}

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openCohorts();
});

describe("cohorts", () => {
  test("says how many buy a year later, and which cohorts differ beyond chance", async () => {
    const { headline, lines, facts, table, notes } = await portfolio.reply("cohorts");
    expect(headline).toBe("40 of 120 customers (33.3 %) bought in the same quarter a year after their first");
    expect(lines).toEqual([
      ["Those stay better than the others who came in 2024Q1: 30 of 60 (50.0 %) bought a year later."],
      ["Those stay worse than the others who came in 2024Q2: 10 of 60 (16.7 %) bought a year later."],
    ]);
    expect(facts).toEqual([
      { label: "Bought a year later", value: "33.3 % of 120 customers, range 27 to 41 %" },
      { label: "Bought again", value: "35.0 % of 120 customers who came by 15 Jul 2024" },
    ]);
    expect(table?.columns.map(({ title }) => title)).toEqual(
      "First purchase,Customers,+1,+2,+3,+4,+5,+6".split(","),
    );
    expect(texts(table)).toEqual([
      ["2024Q1", "60", "0 %", "0 %", "0 %", "50 %", "0 %", "0 % so far"],
      ["2024Q2", "60", "0 %", "0 %", "0 %", "17 %", "3 % so far", "–"],
      ["2025Q1", "10", "0 %", "0 % so far", "–", "–", "–", "–"],
    ]);
    expect(notes).toContain("The newest quarter is not over: its figures are what they are so far.");
  });

  test("agrees with plain SQL over the deals", async () => {
    const { rows } = listed.parse((await portfolio.reply("cohorts")).data);
    const expected = await rawRows(
      `WITH sale AS (SELECT m.account_id, o.close_on, o.amount_minor FROM current_opportunity o
                     JOIN membership m ON m.workspace_id = o.workspace_id AND m.source_record_id = o.account_record_id
                       AND m.valid_to IS NULL
                     WHERE o.workspace_id = $1 AND o.status = 'won'),
            came AS (SELECT account_id, date_trunc('quarter', MIN(close_on)) AS cohort FROM sale
                     WHERE amount_minor > 0 GROUP BY 1)
       SELECT extract(year FROM cohort) || 'Q' || extract(quarter FROM cohort) AS cohort,
              (round((date_trunc('quarter', close_on)::date - cohort::date) / 91.3))::int AS quarter,
              COUNT(DISTINCT account_id) FILTER (WHERE amount_minor > 0)::int AS bought, SUM(amount_minor)::int AS amount
       FROM sale JOIN came USING (account_id) GROUP BY 1, 2 ORDER BY 1, 2`,
      [portfolio.id],
    );
    const told = rows
      .filter(({ bought, value }) => bought > 0 || value.amount !== 0)
      .map(({ cohort, quarter, bought, value }) => ({ cohort, quarter, bought, amount: value.amount }));
    expect(told).toEqual(expected);
  });

  test("follows spend where that is asked for, credits and all", async () => {
    const { headline, table } = await portfolio.reply("cohorts value");
    // 30 and 10 customers spent €50 each, of 120 who began with €100 each.
    expect(headline).toBe(
      "In the same quarter a year later customers spend 16.7 % of what they spent in their first",
    );
    expect(texts(table)?.[0]).toEqual([
      "2024Q1",
      "60",
      "€6,000",
      "0 %",
      "-1 %",
      "0 %",
      "25 %",
      "0 %",
      "0 % so far",
    ]);
  });

  test("is a heatmap where that is asked for", async () => {
    const { charts: [chart] = [], table, actions } = await portfolio.reply("cohorts chart");
    expect(table).toBeUndefined();
    expect(chart).toMatchObject({
      kind: "heatmap",
      categories: ["2024Q1 · 60", "2024Q2 · 60", "2025Q1 · 10"],
      message: "40 of 120 customers (33.3 %) bought in the same quarter a year after their first.",
    });
    expect(chart?.series.map(({ name, values }) => [name, ...values]).slice(3)).toEqual([
      ["+4", 0.5, 10 / 60, Number.NaN],
      ["+5", 0, 2 / 60, Number.NaN],
      ["+6", 0, Number.NaN, Number.NaN],
    ]);
    expect(chart?.series[4]?.unfinished).toEqual([1]);
    expect(actions).toContainEqual({ kind: "run", label: "Table", line: "cohorts" });
    expect(actions).toContainEqual({ kind: "run", label: "Spend", line: "cohorts value chart" });
  });

  test("explains its method behind Explain only", async () => {
    const { table, lines } = await portfolio.reply("cohorts explain");
    expect(texts(table)).toEqual([
      ["2024Q1", "30 of 60 (50.0 %)", "40 to 60 %", "better than the others"],
      ["2024Q2", "10 of 60 (16.7 %)", "10 to 26 %", "worse than the others"],
    ]);
    expect(JSON.stringify(lines)).toContain("Fisher");
    expect(JSON.stringify(await portfolio.reply("cohorts"))).not.toMatch(/Fisher|Jeffreys|Bonferroni/);
  });

  test("of a selection it is the selection's own, and its cohorts open as lists", async () => {
    const { headline, actions } = await portfolio.reply("cohorts industry:steel");
    expect(headline).toContain("10 of 60 customers (16.7 %)");
    expect(headline).toContain("(industry:steel)");
    const choices = actions?.flatMap((action) => (action.kind === "choose" ? action.choices : []));
    expect(choices).toEqual([
      { label: "2024Q2", line: "top industry:steel cohort:2024Q2" },
      { label: "2025Q1", line: "top industry:steel cohort:2025Q1" },
    ]);
    const list = await portfolio.reply("top industry:steel cohort:2024Q2");
    expect(list.headline).toContain("60 accounts");
  });

  test("is downloaded with every quarter of every cohort, and shared as it was seen", async () => {
    const { data, actions } = await portfolio.reply("cohorts value");
    const csv = exportCsv(data);
    expect(csv?.split("\n")[0]).toContain("cohort,quarter,customers,bought,boughtShare,value,value currency");
    expect(csv).toContain("2024Q1,2,60,0,0,-90.00,EUR");
    const { id } = await portfolio.snapshot();
    expect(actions).toContainEqual({ kind: "share", label: "Share", line: `cohorts value snapshot:${id}` });
  });

  test.each([
    ["cohorts banana", 'I do not understand "banana"'],
    ["cohorts since 90d", '"since" does not fit here'],
    ["cohorts quiet 90d", '"quiet" does not fit here'],
  ])("%s is explained", async (line, sentence) => {
    expect((await portfolio.mistake(line)).message).toContain(sentence);
  });
});

test("few customers are not compared", async () => {
  const small = await openSmallPortfolio();
  const { headline, lines } = await small.reply("cohorts");
  expect(headline).toBe("0 of 2 customers (0.0 %) bought in the same quarter a year after their first");
  expect(lines).toEqual([
    ["There are too few customers to compare cohorts: their differences may all be chance."],
  ]);
});

test("one customer, and a selection with none, are answered", async () => {
  const asked = await openAsked();
  await asked.import({
    companies: [
      company("1", "Acme", { Industry: "Retail" }),
      company("2", "Prospect", { Industry: "Steel" }),
    ],
    deals: [deal("1", "1", "5.00", "2026-05-01")],
  });
  const one = await asked.reply("cohorts");
  expect(one.headline).toBe("1 customer since 2026Q2, too early to say who still buys a year later");
  expect(texts(one.table)).toEqual([["2026Q2", "1"]]);
  const chart = await asked.reply("cohorts chart");
  expect(chart.charts?.[0]?.series).toEqual([]);
  const none = await asked.reply("cohorts industry:steel");
  expect(none).toMatchObject({
    headline: "No customers yet (industry:steel)",
    data: { rows: [], customers: 0 },
  });
  expect(none.table).toBeUndefined();
});

test("whoever sees some accounts reads of those alone", async () => {
  const asked = await openCohorts();
  await asked.reply("settings visibility own");
  const reply = await asked.reply("cohorts", {
    viewer: { workspaceId: asked.id, standing: "member", email: "bob@example.com" },
  });
  // Bob has the odd ones: none of them bought again.
  expect(listed.parse(reply.data)).toMatchObject({ customers: 65, yearLater: { customers: 60, bought: 0 } });
  expect(reply.notes?.[0]).toContain("over the accounts that you may see");
});
