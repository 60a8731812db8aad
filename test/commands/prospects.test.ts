import { beforeAll, describe, expect, test } from "vitest";
import { openProspectPortfolio } from "../helpers/prospect-portfolio.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { company, deal } from "../helpers/workspace.ts";

interface Row {
  readonly rank: number;
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | null;
  readonly claimedBy: string | null;
  readonly potential: { readonly amount: number };
  readonly potentialLow: { readonly amount: number };
  readonly potentialHigh: { readonly amount: number };
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  readonly weighted: { readonly amount: number };
  readonly resembles: string | null;
  readonly nextStep: string;
  readonly reasons: readonly { readonly text: string }[];
}

interface List {
  readonly interim: boolean;
  readonly total: {
    readonly accounts: number;
    readonly potential: { readonly amount: number };
    readonly weighted: { readonly amount: number };
  };
  readonly rows: readonly Row[];
}

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openProspectPortfolio(true);
});

const as = (email: string) =>
  ({ viewer: { workspaceId: portfolio.id, email, standing: "member" }, rows: "all" }) as const;
const [ann, bob] = ["ann@example.com", "bob@example.com"];
const listOf = async (line: string, email?: string) =>
  (await portfolio.reply(line, email === undefined ? { rows: "all" } : as(email))).data as List;
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
/** Every third account never bought. */
const isProspect = (account: string) => Number(account.slice(-3)) % 3 === 0;

describe("prospects", () => {
  test("stand by potential times chance, with all that speaks for them", async () => {
    const { rows, total, interim } = await listOf("prospects");
    expect(rows).toHaveLength(80);
    expect(rows.every(({ account }) => isProspect(account))).toBe(true);
    expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, index) => index + 1));
    expect(rows.map(({ weighted }) => weighted.amount)).toEqual(
      rows.map(({ weighted }) => weighted.amount).toSorted((one, other) => other - one),
    );
    for (const row of rows) {
      expect(row.weighted.amount).toBe(Math.round(row.potential.amount * row.probability));
      expect(row.potentialLow.amount).toBeLessThanOrEqual(row.potential.amount);
      expect(row.potentialHigh.amount).toBeGreaterThanOrEqual(row.potential.amount);
      expect(row.low).toBeLessThanOrEqual(row.probability);
      expect(row.high).toBeGreaterThanOrEqual(row.probability);
      expect(row.reasons.length).toBeGreaterThan(0);
      expect(row.nextStep).not.toBe("");
    }
    expect(total).toEqual({
      accounts: 80,
      potential: { amount: sum(rows.map(({ potential }) => potential.amount)), currency: "EUR" },
      weighted: { amount: sum(rows.map(({ weighted }) => weighted.amount)), currency: "EUR" },
    });
    // Some sixty deals were lost too few for a model.
    expect(interim).toBe(true);
  });

  test("are most like a customer of tier A", async () => {
    const customers = (await portfolio.reply("top A", { rows: "all" })).data as {
      rows: readonly { readonly account: string }[];
    };
    const best = new Set(customers.rows.map(({ account }) => account));
    const { rows } = await listOf("prospects");
    const alike = rows.flatMap(({ resembles }) => resembles ?? []);
    expect(alike.length).toBeGreaterThan(40);
    expect(alike.every((account) => best.has(account))).toBe(true);
  });

  test("are narrowed by filters, and paged", async () => {
    const all = (await listOf("prospects")).rows;
    const mine = (await listOf("prospects mine", ann)).rows;
    expect(mine.map(({ account }) => account)).toEqual(
      all.filter(({ owner }) => owner === "Ann Archer").map(({ account }) => account),
    );
    expect((await listOf("prospects industry:energy")).rows.length).toBe(20);
    const first = await portfolio.reply("prospects");
    const second = await portfolio.reply("prospects page:2");
    expect(first.entries).not.toEqual(second.entries);
    expect(second.notes?.at(-1)).toContain("Page 2 of ");
  });

  test("of others are out of sight where reps see their own alone", async () => {
    const all = (await listOf("prospects")).rows.filter(({ owner }) => owner === "Bob Baker");
    await portfolio.reply("settings visibility own");
    const { rows, total } = await listOf("prospects", bob);
    expect(rows.map(({ account, weighted }) => [account, weighted])).toEqual(
      all.map(({ account, weighted }) => [account, weighted]),
    );
    expect(rows.map(({ rank }) => rank)).toEqual(all.map((_, index) => index + 1));
    expect(total.weighted.amount).toBe(sum(all.map(({ weighted }) => weighted.amount)));
    const hidden = (await listOf("prospects", ann)).rows[0]?.accountId;
    expect((await portfolio.mistake(`prospects claim "id:${hidden}"`, as(bob))).message).toContain(
      "not among those that you may see",
    );
    await portfolio.reply("settings visibility all");
  });
});

describe("a claim", () => {
  const outcomeOf = async (line: string, email: string) =>
    (await portfolio.reply(line, as(email))).data as { outcome: string; by: string | null };

  test("makes a prospect that nobody owns one's own, once", async () => {
    const free = (await listOf("prospects")).rows.find(({ owner }) => owner === null);
    const line = `prospects claim "id:${free?.accountId}"`;
    expect(await outcomeOf(line, bob)).toMatchObject({ outcome: "claimed" });
    expect(await outcomeOf(line, bob)).toMatchObject({ outcome: "unchanged" });
    expect(await outcomeOf(line, ann)).toMatchObject({ outcome: "taken", by: "Bob Baker" });
    expect((await listOf("prospects")).rows.find(({ account }) => account === free?.account)).toMatchObject({
      claimedBy: "Bob Baker",
    });
  });

  test("of two at once one is taken", async () => {
    const free = (await listOf("prospects")).rows.findLast(
      ({ owner, claimedBy }) => owner === null && claimedBy === null,
    );
    const line = `prospects claim "id:${free?.accountId}"`;
    const outcomes = await Promise.all([outcomeOf(line, ann), outcomeOf(line, bob)]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["claimed", "taken"]);
  });

  test("is for reps, and for prospects", async () => {
    const free = (await listOf("prospects")).rows[0]?.accountId;
    expect((await portfolio.mistake(`prospects claim "id:${free}"`)).message).toContain("Only reps claim");
    expect((await portfolio.mistake('prospects claim "Client 001"', as(ann))).message).toContain(
      "this account is a customer",
    );
  });
});

test("without a customer there is nothing to learn potential from, and that is said", async () => {
  const empty = await openAsked();
  await empty.import({
    companies: [company("1", "Alone GmbH")],
    deals: [deal("1", "1", "5.00", "2026-01-01", { "Deal Stage": "Closed Lost" })],
  });
  expect((await empty.mistake("prospects")).message).toMatch(/bought|customer/);
});
