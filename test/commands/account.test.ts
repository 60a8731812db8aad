import { beforeAll, describe, expect, test } from "vitest";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
});

describe("account", () => {
  test("shows a customer's card", async () => {
    const { headline, facts, data } = await portfolio.reply("account alder");
    expect(headline).toBe("Alder GmbH: tier A, €5,000 spent");
    expect(Object.fromEntries((facts ?? []).map(({ label, value }) => [label, value]))).toEqual({
      Tier: "A",
      Spend: "€5,000, +€4,000 in 90 days",
      Place: "1 of 10, 50.0 % of spend",
      "Customer since": "1 Sep 2025 (2025Q3)",
      "Last purchase": "15 May 2026",
      Owner: "Ann Archer, North",
      "Open deals": "1, €700",
      Won: "2 of 2 closed deals (100.0 %)",
      "Products owned": "Pump €4,000, Flow Meter €1,000",
      Industry: "Retail",
      Region: "Germany",
      Channel: "Partner",
      "Lifetime value": expect.stringMatching(/^€\d+ margin expected in 36 months \(€0 to €[\d.]+k\)$/),
      "Share of estimated potential": "100.0 % of €2k margin a year (€2k to €2.9k)",
      "Chance to win them": "92 % (78 % to 98 %), as often as all deals are",
      "Likely still a customer": "the data does not tell",
      Scores: "recency 5, frequency 5, money 5, of 5",
    });
    expect(data).toMatchObject({
      tier: "A",
      value: { amount: 500_000, currency: "EUR" },
      previousValue: { amount: 100_000, currency: "EUR" },
      owner: { name: "Ann Archer", email: "ann@example.com", team: "North" },
      missing: [],
    });
  });

  test("shows a prospect as one", async () => {
    const { headline, data } = await portfolio.reply("account Koa");
    expect(headline).toBe("Koa GmbH: a prospect, nothing bought yet");
    expect(data).toMatchObject({ tier: null, value: null, lost: { opportunities: 1 } });
  });

  test.each(["ALDER gmbh", "Alder  GmbH", "aldergmbh", "alder", "lder"])("%s is found", async (typed) => {
    expect((await portfolio.reply(`account ${typed}`)).headline).toContain("Alder GmbH");
  });

  test("a near miss offers the closest accounts, which open by id", async () => {
    const { message, suggestions } = await portfolio.mistake("account Aldre");
    expect(message).toBe('No single account is called "Aldre". Did you mean one of these?');
    expect(suggestions[0]?.label).toBe("Alder GmbH");
    expect((await portfolio.reply(suggestions[0]?.line ?? "")).headline).toContain("Alder GmbH");
  });

  test("several matches are offered, none is guessed", async () => {
    const { suggestions } = await portfolio.mistake("account gmbh");
    expect(suggestions).toHaveLength(5);
  });

  test("a control character in the line is only a space", async () => {
    expect((await portfolio.reply("account\u0000alder\u0007gmbh\u0000")).headline).toContain("Alder GmbH");
  });

  test("nothing like it, no name, and an id from nowhere are explained", async () => {
    expect((await portfolio.mistake("account qqqqqq")).message).toContain("or anything like it");
    expect((await portfolio.mistake("account")).message).toBe("Which account? Usage: `account <name>`.");
    const stray = 'account "id:00000000-0000-4000-8000-000000000000"';
    expect((await portfolio.mistake(stray)).message).toContain("gone");
  });
});
