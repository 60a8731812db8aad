import { beforeAll, describe, expect, test } from "vitest";
import { addDays } from "../../src/core/calendar.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { type CsvRow, company, deal, rawRows, user } from "../helpers/workspace.ts";

interface Row {
  readonly product: string;
  readonly won: number;
  readonly closed: number;
  readonly ease: string;
  readonly medianDays: number | null;
}

const asOf = "2026-06-30";
/** Of 100 deals about each product so many are won; of the old pump, all with shops. */
const wins = { "Flow Meter": 50, "GTX Pro": 85, Hose: 48, "Old Pump": 50 } as const;

/** A deal every six days for each product, lost after 10 days or won after 20 to 40. */
function deals(): readonly CsvRow[] {
  return Object.entries(wins).flatMap(([product, won], place) =>
    Array.from({ length: 100 }, (_, index) => {
      const created = addDays("2024-08-01", index * 6);
      const isShop = index % 2 === 0;
      const isWon = product === "Old Pump" ? isShop && index / 2 < won : (index * 37) % 100 < won;
      const took = isWon ? 20 + (index % 21) : 10;
      return deal(
        `${place}-${index}`,
        isShop ? "1" : "2",
        product === "Hose" ? "90.00" : "100.00",
        addDays(created, took),
        {
          "Deal Stage": isWon ? "Closed Won" : "Closed Lost",
          "Create Date": created,
          "Deal owner": index % 3 === 0 ? "Ann Archer" : "Bob Baker",
          Product: product,
        },
      );
    }),
  );
}

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openAsked();
  await portfolio.import({
    companies: [
      company("1", "Alder GmbH", {
        Industry: "Retail",
        "Country/Region": "Austria",
        "Company owner": "Ann Archer",
      }),
      company("2", "Birch GmbH", {
        Industry: "Banking",
        "Country/Region": "Austria",
        "Company owner": "Bob Baker",
      }),
    ],
    users: [user("Ann Archer", "ann@example.com", "North"), user("Bob Baker", "bob@example.com", "South")],
    deals: [
      ...deals(),
      deal("open", "1", "100.00", "2026-12-01", {
        "Deal Stage": "Contract Sent",
        "Create Date": "2026-06-01",
        Product: "Hose",
      }),
      deal("nameless", "1", "100.00", asOf, { "Create Date": "2026-02-01" }),
    ],
  });
  await rawRows("UPDATE deal SET list_minor = 10000 WHERE workspace_id = $1 AND product_id IS NOT NULL", [
    portfolio.id,
  ]);
});

const rowsOf = async (line: string) =>
  ((await portfolio.reply(line, { rows: "all" })).data as { rows: readonly Row[] }).rows;

describe("products", () => {
  test("stand by how easily they are sold, with what the deals themselves say", async () => {
    const { headline, lines = [], table, notes = [] } = await portfolio.reply("products");
    expect(headline).toBe(
      "GTX Pro is easier to sell than the others: 85.0 % of 100 deals are won (79.9 to 89.0 %); Hose is harder to sell than the others: 48.0 % of 100 deals are won (41.7 to 54.4 %); 58.3 % overall",
    );
    expect(table?.rows.map(([product, rate]) => [product?.text, rate?.text])).toEqual([
      ["GTX Pro", "85 % (80–89), 85 of 100"],
      ["Flow Meter", "50 % (44–56), 50 of 100"],
      ["Old Pump", "50 % (44–56), 50 of 100"],
      ["Hose", "48 % (42–54), 48 of 100"],
    ]);
    expect(lines.flat()).toContain("Hose is sold with more of a discount than the others: 10.0 %.");
    expect(lines.flat().at(-1)).toBe(
      "Old Pump is won more often with industry Retail: 100.0 % of 50 deals, with others 0.0 %.",
    );
    expect(notes).toContain("1 deal of them names no product.");
    expect(notes.join(" ")).toContain("No acquisition costs are known");
    // By days, medians of the wins as they were made.
    const took = Array.from({ length: 100 }, (_, index) => index)
      .filter((index) => (index * 37) % 100 < wins["GTX Pro"])
      .map((index) => 20 + (index % 21))
      .sort((one, other) => one - other);
    expect(await rowsOf("products")).toContainEqual(
      expect.objectContaining({
        product: "GTX Pro",
        won: 85,
        closed: 100,
        ease: "above",
        medianDays: took[42],
      }),
    );
  });

  test("are those easier, or those harder, alone", async () => {
    expect((await rowsOf("products easiest")).map(({ product }) => product)).toEqual(["GTX Pro"]);
    expect((await rowsOf("products harder")).map(({ product }) => product)).toEqual(["Hose"]);
    const { headline } = await portfolio.reply("products easier industry:banking owner:ann");
    expect(headline).toMatch(/^No product is clearly easier .* \(owner:ann industry:banking\)$/);
  });

  test("heed what filters say of the deals", async () => {
    const retail = await rowsOf("products industry:retail");
    expect(retail[0]).toMatchObject({ product: "Old Pump", won: 50, closed: 50 });
    const anns = await rowsOf("products owner:ann");
    expect(anns.map(({ closed }) => closed)).toEqual([34, 34, 34, 34]);
    const year = await rowsOf("products fy:2025");
    // 61 of the 100 began in 2025, every sixth day.
    expect(year.map(({ closed }) => closed)).toEqual([61, 61, 61, 61]);
    expect((await portfolio.reply("products since 30d")).headline).toBe(
      "Too early: no deal is old enough to tell how easily products are sold (since 30d)",
    );
  });

  test("of which one is asked for have a card, quarter by quarter", async () => {
    const { headline, facts = [], table, data } = await portfolio.reply("products gtxpro");
    expect(headline).toBe(
      "GTX Pro: 85.0 % of 100 deals are won (79.9 to 89.0 %); against the others: easier, less discount",
    );
    expect(facts.map(({ label, value }) => `${label}: ${value}`)).toEqual(
      expect.arrayContaining([
        "Won in the window: 85 deals, €8,500",
        "Discount: 0.0 % of list price (0.0 to 0.0 %), of 85 won deals",
        "Cost of acquisition: not known",
      ]),
    );
    const { rows } = data as { rows: readonly { won: number; lost: number }[] };
    expect(rows.reduce((sum, { won, lost }) => sum + won + lost, 0)).toBe(100);
    expect(table?.rows).toHaveLength(rows.length);
    const hose = await portfolio.reply("products hose");
    expect(hose.table?.rows[0]?.[1]?.text).toBe("too early");
  });

  test("that nobody knows are offered as those that come near", async () => {
    const { message, suggestions } = await portfolio.mistake("products gtx prx industry:retail");
    expect(message).toBe('No single product is called "gtx prx". Did you mean one of these?');
    expect(suggestions[0]?.label).toBe("GTX Pro");
    const { headline } = await portfolio.reply(suggestions[0]?.line ?? "");
    expect(headline).toMatch(/^GTX Pro: 86.0 % of 50 deals .*\(industry:retail\)$/);
  });

  test("have a chart, and say how they are told apart", async () => {
    const { charts = [] } = await portfolio.reply("products chart");
    expect(charts[0]).toMatchObject({
      kind: "bar",
      categories: ["GTX Pro", "Flow Meter", "Old Pump", "Hose"],
    });
    expect(charts[0]?.series[0]?.values).toEqual([0.85, 0.5, 0.5, 0.48]);
    const { lines = [] } = await portfolio.reply("products explain");
    expect(lines.flat().join(" ")).toMatch(/chi-square.*empirical Bayes/);
  });
});
