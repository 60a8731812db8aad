import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createDesk } from "../src/create-desk.ts";
import type { Desk } from "../src/desk.ts";
import { loadCommands } from "../src/load-commands.ts";
import type { RawWorkspace } from "./helpers/facts.ts";
import { askingIn, isLong } from "./helpers/leak-asking.ts";
import { accountsOf, modes, peopleSettings, seenBy, viewerIn } from "./helpers/leak-people.ts";
import { openLeakWorld, type WorldAccount } from "./helpers/leak-world.ts";
import { openWorkspace } from "./helpers/workspace.ts";

// Ranks, shares and totals are those of a company that has the visible accounts and no others.

const money = z.object({ amount: z.number() });
const listed = z.object({
  total: z.object({ accounts: z.number(), value: money, share: z.number() }),
  rows: z.array(
    z.object({
      account: z.string(),
      rank: z.number(),
      tier: z.string(),
      value: money,
      share: z.number(),
      cumulativeShare: z.number(),
    }),
  ),
});
const mixed = z.object({ accounts: z.number(), value: money, top1Share: z.number(), hhi: z.number() });
const explained = z.object({ rank: z.number(), share: z.number(), cumulativeShare: z.number() });

const worthsOf = z.object({
  total: z.object({ accounts: z.number(), value: money, share: z.number() }),
  rows: z.array(
    z.object({ account: z.string(), rank: z.number(), value: money, cumulativeShare: z.number() }),
  ),
});

const listedCells = z.object({
  value: money,
  rows: z.array(z.object({ accounts: z.number(), value: money, share: z.number() })),
});

const grown = z.object({ yearBefore: money, thisYear: money });
const kept = z.object({ customers: z.number() });
const foreseen = z.object({
  lastYear: z.object({ customers: z.number(), yearMinor: z.number() }),
  base: z.object({ customers: z.object({ high: z.number() }) }).nullable(),
});

const commands = await loadCommands(new URL("../commands/", import.meta.url));
let world: RawWorkspace;
let desk: Desk;
let tiers: ReadonlyMap<string, string>;
beforeAll(async () => {
  world = await openLeakWorld();
  const { store } = await openWorkspace();
  desk = createDesk({ store, commands, now: () => new Date("2026-10-31T12:00:00Z") });
  await world.settings({ people: peopleSettings, visibility: "own" });
  tiers = new Map(
    listed.parse(await dataOf("operator", "top")).rows.map(({ account, tier }) => [account, tier]),
  );
});

async function dataOf(name: string, line: string): Promise<unknown> {
  const answer = await desk.answer({ viewer: viewerIn(world, name), line, rows: "all" });
  return answer.ok ? answer.reply.data : answer.message;
}

/** Buyers, largest first, with what they and all above them make of the whole. */
function ranked(accounts: readonly WorldAccount[]) {
  const buyers = accounts
    .filter(({ words: [name] }) => name !== "Brimstead")
    .toSorted((one, other) => other.value - one.value);
  const whole = buyers.reduce((sum, { value }) => sum + value, 0);
  return buyers.map(({ name, value }, index) => ({
    account: name,
    rank: index + 1,
    tier: tiers.get(name),
    value: { amount: value * 100 },
    share: value / whole,
    cumulativeShare: buyers.slice(0, index + 1).reduce((sum, other) => sum + other.value, 0) / whole,
  }));
}

const close = (share: number) => expect.closeTo(share, 10);
const sells = (name: string) => modes.some((mode) => seenBy(name, mode).length > 0);

/** Accounts that are asked about one by one: all, or the first, the middle and the last. */
function someOf<Item>(items: readonly Item[]): readonly Item[] {
  const places = [0, Math.floor(items.length / 2), items.length - 1];
  return isLong ? items : items.filter((_, index) => places.includes(index));
}

describe.each(modes)("in mode %s", (mode) => {
  beforeAll(() => world.settings({ visibility: mode }));

  test.each(askingIn(mode).filter(sells))("%s reads figures of their own accounts only", async (name) => {
    const own = ranked(accountsOf(seenBy(name, mode)));
    const whole = own.reduce((sum, { value }) => sum + value.amount, 0);
    const list = listed.parse(await dataOf(name, "top"));
    expect(list.total).toEqual({
      accounts: own.length,
      value: { amount: whole },
      share: own.length > 0 ? close(1) : 0,
    });
    expect(list.rows).toEqual(
      own.map((row) => ({ ...row, share: close(row.share), cumulativeShare: close(row.cumulativeShare) })),
    );
    if (own.length === 0) return;
    expect(mixed.parse(await dataOf(name, "mix"))).toEqual({
      accounts: own.length,
      value: { amount: whole },
      top1Share: close(own[0]?.share ?? 0),
      hhi: close(own.reduce((sum, { share }) => sum + share ** 2, 0) * 10_000),
    });
    const crossed = listedCells.parse(await dataOf(name, "cross industry region"));
    expect(crossed.value).toEqual({ amount: whole });
    expect(crossed.rows.filter(({ value }) => value.amount > 0)).toEqual(
      own.map(({ value, share }) => ({ accounts: 1, value, share: close(share) })),
    );
    // The window's 24 months are the year and the year before it.
    const { yearBefore, thisYear } = grown.parse(await dataOf(name, "growth"));
    expect(yearBefore.amount + thisYear.amount).toBe(whole);
    expect(kept.parse(await dataOf(name, "cohorts"))).toEqual({ customers: own.length });
    const outlook = foreseen.parse(await dataOf(name, "outlook"));
    expect(outlook.lastYear).toEqual({ customers: own.length, yearMinor: thisYear.amount });
    expect(outlook.base?.customers.high ?? 0).toBeLessThanOrEqual(own.length);
    const worths = worthsOf.parse(await dataOf(name, "ltv"));
    const sum = worths.rows.reduce((all, { value }) => all + value.amount, 0);
    expect(worths.rows.map(({ account }) => account).toSorted()).toEqual(
      own.map(({ account }) => account).toSorted(),
    );
    expect(worths.rows.map(({ rank }) => rank)).toEqual(own.map((_, index) => index + 1));
    expect(worths.total).toEqual({ accounts: own.length, value: { amount: sum }, share: close(1) });
    expect(worths.rows.map(({ cumulativeShare }) => cumulativeShare)).toEqual(
      worths.rows.map((_, index) =>
        close(worths.rows.slice(0, index + 1).reduce((all, { value }) => all + value.amount, 0) / sum),
      ),
    );
    for (const { account, rank, share, cumulativeShare } of someOf(own)) {
      const figures = { rank, share: close(share), cumulativeShare: close(cumulativeShare) };
      expect(explained.parse(await dataOf(name, `why ${account}`))).toEqual(figures);
      expect(await dataOf(name, `account ${account}`)).toMatchObject({ rank, share: close(share) });
    }
  });
});
