import { beforeAll, describe, expect, test } from "vitest";
import { renderTerminal } from "../../src/terminal.ts";
import { idOf, type OfferPortfolio, openOfferPortfolio } from "../helpers/offer-portfolio.ts";
import { openAsked } from "../helpers/small-portfolio.ts";

let portfolio: OfferPortfolio;
/** Every test has an offer of its own. */
let count = 0;
async function startOffer(terms = ""): Promise<string> {
  count += 1;
  const name = `Offer ${count}`;
  await portfolio.say("mia", `pitch "${name}" value 1000 ${terms}`);
  return `offer "${name}"`;
}
const people = async (userId: string) =>
  ({
    U1: { name: "Bob", email: "BOB@example.com", standing: "member" as const },
    U2: { name: "Zoe", email: "zoe@example.com", standing: "member" as const },
    U3: { name: "Gast", email: "gast@example.com" },
    U4: { name: "Mute" },
  })[userId];

beforeAll(async () => {
  portfolio = await openOfferPortfolio();
  await portfolio.reply("settings offer-rest-days 0");
});

describe("claiming", () => {
  test("is for what nobody holds, ends by itself, and others are told who has it until when", async () => {
    const offer = await startOffer();
    const done = await portfolio.say("ann", `${offer} claim ${idOf("Anise")}`);
    expect(done.headline).toBe("Anise is yours until 3 Nov 2026, 12:00");
    expect((await portfolio.say("ann", `${offer} claim ${idOf("Anise")}`)).headline).toMatch(
      /^Nothing changes: Anise in "Offer \d+" is held by Ann Archer until 3 Nov 2026, 12:00 already$/,
    );
    expect(await portfolio.refused("bob", `${offer} claim anise`)).toBe(
      "Ann Archer holds Anise until 3 Nov 2026, 12:00: wait until then, or ask them or a manager to hand it over.",
    );
    expect(await portfolio.refused("bob", `${offer} claim apple`)).toBe(
      "Ann Archer holds Apple: ask them to hand it over, or a manager to assign it.",
    );
    const held = (await portfolio.say("ann", offer)).data;
    expect(held).toMatchObject({ free: 3 + 4 + 4 + 2 - 0 });
  });

  test("waits for its wave", async () => {
    const offer = await startOffer("B by 2026-12-15");
    expect(await portfolio.refused("ann", `${offer} claim basil`)).toBe(
      "Wave B is not open yet. Wave B opens when at least 80 % of A is resolved, or on 15 Dec 2026. A manager can open it before.",
    );
    const opened = await portfolio.say("mia", `${offer} open B because they ask for it`);
    expect(opened.headline).toBe("Wave B is open now");
    expect(renderTerminal(opened)).toContain("Wave B is open: mia@example.com decided so: they ask for it");
    expect((await portfolio.say("ann", `${offer} claim basil`)).headline).toMatch(/^Basil is yours/);
    await portfolio.say("mia", `${offer} pause B`);
    expect(await portfolio.refused("bob", `${offer} claim beech`)).toBe(
      "Wave B is paused (mia@example.com decided so: decided by hand). A manager can resume it.",
    );
    expect(await portfolio.refused("mia", `${offer} resume B`)).toMatch(/^Say why/);
    expect((await portfolio.say("mia", `${offer} resume B because we hear good things`)).headline).toBe(
      "Wave B goes on against the stop rule, which stays silent for a while",
    );
    expect((await portfolio.say("bob", `${offer} claim beech`)).headline).toMatch(/^Beech is yours/);
  });

  test("leaves out who is held back, and says why and how long", async () => {
    const offer = await startOffer();
    await portfolio.say("ann", "hold arnica complaint until 2026-12-31 because the pump leaks");
    expect(await portfolio.refused("bob", `${offer} claim arnica`)).toBe(
      "Arnica is held back: open complaint until 31 Dec 2026: the pump leaks. Pitch it when that is over.",
    );
    expect(renderTerminal(await portfolio.say("bob", `${offer} account arnica`))).toContain(
      "Held back: open complaint until 31 Dec 2026: the pump leaks",
    );
    await portfolio.say("bob", "hold arnica complaint none");
    expect((await portfolio.say("bob", `${offer} claim arnica`)).headline).toMatch(/^Arnica is yours/);
  });
});

