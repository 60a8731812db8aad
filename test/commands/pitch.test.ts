import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { renderTerminal } from "../../src/terminal.ts";
import { idOf, type OfferPortfolio, openOfferPortfolio } from "../helpers/offer-portfolio.ts";
import { openAsked } from "../helpers/small-portfolio.ts";
import { company, deal } from "../helpers/workspace.ts";

const money = z.object({ amount: z.int(), currency: z.string() });
const pitched = z.object({
  offer: z.string(),
  offerId: z.number().nullable(),
  created: z.boolean(),
  interim: z.boolean(),
  waves: z.array(
    z.object({
      wave: z.string(),
      status: z.string(),
      accounts: z.number(),
      excluded: z.number(),
      heldOut: z.number(),
      expectedMargin: money,
      low: money,
      high: money,
      effortHours: z.number(),
      marginPerHour: money.nullable(),
      whole: z.number(),
      rows: z.array(
        z.object({
          place: z.number(),
          account: z.string(),
          holder: z.string().nullable(),
          status: z.string(),
          probability: z.number(),
          value: money,
          effortHours: z.number(),
          expectedMargin: money,
          reasons: z.array(z.string()),
          excluded: z.string().optional(),
          heldOut: z.boolean(),
        }),
      ),
    }),
  ),
  rows: z.array(z.object({ wave: z.string(), account: z.string() })),
});

let portfolio: OfferPortfolio;
beforeAll(async () => {
  portfolio = await openOfferPortfolio();
});
const dataOf = async (who: "ann" | "mia", line: string, rows: "all" | "page" = "all") =>
  pitched.parse((await portfolio.say(who, line, { rows })).data);

