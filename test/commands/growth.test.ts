import { beforeAll, describe, expect, test } from "vitest";
import { exportCsv } from "../../src/exports/export-csv.ts";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { accountId, company, deal, rawRows, user } from "../helpers/workspace.ts";

const texts = (table: { rows: readonly (readonly { text: string }[])[] } | undefined) =>
  table?.rows.map((row) => row.map(({ text }) => text));
const plain = (lines: readonly (readonly (string | { text: string })[])[] | undefined) =>
  lines?.map((line) => line.map((span) => (typeof span === "string" ? span : span.text)).join(""));

/** As of 2026-06-30: the year before is from 2024-07-01 to 2025-06-30. An account for each thing that can become of one. */
async function openGrowth(): Promise<Asked> {
  const asked = await openAsked();
  const names = "Grown Same Smaller Gone Credited Back New Refund".split(" ");
  const of = (name: string) => String(names.indexOf(name) + 1);
  const sales: readonly (readonly [name: string, amount: string, day: string])[] = [
    ["Grown", "1000.00", "2024-07-01"],
    ["Grown", "1500.00", "2025-07-01"],
    ["Same", "400.00", "2025-06-30"],
    ["Same", "400.00", "2026-06-30"],
    ["Smaller", "800.00", "2025-01-01"],
    ["Smaller", "200.00", "2026-01-01"],
    ["Gone", "300.00", "2025-03-01"],
    ["Credited", "100.00", "2025-04-01"],
    ["Credited", "-40.00", "2025-08-01"],
    ["Back", "900.00", "2023-01-01"],
    ["Back", "250.00", "2026-02-01"],
    ["New", "700.00", "2025-09-01"],
    ["Refund", "50.00", "2023-05-01"],
    ["Refund", "-60.00", "2026-03-01"],
  ];
  await asked.import({
    companies: names.map((name, index) =>
      company(String(index + 1), name, {
        "Company owner": index < 4 ? "Ann Archer" : "Bob Baker",
        Industry: index < 6 ? "Retail" : "Steel",
      }),
    ),
    users: [user("Ann Archer", "ann@example.com"), user("Bob Baker", "bob@example.com")],
    deals: sales.map(([name, amount, day], index) => deal(String(index), of(name), amount, day)),
  });
  return asked;
}

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openGrowth();
});

