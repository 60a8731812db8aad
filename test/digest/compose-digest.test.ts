import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reply } from "../../src/command.ts";
import { composeDigest, mostLines } from "../../src/digest/compose-digest.ts";
import type { DigestFacts } from "../../src/digest/digest-facts.ts";
import { actionIdOf, factsOf, fallen, lastDigest, openAction } from "../helpers/digest-facts.ts";

/** What is shown, line by line: the headline, everything beneath it, and the small print. */
function linesOf({ headline, lines = [], entries = [], facts = [], notes = [] }: Reply): readonly string[] {
  const plain = (line: Reply["headline"] | NonNullable<Reply["lines"]>[number]) =>
    typeof line === "string"
      ? line
      : line.map((span) => (typeof span === "string" ? span : span.text)).join("");
  return [
    headline,
    ...lines.map(plain),
    ...entries.flatMap((entry) => entry.lines.map(plain)),
    ...facts.map(({ label, value }) => `${label} ${value}`),
    ...notes,
  ];
}

const small = "Data as of 31 Oct 2026 · snapshot 7";

/** One part each, and what is shown of it. */
const alone: readonly (readonly [name: string, facts: Partial<DigestFacts>, shown: readonly string[]])[] = [
  [
    "an action",
    { candidates: [openAction(3)] },
    [
      "1 action to take, worth €3,000",
      "Win back Account 3 · €3,000 · due 30 Nov 2026",
      "bought for €5,000 in the year before, nothing since 30 Sep 2025",
    ],
  ],
  [
    "a move",
    {
      moves: { since: "2026-10-24", counts: { rose: 0, fell: 1, new: 0, gone: 0 }, rows: [moved(fallen(1))] },
    },
    ["1 account fell", "Account 1 fell from A to B: spends 20.0 % less (since 24 Oct 2026)"],
  ],
  [
    "several moves",
    {
      moves: {
        since: "2026-10-24",
        counts: { rose: 1, fell: 4, new: 0, gone: 0 },
        rows: [fallen(1), fallen(2), fallen(3)].map(moved),
      },
    },
    [
      "5 accounts changed tier",
      "Tiers since 24 Oct 2026: 1 rose, 4 fell",
      "• Account 1 fell from A to B: spends 20.0 % less",
      "• Account 2 fell from A to B: spends 20.0 % less",
      "• Account 3 fell from A to B: spends 20.0 % less; 2 more",
    ],
  ],
  [
    "complaints and what is overdue",
    {
      holds: {
        complaints: 5,
        overdue: 1,
        rows: [
          { kind: "complaint", accountId: "1", account: "Acme", since: "2026-11-02" },
          { kind: "complaint", accountId: "2", account: "Beta", since: undefined },
          { kind: "complaint", accountId: "3", account: "Cord", since: undefined },
          { kind: "overdue", accountId: "4", account: "Dent", since: undefined },
        ],
      },
    },
    [
      "5 complaints are open",
      "5 open complaints: Acme (since 2 Nov 2026), Beta, Cord and 2 more",
      "Payment overdue of 1 account: Dent",
    ],
  ],
  [
    "an open wave",
    { waves: [{ offerId: 3, offer: "Service plan", wave: "A", accounts: 20, resolved: 12, own: 4 }] },
    ["1 offer wave is open", "Offer Service plan, wave 1 (A): 12 of 20 resolved, 4 of yours open"],
  ],
  [
    "a stale source",
    { stale: [{ source: "HubSpot", importedOn: "2026-09-01", ageDays: 63 }] },
    ["1 source is stale", "HubSpot was last imported on 1 Sep 2026, 63 days ago: import a fresh export"],
  ],
  [
    "concentration that grew",
    { concentration: { accountId: "1", account: "Acme", share: 0.123, before: 0.101 } },
    ["No action is waiting, but something else changed", "Acme holds 12.3 % of spend, 10.1 % last time"],
  ],
  [
    "accounts that nobody owns",
    { unowned: { accounts: 14, valueMinor: 1_200_000 } },
    [
      "No action is waiting, but something else changed",
      "14 accounts with something to do belong to nobody, worth €12,000: give them an owner",
    ],
  ],
];

function moved(row: ReturnType<typeof fallen>) {
  return { ...row, redefined: undefined };
}

