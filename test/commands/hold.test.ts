import { beforeAll, describe, expect, test } from "vitest";
import { idOf, type OfferPortfolio, openOfferPortfolio } from "../helpers/offer-portfolio.ts";

let portfolio: OfferPortfolio;
beforeAll(async () => {
  portfolio = await openOfferPortfolio();
});

describe("a hold", () => {
  test("keeps an account out of new offers and running ones, with its reason, until it is taken back", async () => {
    await portfolio.say("mia", 'pitch "Running"');
    const done = await portfolio.say(
      "ann",
      "hold apple overdue until 2026-12-31 because <!channel> two invoices",
    );
    expect(done.headline).toBe("Apple is kept out of offers until 31 Dec 2026: overdue payment");
    expect(done.lines).toEqual([["Because: ", "<!channel> two invoices"]]);
    expect(done.actions).toContainEqual({
      kind: "run",
      label: "Take back: overdue payment",
      line: `hold ${idOf("Apple")} overdue none`,
      style: "danger",
    });
    for (const line of ['pitch "Running"', 'pitch "Another"']) {
      const { lines } = await portfolio.say("ann", line);
      expect(lines).toContainEqual([
        "Held back: ",
        "Apple",
        " (",
        "overdue payment until 31 Dec 2026: <!channel> two invoices",
        ")",
      ]);
    }
    expect((await portfolio.say("bob", "account apple")).facts).toContainEqual({
      label: "Kept out of offers",
      value: expect.stringMatching(
        /^overdue payment until 31 Dec 2026, said by ann@example\.com on .*: <!channel> two invoices$/,
      ),
    });
    expect((await portfolio.say("bob", "hold apple")).headline).toBe(
      "Apple is kept out of offers: overdue payment",
    );
    expect((await portfolio.say("bob", "hold apple overdue none")).headline).toBe(
      "Apple is no longer kept out of offers for this: overdue payment",
    );
    expect((await portfolio.say("bob", "hold apple overdue none")).headline).toMatch(/^Nothing changes/);
    const { headline, data } = await portfolio.say("bob", "hold apple");
    expect(headline).toBe("Nobody keeps Apple out of offers");
    expect(data).toMatchObject({
      rows: [{ kind: "overdue", until: "2026-12-31", by: "ann@example.com", endedBy: "bob@example.com" }],
    });
    expect(JSON.stringify((await portfolio.say("ann", 'pitch "Running"')).lines)).not.toContain("Held back");
  });

  test("is the same when it is said twice", async () => {
    const line = "hold clover opted-out because they wrote so";
    expect((await portfolio.say("ann", line)).headline).toBe(
      "Clover is kept out of offers: opted out of offers",
    );
    expect((await portfolio.say("ann", line)).headline).toBe(
      "Nothing changes: Clover is kept out for that already",
    );
  });
});

test.each([
  ["hold", /^Say which account/],
  ["hold complaint", /^No account is called "complaint"/],
  ["hold apple complaint", /^Say why, so that others understand it/],
  ["hold apple complaint until soon because so", /^"soon" is no day\. Write it as YYYY-MM-DD/],
  ["hold apple complaint until 2026-10-30 because so", /^2026-10-30 is over/],
  ["hold apple complaint for ever because so", /^I do not understand "for ever" here/],
  ["hold zzz complaint because so", /^No account is called "zzz"/],
])("%s is refused with what would be right", async (line, sentence) => {
  const before = await portfolio.dump();
  expect(await portfolio.refused("ann", line)).toMatch(sentence);
  expect(await portfolio.dump()).toEqual(before);
});