describe("a new offer", () => {
  test("is a preview for a rep, and nothing is kept of it", async () => {
    const before = await portfolio.dump();
    const { headline, notes, actions } = await portfolio.say("ann", 'pitch "Seen only" product:Pump');
    expect(headline).toMatch(/^Preview of "Seen only": wave 1 \(A\), 10 accounts, expected margin €/);
    expect(notes).toContain("This is a preview: a manager starts it. Only then are accounts claimed.");
    expect(JSON.stringify(actions)).not.toContain("claim");
    expect(await dataOf("ann", 'pitch "Seen only" product:Pump')).toMatchObject({
      offerId: null,
      created: false,
    });
    expect(await portfolio.dump()).toEqual(before);
  });

  test("is a preview for a manager too who asks for one, or in words, with a button that starts it", async () => {
    const before = await portfolio.dump();
    const reply = await portfolio.say("mia", 'pitch "Looked at" preview product:Pump value 500');
    expect(reply.headline).toMatch(/^Preview of "Looked at": /);
    expect(reply.actions?.[0]).toEqual({
      kind: "run",
      label: "Start",
      line: 'pitch "Looked at" value 500 product:Pump',
      style: "primary",
    });
    const viewer = { workspaceId: portfolio.id, email: "mia@example.com", standing: "member" } as const;
    const asked = await portfolio.desk.ask({ viewer, line: 'Whom do we pitch "Looked at" to first?' });
    expect(asked).toMatchObject({ ok: true, line: 'pitch "Looked at" preview' });
    // No offer runs yet: the question without a name gets a plan of one.
    const unnamed = await portfolio.say("mia", "pitch");
    expect(unnamed.headline).toMatch(/^Preview of "New offer": wave 1 \(A\)/);
    expect(await portfolio.dump()).toEqual(before);
  });

  test("is started by a manager, owners hold their accounts, and the second time it is shown", async () => {
    const reply = await portfolio.say("mia", 'pitch "Autumn" product:Pump value 12000');
    // 20 % with tier A and a purchase 30 days ago, 40 % margin of 12,000 EUR; two hours each.
    expect(reply.headline).toMatch(
      /^New offer "Autumn": wave 1 \(A\), 10 accounts, expected margin €[\d,]+ for 20 h: €[\d,.]+\/h$/,
    );
    const text = renderTerminal(reply);
    expect(text).toContain("Held back: Acorn (has Pump already), Almond (has Pump already)");
    expect(text).toContain(
      "Rule: Wave B opens when at least 80 % of A is resolved. A wave pauses when its margin is below €100/h, or below half of wave A's, with more than 90 % probability, judged from 8 outcomes or half the wave on.",
    );
    expect(text).toContain("Method: interim scorecard");
    expect(reply.table?.rows).toHaveLength(10);
    expect((await portfolio.say("bob", "pitch")).headline).toContain('"Autumn"');
    const again = await portfolio.say("mia", "pitch autumn");
    expect(again.headline).toBe(reply.headline.replace("New offer", "Offer"));
    const seen = await dataOf("ann", 'pitch "Autumn"');
    expect(seen).toMatchObject({ created: false, interim: true });
    const holders = new Map(seen.waves[0]?.rows.map(({ account, holder }) => [account, holder]));
    expect(holders.get("Apple")).toBe("Ann Archer");
    expect(holders.get("Ash")).toBe("Bob Baker");
    expect(holders.get("Anise")).toBeNull();
  });

  test("sums up exactly what its rows say, wave by wave", async () => {
    const { waves } = await dataOf("mia", 'pitch "Autumn"');
    expect(
      waves.map(({ wave, status, accounts, excluded, whole }) => ({
        wave,
        status,
        accounts,
        excluded,
        whole,
      })),
    ).toEqual([
      { wave: "A", status: "open", accounts: 10, excluded: 2, whole: 12 },
      { wave: "B", status: "planned", accounts: 4, excluded: 0, whole: 4 },
      { wave: "C", status: "planned", accounts: 4, excluded: 0, whole: 4 },
      { wave: "lookalikes", status: "planned", accounts: 2, excluded: 0, whole: 2 },
    ]);
    for (const { rows, expectedMargin, low, high, effortHours, marginPerHour } of waves) {
      const sum = rows.reduce((all, row) => all + row.expectedMargin.amount, 0);
      expect(expectedMargin.amount).toBe(sum);
      expect(effortHours).toBeCloseTo(
        rows.reduce((all, row) => all + row.effortHours, 0),
        9,
      );
      expect(marginPerHour?.amount).toBe(Math.round(sum / effortHours));
      expect(low.amount).toBeLessThanOrEqual(sum);
      expect(high.amount).toBeGreaterThanOrEqual(sum);
      for (const row of rows) {
        const isPitched = row.excluded === undefined && !row.heldOut;
        expect(row.expectedMargin.amount).toBe(
          isPitched ? Math.round(row.probability * row.value.amount * 0.4) : 0,
        );
      }
    }
  });

  test("has its rows by page, and all of them as a list for a file", async () => {
    const page = await dataOf("mia", 'pitch "Autumn" page:2', "page");
    expect(page.waves.map(({ rows }) => rows.length)).toEqual([2, 0, 0, 0]);
    expect(page.rows).toHaveLength(2);
    const all = await dataOf("mia", 'pitch "Autumn"');
    expect(all.rows).toHaveLength(22);
    expect(new Set(all.rows.map(({ wave }) => wave)).size).toBe(4);
  });

  test("offers what nobody holds to be claimed, every account to be opened, and the next wave", async () => {
    const { actions = [] } = await portfolio.say("ann", 'pitch "Autumn"');
    const claim = actions.find(({ label }) => label === "Claim");
    expect(claim?.kind === "choose" && claim.choices.map(({ label }) => label).toSorted()).toEqual([
      "Agave",
      "Aloe",
      "Anise",
      "Arnica",
    ]);
    const open = actions.find(({ label }) => label === "Open");
    expect(open?.kind === "choose" && open.choices).toContainEqual({
      label: "Apple",
      line: `offer "Autumn" account ${idOf("Apple")}`,
    });
    expect(actions).toContainEqual({ kind: "run", label: "Wave B", line: 'pitch "Autumn" wave B' });
    expect(actions).toContainEqual({ kind: "share", label: "Share", line: "pitch Autumn wave A" });
    const next = await portfolio.say("ann", 'pitch "Autumn" wave B');
    expect(next.headline).toMatch(/^Offer "Autumn": wave 2 \(B\), planned, 4 accounts/);
    expect(JSON.stringify(next.actions)).not.toContain('"Claim"');
  });

  test("keeps its terms: other ones need another name", async () => {
    const { notes } = await portfolio.say("mia", 'pitch "Autumn" value 5');
    expect(notes?.[0]).toBe(
      '"Autumn" is there already: it keeps its terms and accounts. Choose another name for another offer.',
    );
    expect((await dataOf("mia", 'pitch "Autumn"')).waves[0]?.rows[0]?.value.amount).toBe(1_200_000);
  });

  test("holds some out by lot, and says when waves open", async () => {
    const reply = await portfolio.say(
      "mia",
      'pitch "Winter" hold-out 20% B by 2026-12-15 industry:retail wave B',
    );
    expect(renderTerminal(reply)).toContain(
      "Wave B opens when at least 80 % of A is resolved, or on 15 Dec 2026.",
    );
    const { waves } = await dataOf("mia", "pitch Winter");
    const [first] = waves;
    expect(first?.heldOut).toBeGreaterThan(0);
    expect(first?.rows.filter(({ heldOut }) => heldOut)).toHaveLength(first?.heldOut ?? 0);
    expect(renderTerminal(await portfolio.say("mia", "pitch Winter wave A"))).toContain(
      "Kept out by lot, to compare with: ",
    );
  });
});