describe("growth", () => {
  test("tells growth and retention, by hand", async () => {
    const { headline, facts, data } = await portfolio.reply("growth");
    // 2,600 the year before, 2,950 now; the five of the year before: 1500 + 400 + 200 + 0 − 40.
    expect(headline).toBe(
      "Spend grew 13.5 % year on year: customers of the year before spend 79.2 % of what they did",
    );
    expect(facts).toEqual([
      { label: "This year", value: "€2,950" },
      { label: "Year before", value: "€2,600" },
      { label: "Difference", value: "+€350 (13.5 % more)" },
      { label: "Net revenue retention", value: "79.2 %" },
      // Each at most at what it was: 1000 + 400 + 200 + 0 + 0.
      { label: "Gross revenue retention", value: "61.5 %" },
      { label: "Customers kept", value: "3 of 5 accounts" },
    ]);
    expect(data).toMatchObject({
      netRetention: 2060 / 2600,
      grossRetention: 1600 / 2600,
      changeShare: 2950 / 2600 - 1,
    });
  });

  test("the bridge adds up, path by path", async () => {
    const { table } = await portfolio.reply("growth");
    expect(texts(table)).toEqual([
      ["Kept", "1", "€400", "€400", "–"],
      ["Expanded", "1", "€1,000", "€1,500", "+€500"],
      ["Contracted", "1", "€800", "€200", "−€600"],
      ["Lost", "2", "€400", "-€40", "−€440"],
      ["Returned", "1", "€0", "€250", "+€250"],
      ["New", "1", "€0", "€700", "+€700"],
      ["Credits only", "1", "€0", "-€60", "−€60"],
      ["Together", "8", "€2,600", "€2,950", "+€350"],
    ]);
  });

  test("agrees with plain SQL over the deals", async () => {
    const [row] = await rawRows(
      `SELECT SUM(o.amount_minor) FILTER (WHERE o.close_on > '2025-06-30')::int AS now,
              SUM(o.amount_minor) FILTER (WHERE o.close_on > '2024-06-30' AND o.close_on <= '2025-06-30')::int AS before
       FROM current_opportunity o WHERE o.workspace_id = $1 AND o.status = 'won'`,
      [portfolio.id],
    );
    const { data } = await portfolio.reply("growth");
    expect(data).toMatchObject({ thisYear: { amount: row?.now }, yearBefore: { amount: row?.before } });
  });

  test("names who made the most of it, each with a reason and a way to open it", async () => {
    const { lines, actions } = await portfolio.reply("growth");
    expect(plain(lines)).toEqual([
      "What added most:",
      "New +€700: new, first bought 1 Sep 2025",
      "Grown +€500: spends 50.0 % more",
      "Back +€250: nothing the year before, first bought 1 Jan 2023",
      "What took most away:",
      "Smaller −€600: spends 75.0 % less",
      "Gone −€300: nothing instead of €300, last bought 1 Mar 2025",
      "Credited −€140: credits instead of €100, last bought 1 Apr 2025",
      "Refund −€60: credits without purchases",
    ]);
    const choices = actions?.flatMap((action) => (action.kind === "choose" ? action.choices : []));
    expect(choices?.[0]).toEqual({ label: "New", line: `account "id:${accountId("7")}"` });
    expect(choices).toHaveLength(7);
  });

  test("is bars from one year to the next where that is asked for", async () => {
    const { charts: [chart] = [], table } = await portfolio.reply("growth chart");
    expect(table).toBeUndefined();
    expect(chart).toMatchObject({
      kind: "bar",
      categories: "Year before,Expanded,Contracted,Lost,Returned,New,Credits only,This year".split(","),
      series: [{ values: [260_000, 50_000, -60_000, -44_000, 25_000, 70_000, -6_000, 295_000] }],
    });
  });

  test("explains every word where that is asked for", async () => {
    const { lines, actions } = await portfolio.reply("growth explain");
    expect(plain(lines)?.join(" ")).toMatch(/Net revenue retention: .* Lost: .* Credit notes and refunds/);
    expect(actions).toContainEqual({ kind: "run", label: "Table", line: "growth" });
  });

  test("of a selection it is the selection's own", async () => {
    const { headline, data } = await portfolio.reply("growth owner:ann");
    expect(headline).toContain("Spend fell 16.0 % year on year");
    expect(headline).toContain("(owner:ann)");
    expect(data).toMatchObject({ yearBefore: { amount: 250_000 }, thisYear: { amount: 210_000 } });
  });

  test("without a year before it says what there is", async () => {
    const { headline, facts } = await portfolio.reply("growth industry:steel");
    expect(headline).toBe(
      "€640 in twelve months, and nothing in the year before to compare with (industry:steel)",
    );
    expect(facts?.map(({ label }) => label)).toEqual(["This year", "Year before", "Difference"]);
  });

  test("nobody at all is answered too", async () => {
    const { headline, table, data } = await portfolio.reply("growth cohort:2019");
    expect(headline).toBe("Nothing was bought in the last two years (cohort:2019)");
    expect(table).toBeUndefined();
    expect(data).toMatchObject({ changeShare: null, netRetention: null, grossRetention: null });
  });

  test("is downloaded as its bridge, and shared as it was seen", async () => {
    const { data, actions } = await portfolio.reply("growth");
    expect(exportCsv(data)).toContain("lost,2,400.00,EUR,-40.00,EUR,-440.00,EUR");
    const { id } = await portfolio.snapshot();
    expect(actions).toContainEqual({ kind: "share", label: "Share", line: `growth snapshot:${id}` });
  });

  test.each([
    ["growth banana", 'I do not understand "banana"'],
    ["growth fy:2026", '"fy:2026" does not fit here'],
  ])("%s is explained", async (line, sentence) => {
    expect((await portfolio.mistake(line)).message).toContain(sentence);
  });
});

test("data that begins within the year before says so", async () => {
  const asked = await openAsked();
  await asked.import({
    companies: [company("1", "Acme")],
    deals: [deal("1", "1", "50.00", "2025-02-01"), deal("2", "1", "500.00", "2026-06-30")],
  });
  const { headline, notes } = await asked.reply("growth");
  expect(headline).toBe(
    "€500 in twelve months; of the year before only what came from 1 Feb 2025 on is known",
  );
  expect(notes?.[0]).toBe(
    "Purchases are known from 1 Feb 2025 on, so the year before (from 1 Jul 2024) is not whole: growth looks better than it is.",
  );
  expect((await portfolio.reply("growth")).notes?.join(" ")).not.toContain("not whole");
});

test("a snapshot of before growth was kept says so", async () => {
  const asked = await openSmallPortfolio();
  await rawRows("UPDATE account_standing SET purchase_days = 0 WHERE workspace_id = $1", [asked.id]);
  expect((await asked.mistake("growth")).message).toContain("was made before growth was kept");
  expect((await asked.reply("cohorts")).facts?.map(({ label }) => label)).not.toContain("Bought again");
});

test("whoever sees some accounts reads of those alone", async () => {
  const asked = await openGrowth();
  await asked.reply("settings visibility own");
  const { data, lines, notes } = await asked.reply("growth", {
    viewer: { workspaceId: asked.id, standing: "member", email: "ann@example.com" },
  });
  expect(data).toMatchObject({ yearBefore: { amount: 250_000 }, thisYear: { amount: 210_000 } });
  expect(plain(lines)?.join(" ")).not.toMatch(/New|Back|Refund|Credited/);
  expect(notes?.[0]).toContain("over the accounts that you may see");
});