describe("handing over", () => {
  test.each([
    ["ann", "Ann Archer"],
    ["<@U1|bob>", "Bob Baker"],
    ["<@U2>", "Zoe"],
    ["me", "mia@example.com"],
  ])("a manager assigns to %s", async (to, holder) => {
    const offer = await startOffer();
    const { headline, data } = await portfolio.say("mia", `${offer} assign ${idOf("Aloe")} to ${to}`, {
      people,
    });
    expect(headline).toBe(`Aloe is with ${holder} now`);
    expect(data).toMatchObject({ status: "held", holder, heldUntil: null });
  });

  test("a rep hands over what they hold, and nothing else", async () => {
    const offer = await startOffer();
    const { headline } = await portfolio.say("ann", `${offer} hand-over apple to Bob Baker`);
    expect(headline).toBe("Apple is with Bob Baker now");
    expect(await portfolio.refused("ann", `${offer} hand-over apple to ann`)).toMatch(
      /^Bob Baker holds Apple/,
    );
    expect(await portfolio.refused("ann", `${offer} assign aloe to ann`)).toMatch(/^Only whoever holds Aloe/);
  });

  test.each([
    ["zoe", 'There is no rep "zoe". There is Ann Archer, Bob Baker.'],
    ["<@U3>", "Gast is no full member of this workspace, and no rep in the imported data."],
    ["<@U4>", "Slack does not tell me this person's address. Write a rep's name instead."],
  ])("to %s is refused with a sentence", async (to, sentence) => {
    const offer = await startOffer();
    expect(await portfolio.refused("mia", `${offer} assign aloe to ${to}`, { people })).toBe(sentence);
  });

  test("a release gives it back to everybody", async () => {
    const offer = await startOffer();
    expect((await portfolio.say("ann", `${offer} release apple`)).headline).toBe(
      "Apple is free to claim again",
    );
    expect((await portfolio.say("bob", `${offer} claim apple`)).headline).toMatch(/^Apple is yours until/);
    expect(await portfolio.refused("ann", `${offer} release aloe`)).toMatch(/^Nobody holds Aloe/);
  });
});