describe("every part alone", () => {
  test.each(alone)("%s", (_, facts, shown) => {
    const { reply, isNew } = composeDigest(factsOf(facts));
    expect(linesOf(reply)).toEqual([...shown, small]);
    expect(isNew).toBe(true);
  });

  test("what was done, and what the last digest's actions came to", () => {
    const at = new Date("2026-10-29T10:00:00Z");
    const settled = [
      { actionId: actionIdOf(1), how: "done" as const, at },
      { actionId: actionIdOf(2), how: "snoozed" as const, at },
    ];
    const own = settled.map((one) => ({ ...one, valueMinor: 100_000, currency: "EUR" }));
    const other = { actionId: actionIdOf(9), how: "done" as const, at, valueMinor: 200_000, currency: "EUR" };
    const facts = factsOf({
      last: lastDigest([1, 2, 3]),
      settled,
      results: { since: "2026-10-27", answers: own, wins: [] },
    });
    expect(linesOf(composeDigest(facts).reply)[1]).toBe(
      "Since 27 Oct 2026: 1 of 3 actions done, worth €1,000; 1 snoozed, 1 still open",
    );
    const more = {
      ...facts,
      results: {
        since: "2026-10-27",
        answers: [...own, other],
        wins: [{ offer: "Service plan", accounts: 2, amountMinor: 800_000, currency: "EUR" }],
      },
    };
    expect(linesOf(composeDigest(more).reply)[1]).toBe(
      "Since 27 Oct 2026: 2 of 4 actions done, worth €3,000; of the 3 shown last time 1 done, 1 snoozed, 1 still open; Service plan won 2 accounts for €8,000",
    );
  });
});

/** Everything at once, with names that are too long. */
function everything(): DigestFacts {
  const long = (word: string) => `${word} ${"and Sons Manufacturing Holding ".repeat(8)}`;
  const reason = {
    code: "similar-bought",
    product: long("Pump"),
    owned: long("Valve"),
    buyers: 12,
    owners: 40,
    lift: 2.3,
  } as const;
  return factsOf({
    candidates: [1, 2, 3, 4, 5].map((number) =>
      openAction(number, { account: long("Acme"), kind: "cross-sell", reasons: [reason] }),
    ),
    open: 40,
    last: lastDigest([1, 2], {}, 5),
    moves: {
      since: "2026-10-24",
      counts: { rose: 3, fell: 4, new: 5, gone: 6 },
      rows: [1, 2, 3].map((number) => moved(fallen(number, long("Beta")))),
    },
    holds: {
      complaints: 9,
      overdue: 9,
      rows: (["complaint", "overdue"] as const).flatMap((kind) =>
        [1, 2, 3, 4].map((number) => ({
          kind,
          accountId: `${number}`,
          account: long("Cord"),
          since: "2026-11-02",
        })),
      ),
    },
    waves: [1, 2, 3].map((offerId) => ({
      ...{ offerId, offer: long("Plan"), wave: "A" as const, accounts: 20, resolved: 3, own: 2 },
    })),
    results: {
      since: "2026-10-27",
      answers: [
        {
          actionId: actionIdOf(8),
          how: "done",
          at: new Date("2026-10-29T10:00:00Z"),
          valueMinor: 5_000,
          currency: "EUR",
        },
      ],
      wins: [1, 2, 3].map(() => ({
        offer: long("Plan"),
        accounts: 2,
        amountMinor: 1_000_000,
        currency: "EUR",
      })),
    },
    stale: [1, 2].map((number) => ({
      source: `${number} ${long("Ledger")}`,
      importedOn: "2026-09-01",
      ageDays: 63,
    })),
    concentration: { accountId: "1", account: long("Acme"), share: 0.4, before: 0.2 },
    acquisition: { kind: "below", line: ["Acquisition runs below replacement"] },
    unowned: { accounts: 14, valueMinor: 1_200_000 },
  });
}

