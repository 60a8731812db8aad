import { beforeAll, expect, test } from "vitest";
import { type OfferPortfolio, openOfferPortfolio } from "../helpers/offer-portfolio.ts";
import { openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { company, deal } from "../helpers/workspace.ts";

let portfolio: OfferPortfolio;
beforeAll(async () => {
  portfolio = await openOfferPortfolio();
});

test("tells what A accounts have in common, tested against chance, with what to make of it", async () => {
  const small = await openSmallPortfolio();
  const { headline, lines, table, notes, data } = await small.reply("profile");
  // Of the three A accounts all are sold to by partners, of the seven others none: 1 of 120 draws puts them so.
  expect(headline).toBe(
    "Channel: Partner is what tells A accounts most from others: 100.0 % of them against 0.0 %",
  );
  expect(lines).toEqual([
    [
      "So design the offer for accounts like that (Channel: Partner): A accounts get it first, and prospects that resemble A last.",
    ],
  ]);
  expect(table?.rows[0]?.map(({ text }) => text)).toEqual([
    "Channel: Partner",
    "100.0 % (3 of 3)",
    "0.0 % (0 of 7)",
    "nobody else",
    "no",
  ]);
  expect(notes?.[0]).toMatch(
    /^\d+ traits tested against chance \(Fisher's exact test, one-sided; Benjamini-Hochberg at 5 %\)/,
  );
  const rows = (data as { rows: readonly { chance: number; isSignificant: boolean }[] }).rows;
  expect(rows[0]?.chance).toBeCloseTo(1 / 120, 9);
  expect(rows.filter(({ isSignificant }) => isSignificant)).toHaveLength(1);
});

test("says so when nothing stands out", async () => {
  const { headline, lines } = await portfolio.say("ann", "profile A");
  expect(headline).toBe("Nothing tells the 12 A accounts from the others: what differs may be chance");
  expect(lines?.[0]?.[0]).toContain("what you know of these accounts by name");
});

test("has nothing to compare where there is one account, and none of a tier", async () => {
  const alone = await openAsked();
  await alone.import({ companies: [company("1", "Solo")], deals: [deal("1", "1", "10.00", "2026-10-01")] });
  expect((await alone.reply("profile A")).headline).toBe(
    "Every account is A: there are no others to compare with",
  );
  expect((await alone.reply("profile tier B")).headline).toBe("There is no B account to look at");
});

test("does not go with what is no tier, and needs data", async () => {
  expect(await portfolio.refused("ann", "profile E")).toContain('I do not understand "E"');
  const empty = await openAsked();
  expect((await empty.mistake("profile A")).message).toContain("Nothing is imported yet");
});
