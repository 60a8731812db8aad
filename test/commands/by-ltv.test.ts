import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openSimulatedPortfolio } from "../helpers/simulated-portfolio.ts";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { rawRows } from "../helpers/workspace.ts";

// Tiers by lifetime value, who has gone quiet by a model that can tell, and how cards and health tell of both.

const listed = z.object({
  measure: z.string(),
  rows: z.array(
    z.object({
      account: z.string(),
      accountId: z.string(),
      rank: z.number(),
      tier: z.string(),
      spendTier: z.string().optional(),
      alive: z.number().nullable().optional(),
      flag: z.string().nullable().optional(),
    }),
  ),
});
const factsOf = z.array(z.object({ label: z.string(), value: z.string() }));

let portfolio: Asked;
let small: Asked;
beforeAll(async () => {
  portfolio = await openSimulatedPortfolio();
  small = await openSmallPortfolio();
}, 60_000);

async function rowsOf(line: string) {
  return listed.parse((await portfolio.reply(line, { rows: "all" })).data).rows;
}

async function fact(line: string, label: string) {
  const { facts } = await portfolio.reply(line);
  return factsOf.parse(facts).find((each) => each.label === label)?.value;
}

describe("top by ltv", () => {
  test("has the tiers by lifetime value, in the order of `ltv`", async () => {
    const all = await rowsOf("ltv");
    expect(await rowsOf("top by ltv")).toEqual(all);
    expect(await rowsOf("top A by ltv")).toEqual(all.filter(({ tier }) => tier === "A"));
    expect(await rowsOf("top by ltv tier:D")).toEqual(all.filter(({ tier }) => tier === "D"));
  });

  test("flags whose tier by spend is another", async () => {
    const [all, bySpend] = [await rowsOf("top by ltv"), await rowsOf("top")];
    const spendTiers = new Map(bySpend.map(({ account, tier }) => [account, tier]));
    for (const { account, tier, flag } of all) {
      const own = spendTiers.get(account);
      expect(flag).toBe(own === tier ? null : `${own} by spend, ${tier} by lifetime value`);
    }
    const differing = all.find(({ flag }) => flag !== null);
    expect(differing).toBeDefined();
    expect(await fact(`account "id:${differing?.accountId}"`, "Tiers differ")).toBe(differing?.flag);
    const { lines } = await portfolio.reply(`why "id:${differing?.accountId}"`);
    expect(lines?.flat()).toContain(`• ${differing?.flag}`);
  });

  test("pages, charts and shares stay by lifetime value", async () => {
    const { id } = await portfolio.snapshot();
    const { actions, headline, table } = await portfolio.reply("top A by ltv page:2");
    expect(headline).toMatch(/^\d+ A accounts by lifetime value: \d\d\.\d % of it$/);
    expect(table?.columns.map(({ title }) => title)).toEqual([
      ...["#", "Account", "Tier", "Lifetime value", "Likely range", "Why", "Owner"],
    ]);
    const runs = actions?.flatMap((action) => (action.kind === "run" ? [action.line] : []));
    expect(runs).toEqual([
      `top A by ltv snapshot:${id}`,
      `top A by ltv page:3 snapshot:${id}`,
      `top A chart by ltv page:2 snapshot:${id}`,
      "ltv explain",
    ]);
    expect((await portfolio.reply("top A chart by ltv")).charts?.[0]).toMatchObject({
      title: "A accounts by lifetime value",
      unit: { kind: "money", currency: "EUR" },
    });
  });

  test.each([
    ["top by ltv since 90d", "look ahead"],
    ["top by ltv fy:2026", "look ahead"],
    ["top by ltv within:industry", "look ahead"],
    ["top by profit", "Nothing to rank by profit yet"],
  ])("%s is explained", async (line, sentence) => {
    expect((await portfolio.mistake(line)).message).toContain(sentence);
  });

  test("filters narrow it", async () => {
    const all = await rowsOf("top by ltv");
    const ofAnn = new Set((await rowsOf("top owner:ann")).map(({ account }) => account));
    expect(await rowsOf("top by ltv owner:ann")).toEqual(all.filter(({ account }) => ofAnn.has(account)));
  });
});