describe("an outcome", () => {
  test("counts with its amount, hours and reason, and can be corrected and taken back", async () => {
    const offer = await startOffer();
    const won = await portfolio.say(
      "ann",
      `${offer} outcome apple won amount 5000.50 hours 1.5 because <!channel> they love it`,
    );
    expect(won.headline).toBe("Apple: won");
    expect(won.data).toMatchObject({
      status: "won",
      amount: { amount: 500_050, currency: "EUR" },
      hours: 1.5,
      hoursKnown: true,
      reason: "<!channel> they love it",
    });
    expect(renderTerminal(won)).toContain(
      "ann@example.com, 31 Oct 2026, 12:00: won, €5,001, 1.5 h: <!channel> they love it",
    );
    expect(await portfolio.refused("bob", `${offer} claim apple`)).toBe(
      "Apple is won already, by Ann Archer. If that is wrong, reopen it first.",
    );
    const corrected = await portfolio.say("ann", `${offer} outcome apple no reply`);
    expect(corrected.headline).toBe("Apple: corrected to without a reply");
    expect(corrected.data).toMatchObject({ status: "no-reply", amount: null, hours: 1.5 });
    const reopened = await portfolio.say("ann", `${offer} reopen apple because wrong account`);
    expect(reopened.headline).toBe("Apple is open again: held by Ann Archer");
    const { data } = await portfolio.say("ann", `${offer} log`);
    expect(data).toMatchObject({
      rows: [
        { kind: "reopen", account: "Apple", text: "reopened, was no-reply: wrong account" },
        { kind: "correction", text: "corrected from won to no reply, 1.5 h" },
        { kind: "outcome" },
        { kind: "wave-opened", by: "rule", text: "wave A opened: it is the first with accounts" },
        { kind: "created", text: expect.stringMatching(/^started with \d+ accounts$/) },
      ],
    });
  });

  test("makes the figures of the offer, which the same rows give", async () => {
    const offer = await startOffer();
    expect((await portfolio.say("ann", offer)).headline).toMatch(/: no outcomes yet, 22 accounts to pitch$/);
    await portfolio.say("ann", `${offer} outcome acorn won amount 2000 hours 2`);
    await portfolio.say("ann", `${offer} outcome almond lost`);
    await portfolio.say("bob", `${offer} skip ash because they are bankrupt`);
    const reply = await portfolio.say("mia", offer);
    expect(reply.headline).toMatch(
      /^"Offer \d+": 3 of 22 resolved, 1 won, margin €800 of €[\d,]+ expected, €200\/h for 4 h$/,
    );
    expect(reply.data).toMatchObject({
      waves: [
        {
          wave: "A",
          resolved: 3,
          outcomes: 2,
          won: 1,
          lost: 1,
          skipped: 1,
          margin: { amount: 80_000 },
          hours: 4,
          marginPerHour: { amount: 20_000 },
          hoursKnownShare: 0.5,
          judgement: { verdict: "too-early", needed: 6 },
        },
        { wave: "B", status: "planned" },
        { wave: "C", status: "planned" },
        { wave: "lookalikes", status: "planned" },
      ],
      holders: [
        { holder: "Bob Baker", accounts: 3 },
        { holder: "Ann Archer", accounts: 2 },
      ],
      lift: null,
    });
    const text = renderTerminal(reply);
    expect(text).toContain("Wave A: too early to judge, with 2 outcomes where 6 are needed.");
    expect(text).toMatch(
      /With 12 accounts the rule knows little: it would pause \d+ % of waves that bring half as much again/,
    );
    expect(text).toContain("Held: Bob Baker 3, Ann Archer 2; 14 accounts free to claim.");
  });

  test("opens the next wave when enough is resolved, and says so", async () => {
    await portfolio.reply("settings offer-floor 0");
    const offer = await startOffer("tier:A");
    const whole = await startOffer();
    await portfolio.reply("settings offer-floor 100");
    expect((await portfolio.say("mia", offer)).data).toMatchObject({ waves: [{ wave: "A" }] });
    const names = "Acorn Almond Apple Apricot Ash Aspen Avens Azalea Anise Aloe".split(" ");
    const last = [];
    for (const name of names)
      last.push(await portfolio.say("mia", `${whole} outcome ${idOf(name)} won amount 900`));
    expect(last.at(-2)?.lines?.join(" ")).not.toContain("Wave B");
    expect(last.at(-1)?.lines?.[0]).toEqual(["Wave B is open now: 10 of 12 accounts of A are resolved."]);
    expect(renderTerminal(await portfolio.say("mia", whole))).toContain(
      "Wave B is open: 10 of 12 accounts of A are resolved",
    );
  });

  test("that is bad often enough pauses the wave, with the reason and where hours are better spent", async () => {
    const offer = await startOffer();
    const names = "Acorn Almond Apple Apricot Ash Aspen Avens Azalea Anise Aloe".split(" ");
    const told = [];
    for (const name of names)
      told.push(renderTerminal(await portfolio.say("mia", `${offer} outcome ${idOf(name)} lost hours 2`)));
    expect(told.join("\n")).toMatch(
      /Wave A is paused now: after \d+ outcomes it brings less than €100\/h with 9\d % probability \(so far €0\/h\)\./,
    );
    const text = renderTerminal(await portfolio.say("mia", offer));
    expect(text).toMatch(/Wave A: not worth its hours, below €100\/h with 9\d % probability/);
    expect(text).toMatch(/better spent/);
    expect(text).toContain('Resume A: offer "Offer');
  });

  test("compares with those that were kept out, once there is something to compare", async () => {
    const offer = await startOffer("hold-out 30%");
    expect(renderTerminal(await portfolio.say("mia", offer))).toContain(
      "Too early to say what pitching changes: no pitched account has an outcome yet.",
    );
    const name = offer.replace("offer ", "pitch ");
    const { data } = await portfolio.say("mia", name, { rows: "all" });
    const { waves } = data as {
      waves: readonly { rows: readonly { account: string; heldOut: boolean }[] }[];
    };
    const rows = waves[0]?.rows ?? [];
    const kept = rows.find(({ heldOut }) => heldOut)?.account ?? "";
    expect(await portfolio.refused("mia", `${offer} outcome ${kept} won`)).toMatch(
      new RegExp(`^${kept} is kept out by lot, to compare with those that are pitched`),
    );
    const pitched = rows.find(({ heldOut }) => !heldOut)?.account ?? "";
    await portfolio.say("mia", `${offer} outcome ${pitched} won`);
    expect(renderTerminal(await portfolio.say("mia", offer))).toMatch(
      /Of 1 pitched account 0\.0 % bought since, of \d+ kept out 0\.0 %: \+0 points, .* That can still be chance/,
    );
  });
});

