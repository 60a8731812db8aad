import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { exportCsv } from "../../src/exports/export-csv.ts";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { accountId, company, deal, user } from "../helpers/workspace.ts";

const money = z
  .object({ amount: z.number(), currency: z.literal("EUR") })
  .transform(({ amount }) => amount / 100);
const listed = z.object({
  previousUntil: z.string(),
  against: z.looseObject({ kind: z.string() }),
  counts: z.record(z.string(), z.number()),
  rows: z.array(
    z.object({
      account: z.string(),
      move: z.string(),
      previousTier: z.string().nullable(),
      tier: z.string().nullable(),
      previousValue: money,
      value: money,
      change: money,
      reason: z.looseObject({ code: z.string(), text: z.string() }),
      owner: z.string().nullable(),
    }),
  ),
});

const redefinedRows = z.object({
  rows: z.array(
    z.object({
      account: z.string(),
      redefined: z.object({ from: z.string(), to: z.string() }).nullable(),
    }),
  ),
});

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
});

/** The moves a line lists: "Dogwood A→B". */
async function moves(line: string, of = portfolio, viewer: { email?: string } = {}): Promise<string> {
  const { data } = await of.reply(line, {
    rows: "all",
    viewer: { workspaceId: of.id, standing: "operator", ...viewer },
  });
  return listed
    .parse(data)
    .rows.map(
      ({ account, previousTier, tier }) => `${account.split(" ")[0]} ${previousTier ?? ""}→${tier ?? ""}`,
    )
    .join(", ");
}

describe("moved", () => {
  test("lists who changed tier, most money first, with values then and now, one reason and the owner", async () => {
    const { headline, lines, data, table } = await portfolio.reply("moved");
    const { id } = await portfolio.snapshot();
    expect(headline).toBe("5 accounts moved in 90 days: 4 fell, 1 new");
    expect(lines).toEqual([[`Tiers on 30 Jun 2026, as the data of snapshot ${id} says of 1 Apr 2026.`]]);
    const { rows, counts, previousUntil } = listed.parse(data);
    expect(previousUntil).toBe("2026-04-01");
    expect(counts).toEqual({ rose: 0, fell: 4, new: 1, gone: 0 });
    expect(rows[0]).toMatchObject({
      ...{
        account: "Cedar GmbH",
        move: "new",
        previousTier: null,
        tier: "A",
        previousValue: 0,
        value: 1_200,
      },
      ...{ change: 1_200, owner: "Ann Archer" },
      reason: { code: "new", text: "first bought 30 Jun 2026" },
    });
    expect(rows[1]).toMatchObject({
      ...{ account: "Dogwood GmbH", move: "fell", previousTier: "A", tier: "B", change: 0 },
      reason: { code: "overtaken", text: "others overtook it" },
    });
    expect(table?.columns.map(({ title }) => title)).toEqual(
      "Account,Tier,1 Apr 2026,30 Jun 2026,Why,Owner".split(","),
    );
    expect(table?.rows[0]?.map(({ text }) => text)).toEqual([
      ...["Cedar GmbH", "new → A", "€0", "€1,200", "first bought 30 Jun 2026", "Ann Archer"],
    ]);
  });

  const all = "Cedar →A, Dogwood A→B, Elm A→B, Ginkgo B→C, Hazel C→D";
  test.each([
    ["moved", all],
    ["moved 90", all],
    ["moved in the last 90 days", all],
    ["moved down", "Dogwood A→B, Elm A→B, Ginkgo B→C, Hazel C→D"],
    ["moved up", ""],
    ["moved from:A", "Dogwood A→B, Elm A→B"],
    ["moved tier:A", "Cedar →A"],
    ["moved owner:ann", "Cedar →A, Elm A→B, Ginkgo B→C"],
    ["moved team:south down", "Dogwood A→B, Hazel C→D"],
    ["moved industry:retail", "Cedar →A, Dogwood A→B, Elm A→B"],
    ["moved channel:direct", "Dogwood A→B, Elm A→B, Ginkgo B→C, Hazel C→D"],
    ["moved product:pump", "Cedar →A"],
    ["moved cohort:2025", "Elm A→B"],
    // Without Cedar the others have 8,800: A to 7,040, B to 8,360, C to 8,712.
    ["moved 30d", "Cedar →A, Dogwood A→B, Hazel C→D"],
    ["moved 30", "Cedar →A, Dogwood A→B, Hazel C→D"],
    ["moved 1 month from:A", "Dogwood A→B"],
  ])("%s", async (line, expected) => {
    expect(await moves(line)).toBe(expected);
  });

  test("says in one line that nothing moved", async () => {
    const { headline, lines, table, data } = await portfolio.reply("moved up owner:bob");
    expect(headline).toBe("Nothing moved in 90 days (owner:bob up)");
    expect({ lines, table }).toEqual({ lines: [], table: undefined });
    expect(listed.parse(data).rows).toEqual([]);
  });

  test("another number of days is computed from the data where no snapshot is kept that far back", async () => {
    const { lines, data } = await portfolio.reply("moved 30d");
    expect(lines).toEqual([["Tiers on 30 Jun 2026, as today's data says of 31 May 2026."]]);
    expect(listed.parse(data).against).toEqual({ kind: "data", until: "2026-05-31" });
  });

  test("is shared as it was seen, filtered, opened and downloaded", async () => {
    const { id } = await portfolio.snapshot();
    const { actions, data } = await portfolio.reply("moved 30d down");
    expect(actions).toContainEqual({ kind: "share", label: "Share", line: `moved 30d down snapshot:${id}` });
    expect(actions).toContainEqual({ kind: "filter", label: "Filter", line: "moved 30d down" });
    const choices = actions?.flatMap((action) => (action.kind === "choose" ? action.choices : []));
    expect(choices?.[0]).toEqual({ label: "Dogwood GmbH", line: `account "id:${accountId("4")}"` });
    expect(exportCsv(data)).toContain(
      "Dogwood GmbH,fell,A,B,800.00,EUR,800.00,EUR,0.00,EUR,others overtook it",
    );
  });

  test.each([
    ["moved since 30d", '"since" does not fit here.'],
    ["moved within:industry", '"within:industry" does not fit here.'],
    ["moved fy:2026", '"fy:2026" does not fit here.'],
    ["moved fast", "say how many days, from 1 to 730"],
    ["moved 0d", "say how many days, from 1 to 730"],
    ["moved 3000", "say how many days, from 1 to 730"],
    ["moved page:4", "There is only one page."],
  ])("%s is explained", async (line, sentence) => {
    expect((await portfolio.mistake(line)).message).toContain(sentence);
  });
});

