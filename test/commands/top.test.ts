import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";

const money = z.object({ amount: z.number(), currency: z.literal("EUR") });
const listed = z.object({
  tier: z.string().nullable(),
  total: z.object({ accounts: z.number(), value: money, share: z.number() }),
  rows: z.array(
    z.object({
      rank: z.number(),
      account: z.string(),
      owner: z.string().nullable(),
      tier: z.string(),
      value: money,
      share: z.number(),
      cumulativeShare: z.number(),
      reasons: z.array(z.looseObject({ code: z.string(), text: z.string() })),
    }),
  ),
});

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
});

/** The accounts a line lists, by their first word. */
async function named(line: string, viewer: { email?: string } = {}): Promise<readonly string[]> {
  const { data } = await portfolio.reply(line, {
    rows: "all",
    viewer: { workspaceId: portfolio.id, standing: "operator", ...viewer },
  });
  return listed.parse(data).rows.map(({ account }) => account.split(" ")[0] ?? "");
}

describe("top", () => {
  test("lists a tier, largest first, with rank, value, shares, owner and reasons", async () => {
    const data = listed.parse((await portfolio.reply("top A")).data);
    expect(data.tier).toBe("A");
    expect(data.total).toEqual({ accounts: 3, value: { amount: 820_000, currency: "EUR" }, share: 0.82 });
    expect(data.rows[0]).toMatchObject({
      rank: 1,
      account: "Alder GmbH",
      owner: "Ann Archer",
      tier: "A",
      value: { amount: 500_000, currency: "EUR" },
      share: 0.5,
      cumulativeShare: 0.5,
    });
    expect(data.rows[0]?.reasons.map(({ code }) => code)).toEqual(["dominant", "grew", "bought"]);
    expect(data.rows[2]?.reasons.map(({ text }) => text)).toEqual([
      "12.0 % of spend hangs on it",
      "new, first bought 30 Jun 2026",
      "1 purchase, last 30 Jun 2026",
    ]);
  });

  test("says what it shows in its headline", async () => {
    const { headline, lines } = await portfolio.reply("top A");
    expect(headline).toBe("3 A accounts: 82.0 % of spend");
    expect(lines?.[0]?.map((span) => (typeof span === "string" ? span : span.text)).join("")).toBe(
      "€8,200 spent in the 24 months to 30 Jun 2026, of 10 accounts with purchases",
    );
  });

  test.each([
    ["top", "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Iris Juniper"],
    ["top b", "Dogwood Elm Fir"],
    ["top tier C accounts", "Ginkgo"],
    ["top D", "Hazel Iris Juniper"],
    ["top tier:B", "Dogwood Elm Fir"],
    ["top industry:retail", "Alder Birch Cedar Dogwood Elm"],
    ["top industry:real estate", "Fir Ginkgo Hazel Iris Juniper"],
    ['top D industry:"Real Estate"', "Hazel Iris Juniper"],
    ["top region:germ", "Alder Dogwood Ginkgo Juniper"],
    ["top channel:partner", "Alder Birch Cedar"],
    ["top product:pump", "Alder Cedar"],
    ["top owner:bob", "Birch Dogwood Fir Hazel Juniper"],
    ["top @ann.archer", "Alder Cedar Elm Ginkgo Iris"],
    ["top team:south", "Birch Dogwood Fir Hazel Juniper"],
    ["top team:south owner:ann", ""],
    ["top quiet 300d", "Birch Juniper"],
    ["top cohort:2025Q1", "Birch"],
    ["top cohort:2025", "Alder Birch Elm Fir"],
    ["top by spend A", "Alder Birch Cedar"],
    ["top from:A", "Dogwood Elm"],
    ["top down", "Dogwood Elm Ginkgo Hazel"],
    ["top up", ""],
    ["top A since 90d", "Alder Cedar"],
    ["top B since 200d", "Dogwood"],
    ["top A fy:2025", "Birch Alder"],
    ["top A within:channel", "Dogwood Elm Fir Alder Birch"],
  ])("%s", async (line, accounts) => {
    expect((await named(line)).join(" ")).toBe(accounts);
  });

  test("mine is by the verified address of who asks, team by theirs", async () => {
    expect(await named("top A mine", { email: "ANN@example.com" })).toEqual(["Alder", "Cedar"]);
    expect(await named("top A team", { email: "bob@example.com" })).toEqual(["Birch"]);
    const stranger = await portfolio.mistake("top mine");
    expect(stranger.message).toContain("I do not know which rep you are");
  });

  test("a mentioned person is found by address, and named in the headline", async () => {
    const people = async (userId: string) =>
      userId === "U0BOB" ? { name: "bobby", email: "bob@example.com" } : undefined;
    const { headline } = await portfolio.reply("top A <@U0BOB|bobby>", { people });
    expect(headline).toBe('1 A account (owner:"Bob Baker"): 20.0 % of spend');
    expect((await portfolio.mistake("top <@U0EVE>", { people })).message).toContain(
      "no rep in the imported data",
    );
  });

  test("pages ten at a time, all from the snapshot it started with", async () => {
    const { table, actions } = await portfolio.reply("top page:1");
    const { id } = await portfolio.snapshot();
    const chart = { kind: "run", label: "Chart", line: `top chart snapshot:${id}` };
    expect(table?.rows).toHaveLength(10);
    expect(actions?.filter(({ kind }) => kind === "run")).toEqual([chart]);
    const other = await openAsked();
    await other.import({
      companies: [],
      deals: Array.from({ length: 23 }, (_, index) => ({
        "Record ID": String(index),
        "Deal Stage": "Closed Won",
        Amount: String(100 - index),
        "Close Date": "2026-01-01",
        "Associated Company": `Pond ${index}`,
      })),
    });
    const snapshot = (await other.snapshot()).id;
    const second = await other.reply("top page:2");
    expect(second.table?.rows.map(([rank]) => rank?.text)).toEqual(
      "11 12 13 14 15 16 17 18 19 20".split(" "),
    );
    expect(second.actions?.filter(({ kind }) => kind === "run")).toEqual([
      { kind: "run", label: "Previous", line: `top snapshot:${snapshot}` },
      { kind: "run", label: "Next", line: `top page:3 snapshot:${snapshot}` },
      { kind: "run", label: "Chart", line: `top chart page:2 snapshot:${snapshot}` },
    ]);
    await other.import({
      deals: [
        {
          "Record ID": "new",
          "Deal Stage": "Closed Won",
          Amount: "5000",
          "Close Date": "2026-01-02",
          "Associated Company": "Ocean",
        },
      ],
    });
    expect((await other.reply(`top snapshot:${snapshot}`)).table?.rows[0]?.[1]?.text).toBe("Pond 0");
    expect((await other.reply("top")).table?.rows[0]?.[1]?.text).toBe("Ocean");
  });

  test("shares what was seen, and knows where the pages end", async () => {
    const { id } = await portfolio.snapshot();
    const { actions } = await portfolio.reply("top A");
    expect(actions).toContainEqual({ kind: "share", label: "Share", line: `top A snapshot:${id}` });
    expect(await portfolio.mistake("top A page:7")).toMatchObject({
      message: "There is only one page.",
      suggestions: [{ label: "Page 1", line: "top A" }],
    });
  });

  test("says what is in no tier", async () => {
    const { notes } = await portfolio.reply("top A");
    expect(notes).toContain("1 opportunity names no account and is in no tier.");
  });

  test.each([
    ["top E", 'I do not understand "E": a tier is A, B, C or D.'],
    ["top tier:X", 'There is no tier "X".'],
    ["top industry:banana", 'There is no industry "banana". There is Real Estate, Retail.'],
    ["top industry:r", '"r" could be Real Estate, Retail. Write more of it.'],
    ["top banana:split", 'There is no filter or imported column "banana". There is Channel.'],
    ["top by profit", "Nothing to rank by profit yet"],
    ["top quiet 0d", 'Say how many days after "quiet"'],
    ["top cohort:soon", "Write cohort: as a year or a quarter"],
    ["top owner:zoe", 'There is no rep "zoe". There is Ann Archer, Bob Baker.'],
  ])("%s is explained", async (line, sentence) => {
    expect((await portfolio.mistake(line)).message).toContain(sentence);
  });

  describe("chart", () => {
    test("shows the accounts of the list as bars, instead of the table", async () => {
      const { headline, charts, table, data } = await portfolio.reply("top A chart");
      expect(headline).toBe("3 A accounts: 82.0 % of spend");
      expect(table).toBeUndefined();
      expect(charts).toEqual([
        {
          kind: "bar",
          title: "A accounts by spend",
          message: "Alder GmbH leads with €5,000; the 3 accounts shown spent €8,200 of €8,200 together.",
          categories: ["Alder GmbH", "Birch GmbH", "Cedar GmbH"],
          series: [{ name: "Spend", values: [500_000, 200_000, 120_000] }],
          unit: { kind: "money", currency: "EUR" },
          categoryTitle: "Account",
        },
      ]);
      expect(data).toEqual((await portfolio.reply("top A")).data);
    });

    test.each([
      ["top chart A industry:retail", "Alder Birch Cedar"],
      ["top A industry:retail chart", "Alder Birch Cedar"],
      ["top chart tier:B", "Dogwood Elm Fir"],
      ["top CHART quiet 300d", "Birch Juniper"],
      ["top A chart within:channel", "Dogwood Elm Fir Alder Birch"],
      ["top chart owner:bob C", ""],
    ])("%s has the same accounts as the list", async (line, accounts) => {
      expect((await named(line)).join(" ")).toBe(accounts);
      const { charts = [] } = await portfolio.reply(line);
      expect(charts.flatMap(({ categories }) => categories.map((name) => name.split(" ")[0])).join(" ")).toBe(
        accounts,
      );
    });

    test("leads to the same page as a list, and back; turns pages and shares as a chart", async () => {
      const { id } = await portfolio.snapshot();
      const lines = async (line: string) =>
        Object.fromEntries(
          ((await portfolio.reply(line)).actions ?? []).flatMap((action) =>
            action.kind === "choose" ? [] : [[action.label, action.line]],
          ),
        );
      expect(await lines("top A region:austria")).toMatchObject({
        Chart: `top A chart region:austria snapshot:${id}`,
        Share: `top A region:austria snapshot:${id}`,
      });
      expect(await lines("top A chart region:austria")).toMatchObject({
        List: `top A region:austria snapshot:${id}`,
        Share: `top A chart region:austria snapshot:${id}`,
        Filter: "top A chart region:austria",
      });
      expect(await lines("top tier:A chart")).toMatchObject({ List: `top tier:A snapshot:${id}` });
      expect(Object.keys(await lines("top industry:retail owner:bob C"))).not.toContain("Chart");
    });

    test("says how many accounts are on other pages", async () => {
      const pond = await openAsked();
      await pond.import({
        companies: [],
        deals: Array.from({ length: 12 }, (_, index) => ({
          "Record ID": String(index),
          "Deal Stage": "Closed Won",
          Amount: String(100 - index),
          "Close Date": "2026-01-01",
          "Associated Company": `Pond ${index}`,
        })),
      });
      expect((await pond.reply("top chart page:2")).charts).toMatchObject([
        {
          categories: ["Pond 10", "Pond 11"],
          omission: "10 more accounts of this list are not in the chart.",
        },
      ]);
    });

    test("does not go with what is no tier", async () => {
      expect((await portfolio.mistake("top chart E")).message).toContain('I do not understand "E"');
    });
  });

  test("before the first import it says what to do", async () => {
    const empty = await openAsked();
    expect((await empty.mistake("top A")).message).toContain("Nothing is imported yet");
  });
});
