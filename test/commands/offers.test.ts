import { beforeAll, expect, test } from "vitest";
import { type OfferPortfolio, openOfferPortfolio } from "../helpers/offer-portfolio.ts";
import { openAsked } from "../helpers/small-portfolio.ts";

let portfolio: OfferPortfolio;
beforeAll(async () => {
  portfolio = await openOfferPortfolio();
});

test("while none was started it says who starts one, and how", async () => {
  const rep = await portfolio.say("ann", "offers");
  expect(rep.headline).toBe("No offer was started yet");
  expect(rep.lines?.[0]?.[0]).toBe("A manager starts one; you can preview whom it would go to: ");
  expect((await portfolio.say("mia", "offers")).lines?.[0]?.[0]).toBe(
    "Start one, and see whom to pitch it to: ",
  );
  const empty = await openAsked();
  expect((await empty.mistake("offers")).message).toContain("Nothing is imported yet");
});

test("lists them with waves and results against what was expected, the newest first", async () => {
  await portfolio.say("mia", 'pitch "First" value 1000');
  await portfolio.say("mia", 'pitch "Second" value 1000');
  await portfolio.say("ann", "offer First outcome apple won amount 2000 hours 4");
  await portfolio.say("mia", "offer Second close because it was too early");
  // Apple answered one offer, so it rests from the other.
  const { headline, table, data, actions } = await portfolio.say("ann", "offers");
  expect(headline).toBe("2 offers, 1 running");
  expect(table?.rows.map((row) => row.map(({ text }) => text).slice(0, 6))).toEqual([
    ["Second", "31 Oct 2026", "closed", "0 of 21", "0", "€0"],
    ["First", "31 Oct 2026", "A open, B planned, C planned, lookalikes planned", "1 of 22", "1", "€800"],
  ]);
  expect(data).toMatchObject({
    rows: [
      { offer: "Second", closed: true, margin: { amount: 0 }, marginPerHour: null },
      {
        offer: "First",
        closed: false,
        resolved: 1,
        won: 1,
        margin: { amount: 80_000, currency: "EUR" },
        marginPerHour: { amount: 20_000, currency: "EUR" },
      },
    ],
  });
  expect(actions).toContainEqual({
    kind: "choose",
    label: "Open an offer",
    choices: [
      { label: "Second", line: 'offer "Second"' },
      { label: "First", line: 'offer "First"' },
    ],
  });
});