describe("moved against a kept snapshot", () => {
  let later: Asked;
  let first: number;
  beforeAll(async () => {
    later = await openSmallPortfolio();
    first = (await later.snapshot()).id;
    await later.import({
      deals: [
        deal("5", "4", "800.00", "2026-01-10", { "Deal Stage": "Closed Lost" }),
        deal("20", "9", "6000.00", "2026-08-29"),
        deal("21", "11", "30.00", "2026-08-29"),
      ],
    });
  });

  test("names it, and tells who came, went, rose and why", async () => {
    const { headline, lines, data } = await later.reply("moved 60d");
    // Iris 6,020 of 15,250, Alder 5,000, Birch 2,000: A to 12,200; Cedar to 14,220.
    expect(headline).toBe("5 accounts moved in 60 days: 1 rose, 2 fell, 1 new, 1 gone");
    expect(lines).toEqual([[`Tiers on 29 Aug 2026, against snapshot ${first} of 30 Jun 2026.`]]);
    const { rows, against } = listed.parse(data);
    expect(against).toEqual({ kind: "snapshot", id: first });
    expect(
      rows.map(({ account, move, reason }) => `${account.split(" ")[0]} ${move}: ${reason.text}`),
    ).toEqual([
      "Iris rose: spends 301 times as much",
      "Dogwood gone: no purchase of it is left in the data",
      "Koa new: first bought 29 Aug 2026",
      "Cedar fell: others overtook it",
      "Fir fell: others overtook it",
    ]);
    expect(await moves("moved 60d from:B", later)).toBe("Dogwood B→, Fir B→C");
    expect(await moves("moved 60d up", later)).toBe("Iris D→A");
  });

  test("another window than the snapshot's own, or one before all snapshots, is not confused with it", async () => {
    const own = listed.parse((await later.reply("moved")).data);
    expect(own.against).toEqual({ kind: "own" });
    const early = listed.parse((await later.reply("moved 61d")).data);
    expect(early.against).toEqual({ kind: "data", until: "2026-06-29" });
  });

  test("says so when the rules were others", async () => {
    expect((await later.reply("moved 60d")).notes?.join(" ")).not.toContain("changed in snapshot");
    await later.reply("settings cuts 50/60/70");
    await later.store.refresh(await later.store.ensureWorkspace(later.id), {
      now: new Date("2026-10-31T12:00:00Z"),
    });
    const { id } = await later.snapshot();
    const reply = await later.reply("moved 60d", { rows: "all" });
    const marked = redefinedRows.parse(reply.data).rows.filter(({ redefined }) => redefined !== null);
    const sentence = `The tier cuts were changed in snapshot ${id}: that alone put 5 accounts into another tier.`;
    expect(reply.notes).toContain(sentence);
    // Alder alone makes more than the 50 % that A ends at now; all below were A, B or C by the cuts before.
    expect(
      marked.map(({ account, redefined }) => `${account.split(" ")[0]} ${redefined?.from}→${redefined?.to}`),
    ).toEqual(["Birch A→D", "Cedar B→D", "Elm B→D", "Fir C→D", "Ginkgo C→D"]);
    expect(reply.table?.rows.flat().map(({ text }) => text)).toContainEqual(
      expect.stringContaining(`a changed definition put it from A to D in snapshot ${id}`),
    );
    const { lines } = await later.reply("why Birch");
    expect(lines?.flat()).toContain(`• a changed definition put it from A to D in snapshot ${id}`);
    expect((await later.reply("moved")).notes).toContain(
      `${sentence} No move here is by that: both days go by the definitions of now.`,
    );
  });
});