describe("what cannot be", () => {
  test.each([
    ['pitch ""', /^Say what the offer is called/],
    [`pitch "${"x".repeat(101)}"`, /at most 100 characters: this has 101/],
    ["pitch New service", /^I do not understand "service"\. A name of several words stands in quotes/],
    ['pitch "New" value much', /^"much" is no amount: write it such as 250000/],
    ['pitch "New" hold-out half', /^"half" is no share to hold out/],
    ['pitch "New" hold-out 95%', /whole percentage from 0 to 90/],
    ['pitch "New" wave E', /^There is no wave "E"\. There is A, B, C, lookalikes\.$/],
    ['pitch "New" A by 2026-12-15', /^Wave A opens at once/],
    ['pitch "New" B by 2026-10-30', /is over/],
    ['pitch "New" B by 2026-13-01', /^"2026-13-01" is no day\. Write it as YYYY-MM-DD/],
    ['pitch "New" product:Rocket', /^There is no product "Rocket"\. There is Pump\.$/],
    ['pitch "Autumn" page:9', /^There are only 2 pages\.$/],
  ])("%s is explained, and nothing is started", async (line, sentence) => {
    const before = await portfolio.dump();
    expect(await portfolio.refused("mia", line)).toMatch(sentence);
    expect(await portfolio.dump()).toEqual(before);
  });

  test("filters that fit nobody are named", async () => {
    const { headline, data } = await portfolio.say("ann", 'pitch "Nobody" product:Pump quiet 900d');
    expect(headline).toBe(
      'Nobody to pitch "Nobody" to: no A, B or C account and no prospect fits quiet 900d',
    );
    expect(pitched.parse(data).waves).toEqual([]);
  });

  test("when everybody is held back nothing is started, and each is named with its reason", async () => {
    const alone = await openAsked();
    await alone.import({
      companies: [company("1", "Solo GmbH")],
      deals: [deal("1", "1", "1000.00", "2026-10-01", { Product: "Pump" })],
    });
    const { headline, notes, lines } = await alone.reply('pitch "More pumps" product:Pump');
    expect(headline).toBe('Nobody to pitch "More pumps" to: the one account is held back');
    expect(notes?.[0]).toBe("Nothing was started.");
    expect(lines).toContainEqual(["Held back: ", "Solo GmbH", " (", "has Pump already", ")"]);
    expect((await alone.reply("offers")).headline).toBe("No offer was started yet");
    const single = await alone.reply('pitch "Service"');
    expect(single.headline).toMatch(/^New offer "Service": wave 1 \(A\), 1 account, expected margin €/);
    expect(single.notes?.[0]).toMatch(/^No product was named/);
  });

  test("before the first import it says what to do; where no product is known, so", async () => {
    const empty = await openAsked();
    expect((await empty.mistake('pitch "New"')).message).toContain("Nothing is imported yet");
    await empty.import({ companies: [company("1", "Solo")], deals: [deal("1", "1", "1.00", "2026-10-01")] });
    expect((await empty.mistake('pitch "New" product:X')).message).toBe(
      "The imported data names no product.",
    );
  });
});