test("everything at once fits, in order, what matters most first", () => {
  const { reply, content } = composeDigest(everything());
  const shown = linesOf(reply);
  expect(shown).toHaveLength(mostLines);
  expect(shown.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "3 of",
    ...["Offer Pump", "Offer Pump", "Offer Pump"],
    ...["Beta and", "9 open", "Payment overdue", "Offer Plan", "Since 27", "1 Ledger", "Acme and", "Data as"],
  ]);
  expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(320);
  // What there was no room for is told the next time.
  expect(content.told.some((code) => code.startsWith("unowned"))).toBe(false);
});

describe("what is told once", () => {
  test("a warning is not repeated until it changes", () => {
    const facts = factsOf({
      concentration: { accountId: "1", account: "Acme", share: 0.123, before: undefined },
    });
    const first = composeDigest(facts);
    const last = { content: first.content, on: "2026-11-03" };
    const again = composeDigest({ ...facts, last });
    expect(again.isNew).toBe(false);
    expect(again.content.told).toEqual(first.content.told);
    const grown = composeDigest({
      ...facts,
      last: { ...last, content: again.content },
      concentration: { accountId: "1", account: "Acme", share: 0.15, before: 0.123 },
    });
    expect(linesOf(grown.reply)).toContain("Acme holds 15.0 % of spend, 12.3 % last time");
  });

  test("a tenth of the spend is no warning yet, and what hardly grew is none", () => {
    const concentration = { accountId: "1", account: "Acme", share: 0.1, before: 0.095 };
    expect(composeDigest(factsOf({ concentration })).isNew).toBe(false);
  });

  test("that hardly anything is done, after four weeks in a row, and not again for a month", () => {
    const last = lastDigest([1, 2, 3], {}, 5);
    const facts = factsOf({ last, candidates: [openAction(9)] });
    const { reply, content } = composeDigest(facts);
    expect(linesOf(reply)).toContain(
      "0 of the 12 actions of four weeks were done within a week: would a monthly digest do?",
    );
    expect(reply.entries?.flatMap(({ actions = [] }) => actions)).toContainEqual(
      expect.objectContaining({ kind: "run", line: "digest on monthly" }),
    );
    const later = (weeks: number) => {
      const at = new Date(facts.at.getTime() + weeks * 7 * 86_400_000);
      const shown = (last.content.shown ?? []).map((one) => {
        return { ...one, at: new Date(Date.parse(one.at) + weeks * 7 * 86_400_000).toISOString() };
      });
      const today = at.toISOString().slice(0, 10);
      const { reply } = composeDigest({
        ...facts,
        at,
        today,
        last: { ...last, content: { ...content, shown } },
      });
      return linesOf(reply).join();
    };
    expect(later(4)).not.toContain("would a");
    expect(later(5)).toContain("would a");
  });

  test("three weeks are not enough, nor is a fifth of the actions done", () => {
    expect(
      linesOf(
        composeDigest(factsOf({ last: lastDigest([1, 2], {}, 3), candidates: [openAction(9)] })).reply,
      ).join(),
    ).not.toContain("would a");
    const done = [1, 2, 3, 4].map((weeks) => ({
      actionId: actionIdOf(1),
      how: "done" as const,
      at: new Date(Date.UTC(2026, 10, 4) - weeks * 7 * 86_400_000),
    }));
    const facts = factsOf({
      last: lastDigest([1, 2, 3, 4, 5], {}, 4),
      settled: done.slice(0, 1),
      candidates: [openAction(9)],
    });
    expect(linesOf(composeDigest(facts).reply).join()).not.toContain("would a");
  });
});

