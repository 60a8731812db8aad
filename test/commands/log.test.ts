import { beforeAll, describe, expect, test } from "vitest";
import { idOf, type OfferPortfolio, openOfferPortfolio } from "../helpers/offer-portfolio.ts";
import { accountId } from "../helpers/workspace.ts";

let portfolio: OfferPortfolio;
beforeAll(async () => {
  portfolio = await openOfferPortfolio();
});

const numberOf = (data: unknown) => (data as { interactionId: number }).interactionId;

describe("what is logged", () => {
  test("is noted once, with its hours, and shows in the list and the total", async () => {
    const line = "log acorn call on yesterday hours 1.5 because <!channel> they want a quote";
    const done = await portfolio.say("ann", line);
    expect(done.headline).toBe("Noted: call with Acorn on 30 Oct 2026, 1.5 h");
    expect(done.lines).toEqual([["Note: ", "<!channel> they want a quote"]]);
    expect(done.facts).toEqual([
      { label: "Lately", value: "1 entry in 90 days, 1.5 h (hours known for 1 of 1)" },
    ]);
    expect(done.data).toMatchObject({
      kind: "call",
      onDay: "2026-10-30",
      hours: 1.5,
      hoursKnown: true,
      changed: true,
    });
    expect(done.actions?.map(({ label }) => label)).toEqual(["Take back", "Timeline", "Open account"]);

    const before = await portfolio.dump();
    const again = await portfolio.say("ann", line);
    expect(again.headline).toBe(
      "Nothing changes: this call with Acorn on 30 Oct 2026 is noted already, 1.5 h",
    );
    const other = await portfolio.say("ann", line.replace("hours 1.5", "hours 2"));
    expect(other.lines).toContainEqual([
      expect.stringMatching(/^To change it, take it back and log it anew/),
    ]);
    expect(await portfolio.dump()).toEqual(before);

    await portfolio.say("bob", line);
    await portfolio.say("ann", "log acorn meeting on 2026-07-01");
    const shown = await portfolio.say("ann", `log ${idOf("Acorn")}`);
    expect(shown.headline).toBe("Acorn: 2 entries in 90 days, 3 h (hours known for 2 of 2)");
    expect(shown.data).toMatchObject({
      total: 2,
      rows: [
        { by: "bob@example.com", kind: "call" },
        { by: "ann@example.com", kind: "call" },
      ],
    });
    // Ann takes back what is hers.
    expect(shown.actions).toContainEqual({
      kind: "choose",
      label: "Take one back",
      choices: [{ label: "30 Oct 2026: call", line: `log back ${numberOf(done.data)}` }],
    });
  });

  test("has the usual hours where nobody types them, and says so", async () => {
    const { headline, facts } = await portfolio.say("ann", "log almond visit");
    expect(headline).toBe("Noted: visit with Almond on 31 Oct 2026, 4 h (usual)");
    await portfolio.say("ann", "log almond survey score 9 hours 0");
    expect(facts?.[0]?.value).toBe("1 entry in 90 days, 4 h (hours known for 0 of 1)");
    const { data } = await portfolio.say("ann", "log almond");
    expect(data).toMatchObject({
      hours: 4,
      hoursKnownFor: 1,
      rows: [{ kind: "survey", score: 9 }, { kind: "visit" }],
    });
  });

  test("is taken back by whoever noted it or a manager, and nobody else", async () => {
    const first = numberOf((await portfolio.say("ann", "log basil call")).data);
    const second = numberOf((await portfolio.say("ann", "log basil meeting")).data);
    expect(await portfolio.refused("bob", `log back ${first}`)).toBe(
      "Only whoever noted it, or a manager, takes it back.",
    );
    expect((await portfolio.say("ann", `log back ${first}`)).headline).toBe(
      "Taken back: call with Basil on 31 Oct 2026",
    );
    expect((await portfolio.say("ann", `log back ${first}`)).headline).toMatch(/^Nothing changes/);
    await portfolio.say("mia", `log back ${second}`);
    expect((await portfolio.say("ann", "log basil")).headline).toBe(
      "Nothing was logged with Basil in 90 days",
    );
    expect(await portfolio.refused("ann", "log back 999999")).toBe(
      "There is no entry 999999 among those that you may see.",
    );
    // What was taken back may be logged again.
    expect((await portfolio.say("ann", "log basil call")).headline).toMatch(/^Noted/);
  });
});