describe("a closed offer", () => {
  test("takes no step any more, and a stale button is told so", async () => {
    const offer = await startOffer();
    const { headline } = await portfolio.say("mia", `${offer} close because the price was wrong`);
    expect(headline).toMatch(/is closed: nobody pitches it any more, and its outcomes stay$/);
    expect(await portfolio.refused("ann", `${offer} claim anise`)).toMatch(
      /is closed: nothing in it changes any more\.$/,
    );
    expect(await portfolio.refused("mia", `${offer} open B`)).toMatch(
      /is closed: nothing in it changes any more\.$/,
    );
    expect((await portfolio.say("ann", offer)).headline).toMatch(/is closed without an outcome$/);
    expect((await portfolio.say("mia", `${offer} close because again`)).headline).toMatch(/^Nothing changes/);
    const card = await portfolio.say("ann", `${offer} account anise`);
    expect(card.actions?.map(({ label }) => label)).toEqual([
      "Why this tier",
      "Open account",
      "Back to the offer",
    ]);
  });
});

describe("a card", () => {
  test("offers each what they may do", async () => {
    const offer = await startOffer();
    const labels = async (who: "ann" | "bob" | "mia", account: string) =>
      ((await portfolio.say(who, `${offer} account ${account}`)).actions ?? [])
        .map(({ label }) => label)
        .slice(0, -3);
    expect(await labels("ann", "anise")).toEqual(["Claim", "Won, lost or no reply", "Skip"]);
    expect(await labels("ann", "apple")).toEqual(["Hand over", "Won, lost or no reply", "Skip", "Release"]);
    expect(await labels("bob", "apple")).toEqual([]);
    expect(await labels("mia", "apple")).toEqual(["Assign", "Won, lost or no reply", "Skip", "Release"]);
    expect(await labels("ann", "basil")).toEqual(["Skip"]);
    await portfolio.say("ann", `${offer} skip apple because closed for winter`);
    expect(await labels("ann", "apple")).toEqual(["Reopen", "Correct outcome"]);
    const { actions } = await portfolio.say("ann", `${offer} account anise`);
    expect(actions).toContainEqual({
      kind: "fill",
      form: "outcome",
      label: "Won, lost or no reply",
      line: `${offer} outcome ${idOf("Anise")}`,
    });
  });

  test("names an account that is in no wave, and one that is not known", async () => {
    const offer = await startOffer();
    expect(await portfolio.refused("ann", `${offer} account dill`)).toMatch(/^Dill is not in "Offer \d+"/);
    expect(await portfolio.refused("ann", `${offer} account zzz`)).toMatch(/^No account is called "zzz"/);
    const { suggestions } = await portfolio.mistake(`${offer} claim Aniis`);
    expect(suggestions).toContainEqual({ label: "Anise", line: `${offer} claim ${idOf("Anise")}` });
  });
});

describe("what is not understood", () => {
  test.each([
    ["offer", "Say which offer: `offer <name>`."],
    ["offer Offer 1 open E", 'There is no wave "E". There is A, B, C, lookalikes.'],
    ["offer Offer 1 close", "Say why, so that others understand it: `offer <name> close because <reason>`."],
    [
      "offer Offer 1 skip apple",
      "Say why, so that others understand it: `offer <name> skip <account> because <reason>`.",
    ],
    ["offer Offer 1 claim", "Say which account: `offer <name> claim <account>`."],
    ["offer Offer 1 assign apple", "Say to whom: `offer <name> assign <account> to <rep>`."],
    ["offer Offer 1 outcome apple lost amount 5", "Only a win has an amount. Leave it out, or say won."],
    [
      "offer Offer 1 outcome apple won hours 1001",
      '"1001" is no number of hours: write 0 to 1000, such as 1.5.',
    ],
    [
      "offer Offer 1 outcome apple won amount lots",
      '"lots" is no amount: write it such as 250000 or 250000.50.',
    ],
    [
      `offer Offer 1 skip apple because ${"x".repeat(501)}`,
      "A reason has at most 500 characters: this has 501.",
    ],
  ])("%s says what would be right", async (line, sentence) => {
    expect(await portfolio.refused("mia", line)).toBe(sentence);
  });

  test("an offer that is not there offers the nearest", async () => {
    await startOffer();
    const { message, suggestions } = await portfolio.mistake("offer Ofer");
    expect(message).toBe('No single offer is called "Ofer". Did you mean one of these?');
    expect(suggestions.length).toBeGreaterThan(0);
    expect(suggestions[0]?.line).toMatch(/^offer "Offer \d+"$/);
  });

  test("managers decide about waves, reps do not", async () => {
    const offer = await startOffer();
    for (const line of [`${offer} open B`, `${offer} close because so`])
      expect(await portfolio.refused("ann", line)).toBe("Only managers and admins of Portfolio may do this.");
  });

  test("an empty store says what to do", async () => {
    const empty = await openAsked();
    expect((await empty.mistake("offer Autumn")).message).toContain("Nothing is imported yet");
  });
});