test("a tier set by hand says so", async () => {
  const asked = await openSmallPortfolio();
  await asked.reply("correct Iris tier:A until 2027-03-31 because it grows");
  await asked.store.refresh(await asked.store.ensureWorkspace(asked.id), {
    now: new Date("2026-10-31T12:00:00Z"),
  });
  const { rows } = listed.parse((await asked.reply("moved up")).data);
  expect(rows.map(({ account, tier, reason }) => [account, tier, reason.text])).toEqual([
    ["Iris GmbH", "A", "set by hand until 31 Mar 2027, D by its figures"],
  ]);
  expect(await moves("moved 30d up", asked)).toBe("Iris D→A");
});

test("whoever sees some accounts gets their moves alone", async () => {
  const asked = await openSmallPortfolio();
  await asked.reply("settings visibility own");
  const ann = { email: "ann@example.com" };
  expect(await moves("moved", asked, ann)).toBe("Cedar →A, Elm A→B, Ginkgo B→C");
  // Ann's own: Alder 5,000 of 6,820, Cedar 1,200, Elm 400, Ginkgo 200; before Cedar came, A to 4,496.
  const { headline, notes } = await asked.reply("moved 30d", {
    viewer: { workspaceId: asked.id, standing: "operator", ...ann },
  });
  expect(headline).toContain("moved in 30 days");
  expect(notes?.[1]).toContain("cut among these accounts");
  const { rows } = listed.parse(
    (
      await asked.reply("moved 30d", {
        rows: "all",
        viewer: { workspaceId: asked.id, standing: "operator", ...ann },
      })
    ).data,
  );
  expect(rows.map(({ account }) => account)).not.toContain("Dogwood GmbH");
});

test("pages ten at a time, from the snapshot it started with", async () => {
  const asked = await openAsked();
  const names = Array.from({ length: 23 }, (_, index) => String(index + 1));
  await asked.import({
    companies: names.map((name) => company(name, `Pond ${name}`)),
    users: [user("Ann Archer", "ann@example.com")],
    deals: names.map((name) => deal(name, name, String(100 + Number(name)), "2026-06-30")),
  });
  const { id } = await asked.snapshot();
  const { table, actions, notes } = await asked.reply("moved page:2");
  expect(table?.rows).toHaveLength(10);
  expect(table?.rows[0]?.[0]?.text).toBe("Pond 13");
  expect(actions?.filter(({ kind }) => kind === "run")).toEqual([
    { kind: "run", label: "Previous", line: `moved snapshot:${id}` },
    { kind: "run", label: "Next", line: `moved page:3 snapshot:${id}` },
  ]);
  expect(notes?.at(-1)).toBe(`Page 2 of 3 · Data as of 2026-06-30 · snapshot ${id}`);
});
