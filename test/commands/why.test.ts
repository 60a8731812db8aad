import { beforeAll, expect, test } from "vitest";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
});

test("explains a tier by rule, place, move and purchases", async () => {
  const { headline, lines, table, data } = await portfolio.reply("why dogwood");
  expect(headline).toBe("Dogwood GmbH is B: between 80 % and 95 % of cumulative spend");
  const text = (lines ?? []).map((line) =>
    line.map((span) => (typeof span === "string" ? span : span.text)).join(""),
  );
  expect(text).toEqual([
    "It spent €800 in the 24 months to 30 Jun 2026: rank 4 of 10, 8.0 % of spend. With everybody above it that makes 90.0 %.",
    "The smallest A account spent €400 more.",
    "On 1 Apr 2026 it was A with €800 (– since).",
    "• fell from A",
    "• 1 purchase, last 10 Jan 2026",
    "• B by spend, A by lifetime value",
    "• new: first bought 10 Jan 2026, 1 purchase so far",
    expect.stringMatching(/^• 0\.1 purchases expected in 12 months, €\d+ margin$/),
  ]);
  expect(table?.rows.map((row) => row.map(({ text: cell }) => cell))).toEqual([
    ["Deal 5", "–", "€800", "10 Jan 2026"],
  ]);
  expect(data).toMatchObject({
    tier: "B",
    previousTier: "A",
    rank: 4,
    share: 0.08,
    cumulativeShare: 0.9,
    nextTier: { tier: "A", behind: { amount: 40_000, currency: "EUR" } },
  });
});

test("an account that bought nothing in the window is D and says so", async () => {
  const { headline, data } = await portfolio.reply("why juniper");
  expect(headline).toBe("Juniper GmbH is D: it bought nothing in the window");
  expect(data).toMatchObject({ tier: "D", reasons: [{ code: "inactive", lastWonOn: "2023-06-01" }] });
});

test("a prospect has no tier", async () => {
  expect((await portfolio.reply("why larch")).headline).toBe(
    "Larch GmbH has no tier: it never bought anything",
  );
});

test("the top account has nothing above it", async () => {
  expect((await portfolio.reply("why alder")).data).toMatchObject({ tier: "A", nextTier: null });
});