describe("quiet", () => {
  test("are those that a model takes for customers with less than half a chance", async () => {
    const all = await rowsOf("ltv");
    const quiet = all.filter(({ alive }) => (alive ?? 1) < 0.5).map(({ account }) => account);
    expect(quiet.length).toBeGreaterThan(20);
    expect(quiet.length).toBeLessThan(220);
    const names = async (line: string) => (await rowsOf(line)).map(({ account }) => account);
    expect((await names("top quiet")).sort()).toEqual([...quiet].sort());
    expect(await names("ltv quiet")).toEqual(quiet);
    const tierA = new Set((await rowsOf("top A")).map(({ account }) => account));
    expect((await names("top A quiet")).sort()).toEqual(quiet.filter((name) => tierA.has(name)).sort());
    expect((await portfolio.reply("top quiet A")).headline).toContain("(quiet)");
  });

  test("narrow moves and offers, too", async () => {
    const quiet = new Set((await rowsOf("top quiet")).map(({ account }) => account));
    const moved = z.object({ rows: z.array(z.object({ account: z.string() })) });
    const rows = async (line: string) =>
      moved.parse((await portfolio.reply(line, { rows: "all" })).data).rows.map(({ account }) => account);
    expect(await rows("moved quiet")).toEqual((await rows("moved")).filter((name) => quiet.has(name)));
    const pitched = await rows('pitch "Come back" quiet preview');
    expect(pitched.length).toBeGreaterThan(0);
    expect(pitched.filter((name) => !quiet.has(name))).toEqual([]);
  });

  test("below another chance, when that is set", async () => {
    const asked = await openSimulatedPortfolio();
    const before = (await asked.reply("top quiet")).headline;
    await asked.reply("settings value-quiet-below 10");
    await asked.store.refresh(await asked.store.ensureWorkspace(asked.id), {
      now: new Date("2026-10-31T12:00:00Z"),
    });
    const { data, headline } = await asked.reply("ltv quiet", { rows: "all" });
    expect(headline).not.toBe(before);
    expect(listed.parse(data).rows.every(({ alive }) => (alive ?? 1) < 0.1)).toBe(true);
  }, 60_000);

  test("is said on a card, with the rhythm that was broken", async () => {
    const [quiet] = await rowsOf("top quiet A");
    expect(await fact(`account ${quiet?.account}`, "Likely still a customer")).toMatch(
      /^(<1|\d+) %, gone quiet$/,
    );
    const { lines } = await portfolio.reply(`why ${quiet?.account}`);
    expect(lines?.flat().join("\n")).toMatch(
      /• gone quiet: no purchase for \d+ days, it (used to buy every|bought on one day only)/,
    );
  });

  test("where no model can tell, days count instead, and that is said", async () => {
    const { headline, notes, data } = await small.reply("top quiet");
    expect(headline).toContain("(quiet 90d)");
    expect(notes).toContain(
      "The data does not let any model tell who has left: quiet means no purchase for 90 days.",
    );
    expect(data).toEqual((await small.reply("top quiet 90d")).data);
    expect((await small.reply("moved quiet")).notes?.join()).toContain("no purchase for 90 days");
  });

  test("of an old snapshot is not kept", async () => {
    const asked = await openSimulatedPortfolio();
    const { id } = await asked.snapshot();
    await rawRows("DELETE FROM account_value WHERE workspace_id = $1", [asked.id]);
    expect((await asked.mistake(`top quiet snapshot:${id}`)).message).toContain("is not kept any more");
  }, 60_000);
});

describe("health", () => {
  test("tells which models there are, how they did and when the next fit is due", async () => {
    const { facts } = await portfolio.reply("health");
    const own = new Map(factsOf.parse(facts).map(({ label, value }) => [label, value]));
    expect(own.get("Models fitted")).toMatch(
      /in snapshot \d+, the first one; to 240 customers, \d+ Jul 2023 to 29 Jun 2026$/,
    );
    expect(own.get("Next fit")).toBe("when the data reach 27 Jul 2026, earlier where purchases drift away");
    const models = await portfolio.reply("health models");
    expect(models.table?.rows).toHaveLength(8);
    expect(models.lines?.flat().join(" ")).toMatch(/off by \d\.\d\d purchases per account/);
  });

  test("names a model that no guess was worse than, and what cannot be told", async () => {
    const { lines } = await small.reply("health");
    expect(
      lines?.map((line) => line.map((span) => (typeof span === "string" ? span : span.text)).join("")),
    ).toContain(
      '• No model tells who has left, so "quiet" needs a number of days, as in "quiet 90d". See health models',
    );
    expect((await small.reply("health models")).table?.rows.flat().map(({ text }) => text)).toContain(
      "at a boundary: no customer ever leaves",
    );
  });
});