describe("actions", () => {
  test("one that was shown and is still open is marked", () => {
    const { reply } = composeDigest(
      factsOf({ last: lastDigest([1]), candidates: [openAction(2), openAction(1)] }),
    );
    expect(linesOf(reply).filter((line) => line.includes("Win back"))).toEqual([
      "Win back Account 2 · €2,000 · due 30 Nov 2026",
      "Win back Account 1 · €1,000 · due 30 Nov 2026 · again",
    ]);
  });

  test("one that was shown three times gives way to the next one", () => {
    const last = lastDigest([1], {}, 3);
    const { content } = composeDigest(
      factsOf({ last, candidates: [openAction(1), openAction(2), openAction(3)] }),
    );
    expect(content.actions.map(({ id }) => id)).toEqual([actionIdOf(2), actionIdOf(3)]);
  });

  test("one that came back from a snooze begins anew", () => {
    const settled = [
      { actionId: actionIdOf(1), how: "snoozed" as const, at: new Date("2026-10-28T08:00:00Z") },
    ];
    const facts = factsOf({ last: lastDigest([1], {}, 3), settled, candidates: [openAction(1)] });
    expect(linesOf(composeDigest(facts).reply)[1]).toBe("Win back Account 1 · €1,000 · due 30 Nov 2026");
  });

  test("each has its buttons", () => {
    const { reply } = composeDigest(factsOf({ candidates: [openAction(1)] }));
    const labels = reply.entries?.[0]?.actions?.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(["Done", "Snooze", "Not relevant", "Open account"]));
  });

  test("at most three, and where others hold them, who does", () => {
    const scope = {
      isMine: false,
      isShared: true,
      filters: "industry:retail",
      notes: ["Over these accounts"],
    };
    const { reply } = composeDigest(
      factsOf({ scope, candidates: [5, 4, 3, 2, 1].map((number) => openAction(number)) }),
    );
    expect(reply.entries).toHaveLength(3);
    expect(linesOf(reply)[0]).toBe("3 of 5 open actions, worth €12,000 (industry:retail)");
    expect(linesOf(reply)[1]).toBe("Win back Account 5 · €5,000 · due 30 Nov 2026 · Ann Archer");
    expect(linesOf(reply).at(-1)).toBe(`Over these accounts · ${small}`);
  });
});

describe("nothing new", () => {
  test("is one line", () => {
    const facts = factsOf({ last: lastDigest([1]), candidates: [openAction(1)] });
    const { reply, isNew, content } = composeDigest(facts);
    expect(isNew).toBe(false);
    expect(linesOf(reply)).toEqual(["Nothing new since 27 Oct 2026: 1 action is still open"]);
    expect(content.shown).toEqual(facts.last?.content.shown);
  });

  test("holds for a first digest too", () => {
    expect(linesOf(composeDigest(factsOf()).reply)).toEqual(["Nothing to tell yet: no action is open"]);
  });

  test("a complaint that was told is not news, another one is", () => {
    const rows = [{ kind: "complaint" as const, accountId: "1", account: "Acme", since: "2026-11-02" }];
    const facts = factsOf({ holds: { complaints: 1, overdue: 0, rows } });
    const last = { content: composeDigest(facts).content, on: "2026-11-03" };
    expect(composeDigest({ ...facts, last }).isNew).toBe(false);
    const two = [
      ...rows,
      { ...rows[0], kind: "complaint" as const, accountId: "2", account: "Beta", since: "2026-11-03" },
    ];
    expect(composeDigest({ ...facts, last, holds: { complaints: 2, overdue: 0, rows: two } }).isNew).toBe(
      true,
    );
  });
});

test("never more than twelve lines, never an empty headline, always the same", () => {
  const whole = everything();
  const pick = fc.record({
    actions: fc.integer({ min: 0, max: 5 }),
    digests: fc.integer({ min: 0, max: 6 }),
    parts: fc.subarray([
      "moves",
      "holds",
      "waves",
      "results",
      "stale",
      "concentration",
      "acquisition",
      "unowned",
    ] as const),
    isMine: fc.boolean(),
    name: fc.string({ unit: "grapheme", maxLength: 300 }),
  });
  fc.assert(
    fc.property(pick, ({ actions, digests, parts, isMine, name }) => {
      const base = factsOf();
      const facts: DigestFacts = {
        ...base,
        ...Object.fromEntries(parts.map((part) => [part, whole[part]])),
        candidates: whole.candidates.slice(0, actions).map((action) => ({ ...action, account: name })),
        open: actions,
        last: digests === 0 ? undefined : lastDigest([1, 2], {}, digests),
        scope: { ...base.scope, isMine, isShared: !isMine },
      };
      const { reply, content } = composeDigest(facts);
      expect(linesOf(reply).length).toBeLessThanOrEqual(mostLines);
      expect(reply.headline.trim()).not.toBe("");
      expect(content.lines.length).toBeLessThanOrEqual(mostLines);
      expect(composeDigest(facts)).toEqual({ reply, content, isNew: expect.any(Boolean) });
    }),
    { seed: 27, numRuns: 200 },
  );
});
