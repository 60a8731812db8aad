import { beforeAll, expect, test } from "vitest";
import { idOf, type OfferPortfolio, openOfferPortfolio } from "../helpers/offer-portfolio.ts";

let portfolio: OfferPortfolio;
beforeAll(async () => {
  portfolio = await openOfferPortfolio();
  await portfolio.say("mia", 'pitch "Valves"');
  await portfolio.say("ann", 'offer "Valves" outcome acorn won amount 500 hours 2 because they need it');
  await portfolio.say("ann", "actions done acorn check-in hours 0.5 because all is well");
  await portfolio.say("ann", "log acorn call on 2026-10-20 hours 1.5 because they want a quote");
  await portfolio.say("ann", "log acorn visit on 2026-09-01");
  await portfolio.say("bob", "log acorn survey on 2026-10-21 score 9");
  await portfolio.say("mia", "correct acorn industry:Retail because it is");
  await portfolio.say("ann", "hold acorn overdue because two invoices");
  await portfolio.say("ann", "rewards plan acorn card on 2026-12-24 because it is Christmas");
});

const kindsOf = (data: unknown) => (data as { rows: { kind: string }[] }).rows.map(({ kind }) => kind).sort();

test("tells everything that happened with its day, and who did it, the newest first", async () => {
  const { data, facts, headline, table } = await portfolio.say("bob", "timeline acorn");
  expect(kindsOf(data)).toEqual([
    "action",
    "correction",
    "deal",
    "hold",
    "interaction",
    "interaction",
    "interaction",
    "offer",
    "reward",
  ]);
  const days = (data as { rows: { on: string }[] }).rows.map(({ on }) => on);
  expect(days).toEqual(days.toSorted().reverse());
  expect(headline).toMatch(/^Acorn: 9 entries, those here of 1 Sep 2026 to /);
  expect(facts).toEqual([{ label: "Hours", value: "8.2 h, hours known for 3 of 5" }]);
  expect(data).toMatchObject({ hours: (90 + 240 + 10 + 120 + 30) / 60, hoursKnownFor: 3, withHours: 5 });
  const told = table?.rows.map((cells) => cells.map(({ text }) => text).join(" | ")) ?? [];
  expect(told).toEqual(
    expect.arrayContaining([
      "21 Oct 2026 | Survey, score 9, 10 min (usual) | bob@example.com",
      "20 Oct 2026 | Call, 1.5 h: they want a quote | ann@example.com",
      '31 Oct 2026 | Offer "Valves": won, €500, 2 h: they need it | ann@example.com',
      "31 Oct 2026 | Action check in: done, 30 min: all is well | ann@example.com",
      "1 Oct 2026 | Deal won: Deal 1, €6,700 | imported",
      "31 Oct 2026 | Thank-you planned for 24 Dec 2026, card, €5: it is Christmas | ann@example.com",
      expect.stringMatching(/Kept out of offers, overdue payment: two invoices \| ann@example\.com$/),
      expect.stringMatching(/Industry set by hand to Retail: it is \| mia@example\.com$/),
    ]),
  );
});

test("turns its pages, and all of it can be had at once", async () => {
  for (let day = 10; day < 22; day += 1) await portfolio.say("ann", `log almond email on 2026-10-${day}`);
  const first = await portfolio.say("ann", "timeline almond");
  const next = first.actions?.find(({ label }) => label === "Next");
  expect(first.table?.rows).toHaveLength(10);
  expect(next?.kind === "run" && (await portfolio.say("ann", next.line)).table?.rows.length).toBe(3);
  const { data } = await portfolio.say("ann", "timeline almond", { rows: "all" });
  expect(data).toMatchObject({ total: 13, withHours: 12, hoursKnownFor: 0 });
  expect(kindsOf(data)).toHaveLength(13);
});

test("shared, it names nobody else and quotes nothing", async () => {
  await portfolio.reply("settings visibility team");
  await portfolio.reply("settings person bob@example.com rep team:North");
  const members = ["ann", "bob"].map((name) => ({
    ...{ workspaceId: portfolio.id, email: `${name}@example.com`, standing: "member" as const },
  }));
  const { data, table, notes } = await portfolio.say("ann", `timeline ${idOf("Acorn")}`, {
    audience: { place: "#sales", members },
  });
  const text = JSON.stringify([data, table, notes]);
  expect(text).not.toMatch(/bob@|mia@|quote|Christmas|two invoices|need it|all is well/);
  expect(kindsOf(data)).toEqual([
    "action",
    "deal",
    "interaction",
    "interaction",
    "interaction",
    "offer",
    "reward",
  ]);
  expect(text).toContain("another rep");
  await portfolio.reply("settings visibility all");
});

test.each([
  ["timeline", /Which account\?/],
  ["timeline zzz", /^No account is called "zzz"/],
  ["timeline acorn page:99", /^There is only one page/],
])("%s is refused", async (line, sentence) => {
  expect(await portfolio.refused("ann", line)).toMatch(sentence);
});