describe("a complaint", () => {
  const holds = () => portfolio.reads.holds(accountId("3"));

  test("stops offers until it is closed, once however many there are", async () => {
    const done = await portfolio.say("ann", "log apple complaint because the pump leaks");
    expect(done.lines).toContainEqual([expect.stringMatching(/^Offers stop for this account/)]);
    const second = await portfolio.say("bob", "log apple complaint because it still leaks");
    expect(second.lines).toContainEqual([
      expect.stringMatching(/^Offers are stopped for this account already/),
    ]);
    expect(await holds()).toMatchObject([
      { kind: "complaint", reason: "the pump leaks", by: "ann@example.com", ended: undefined },
    ]);
    expect((await portfolio.say("ann", 'pitch "Anything"')).lines).toContainEqual(
      expect.arrayContaining(["Held back: ", "Apple"]),
    );
    const closed = await portfolio.say("bob", "log apple complaint closed hours 2 because a new pump");
    expect(closed.headline).toBe("Complaint of Apple closed");
    expect(closed.data).toMatchObject({ kind: "note", hours: 2, note: "a new pump" });
    expect(await holds()).toMatchObject([{ ended: { by: "bob@example.com" } }]);
    expect((await portfolio.say("bob", "log apple complaint closed")).headline).toBe(
      "Nothing changes: nobody keeps a complaint of Apple open",
    );
    const { data } = await portfolio.say("ann", "log apple");
    expect(data).toMatchObject({
      rows: [
        { kind: "note", note: "Complaint closed: a new pump" },
        { kind: "complaint", note: "it still leaks" },
        { kind: "complaint", note: "the pump leaks" },
      ],
    });
  });

  test("that is taken back no longer stops offers, and leaves what somebody else said", async () => {
    const of = () => portfolio.reads.holds(accountId("4"));
    const own = numberOf((await portfolio.say("ann", "log apricot complaint")).data);
    expect(await of()).toMatchObject([{ reason: "no details given", ended: undefined }]);
    await portfolio.say("ann", `log back ${own}`);
    expect(await of()).toMatchObject([{ ended: { by: "ann@example.com" } }]);
    await portfolio.say("bob", "hold apricot complaint because he called me");
    const later = numberOf((await portfolio.say("ann", "log apricot complaint")).data);
    await portfolio.say("ann", `log back ${later}`);
    expect((await of())[0]).toMatchObject({ by: "bob@example.com", ended: undefined });
  });
});

test("an account that is called as a kind is found, and a near miss keeps what was typed", async () => {
  const answer = await portfolio.ask("log acorrn call hours 2 because of rain");
  expect(answer).toMatchObject({
    ok: false,
    suggestions: [{ label: "Acorn", line: `log ${idOf("Acorn")} "call" "hours" "2" "because" "of" "rain"` }],
  });
  const [suggestion] = answer.ok ? [] : answer.suggestions;
  expect((await portfolio.say("ann", suggestion?.line ?? "")).headline).toBe(
    "Noted: call with Acorn on 31 Oct 2026, 2 h",
  );
});

test.each([
  ["log", /^Say which account, and what happened/],
  ["log acorn call on 2026-11-01", /^2026-11-01 is still to come\. Note what has happened/],
  ["log acorn call on 1969-12-31", /^1969-12-31 is too long ago/],
  ["log acorn call on soon", /^"soon" is no day/],
  ["log acorn call hours 25", /^A day has 24 hours\. Say 0 to 24, such as 1\.5/],
  ["log acorn survey score 11", /^A survey's score is a whole number from 0 to 10/],
  ["log acorn call score 9", /^Only a survey has a score/],
  ["log acorn call they called", /^I do not understand "they called" here\. Put `because` before/],
  ["log acorn call they want a meeting", /^I do not understand "they want a meeting" here/],
  ["log acorn purchase", /^Purchases come with imported invoices, payments and deals/],
  ["log acorn offer response", /^Answers to offers are noted with the offer/],
  ["log zzz call", /^No account is called "zzz"/],
])("%s is refused with what would be right", async (line, sentence) => {
  const before = await portfolio.dump();
  expect(await portfolio.refused("ann", line)).toMatch(sentence);
  expect(await portfolio.dump()).toEqual(before);
});
