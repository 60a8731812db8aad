import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { addDays, daysUntil, monthsUntil } from "../../src/core/calendar.ts";
import { computePortfolio } from "../../src/core/standings.ts";
import { accessOf } from "../../src/store/access.ts";
import { createReads } from "../../src/store/create-reads.ts";
import type { Selection, Snapshot, StoreReads } from "../../src/store/reads.ts";
import { spendOf, spendRow, toSpend } from "../../src/store/spend.ts";
import { rowOf, rowsOf, sql } from "../../src/store/sql.ts";
import { markPlaces } from "../../src/store/standing-places.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "../helpers/facts.ts";
import { repId } from "../helpers/workspace.ts";

// What the refresh prepares gives the same answers as ranking everything anew, which is still done where nothing is
// prepared, and the standings and totals that SQL computes are those of the core.

const AS_OF = "2026-06-30";
const runs = { seed: 20_261_122, numRuns: process.env.PROVE === undefined ? 3 : 150 };
/** The long runs take minutes. */
const provable = { timeout: 3_600_000 };

/** Few different amounts, so that many accounts tie, and more credits than a company survives. */
const sale = fc.record({
  account: fc.integer({ min: 1, max: 40 }),
  cents: fc.oneof(fc.constantFrom(-500, 0, 100, 100, 2_000), fc.integer({ min: -9_000, max: 90_000 })),
  daysAgo: fc.integer({ min: 0, max: 1_000 }),
});
const portfolio = fc.record({
  sales: fc.array(sale, { minLength: 1, maxLength: 90 }),
  byHand: fc.dictionary(fc.constantFrom("1", "2", "3", "7"), fc.constantFrom("A", "B", "C", "D"), {
    maxKeys: 3,
  }),
});
const few = fc.integer({ min: 1, max: 7 });
type Portfolio = typeof portfolio extends fc.Arbitrary<infer Value> ? Value : never;

async function openPortfolio({ sales, byHand }: Portfolio): Promise<RawWorkspace> {
  const workspace = await openRawWorkspace();
  await workspace.startImport("hubspot");
  const reps = ["Rita", "Sam"];
  await workspace.reps(
    reps.map((name) => ({ external_id: name.toLowerCase(), name, email: `${name}@example.com`, team: name })),
  );
  await workspace.accounts(
    [...new Set(sales.map(({ account }) => account))].map((account) => ({
      ...{ external_id: String(account), name: `Account ${account}` },
      ...{ industry: account % 3 === 0 ? "Mining" : "Retail", region: account % 4 === 0 ? "North" : null },
      ...(account % 5 > 0 && { owner_record_id: repId(reps[account % 2] ?? "") }),
    })),
  );
  await workspace.deals(
    sales.map(({ account, cents, daysAgo }, index) => ({
      ...{ id: String(index), account_record_id: accountRecord("hubspot", String(account)) },
      ...{ amount_minor: cents, close_on: addDays(AS_OF, -daysAgo) },
    })),
  );
  await workspace.refresh(AS_OF);
  for (const [account, tier] of Object.entries(byHand))
    await workspace.database.$executeRaw(
      sql`INSERT INTO correction (workspace_id, account_id, field, value, reason, created_by)
          SELECT workspace_id, id, 'tier', ${tier}, 'test', 'test' FROM account
          WHERE workspace_id = ${workspace.id} AND id = ${accountRecord("hubspot", account)}::uuid`,
    );
  return workspace;
}

async function readsFor({ database, id }: RawWorkspace, email?: string): Promise<StoreReads> {
  const viewer =
    email === undefined ? ({ standing: "operator" } as const) : ({ standing: "member", email } as const);
  return createReads(database, await accessOf(database, { workspaceId: id, ...viewer }));
}

/** As it comes back out of JSON: what is undefined is not there. */
function asStored<Value extends object>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}

async function newest(reads: StoreReads): Promise<Snapshot> {
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  return snapshot;
}

test("standings and totals are those that the core computes", provable, async () => {
  await fc.assert(
    fc.asyncProperty(portfolio, async (given) => {
      const workspace = await openPortfolio(given);
      const refreshed = await workspace.refresh(AS_OF);
      const { database, id } = workspace;
      const reads = await readsFor(workspace);
      const snapshot = await newest(reads);
      const { window, previousUntil, cuts, basis } = snapshot;
      const spends = await rowsOf(
        database,
        spendRow,
        sql`SELECT account_id, value, previous_value, wins, first_won_on::text, last_won_on::text
            FROM (${spendOf(id, basis, AS_OF, window, monthsUntil(previousUntil, 24))}) b`,
      );
      const bought = new Set(spends.map(({ account_id }) => account_id));
      const overrides = Object.entries(given.byHand).map(
        ([account, tier]) =>
          [
            accountRecord("hubspot", account),
            { tier: z.enum(["A", "B", "C", "D"]).parse(tier), until: undefined },
          ] as const,
      );
      const expected = computePortfolio(
        spends.map(toSpend),
        { cuts, window, previousUntil },
        new Map(overrides.filter(([account]) => bought.has(account))),
      );
      const { rows } = await reads.standings(snapshot, {}, { offset: 0 });
      expect(rows.map(({ rank: _, account: __, owner: ___, cumulativeValue: ____, ...row }) => row)).toEqual(
        expected.standings.map(({ computedTier: _, ...standing }) => standing),
      );
      expect(refreshed?.totals).toMatchObject(expected.totals);
      expect(await reads.totals(snapshot)).toMatchObject(asStored(expected.totals));
    }),
    runs,
  );
});

const selections = (asOf: string): readonly Selection[] => [
  {},
  { tier: "A" },
  { tier: "D" },
  { industry: "Mining" },
  { industry: "Nothing" },
  { region: "North", tier: "B" },
  { ownerIds: [repId("Rita")] },
  { ownerIds: [repId("Rita"), repId("Sam")], tier: "C" },
  { ownerIds: [] },
  { from: "A" },
  { direction: "up" },
  { direction: "down", tier: "D" },
  { direction: "down", from: "B" },
  { quietSince: daysUntil(asOf, 180).after },
  { cohort: { first: "2025-01-01", last: "2025-12-31" } },
  { industry: "Retail", ownerIds: [repId("Sam")] },
];

test("ranks, pages, totals, moves and concentration are those of ranking everything", provable, async () => {
  await fc.assert(
    fc.asyncProperty(portfolio, fc.record({ step: few, first: few }), async (given, density) => {
      const workspace = await openPortfolio(given);
      await workspace.refresh(AS_OF);
      const { database, id } = workspace;
      const reads = await readsFor(workspace);
      const snapshot = await newest(reads);
      expect(snapshot.isPrepared).toBe(true);
      await database.$executeRaw(sql`DELETE FROM standing_mark WHERE workspace_id = ${id}`);
      await markPlaces(database, id, snapshot.id, density);
      const ranked = { ...snapshot, isPrepared: false };
      for (const selection of selections(AS_OF)) {
        for (const offset of [0, 3, 11])
          expect({
            selection,
            ...(await reads.standings(snapshot, selection, { offset, limit: 4 })),
          }).toEqual({
            selection,
            ...(await reads.standings(ranked, selection, { offset, limit: 4 })),
          });
        const moves = (of: Snapshot) => reads.moves(of, { kind: "own" }, selection, { offset: 0, limit: 5 });
        expect(await moves(snapshot)).toEqual(await moves(ranked));
      }
      expect(await reads.concentration(snapshot, {})).toMatchObject(
        asStored(await reads.concentration(ranked, {})),
      );
      for (const { accountId } of (await reads.standings(ranked, {}, { offset: 0 })).rows.slice(0, 9))
        expect(await reads.account(snapshot, accountId)).toEqual(await reads.account(ranked, accountId));
    }),
    runs,
  );
});

test("whoever sees a part gets ranks among that part, whatever is prepared", provable, async () => {
  await fc.assert(
    fc.asyncProperty(portfolio, fc.constantFrom("own", "team"), async (given, visibility) => {
      const workspace = await openPortfolio({ ...given, byHand: {} });
      await workspace.refresh(AS_OF);
      const everything = await readsFor(workspace);
      const owned = await everything.standings(
        await newest(everything),
        { ownerIds: [repId("Rita")] },
        { offset: 0 },
      );
      await workspace.settings({ visibility });
      const reads = await readsFor(workspace, "rita@example.com");
      const snapshot = await newest(reads);
      expect(snapshot.isPrepared).toBe(false);
      const seen = await reads.standings(snapshot, {}, { offset: 0, limit: 50 });
      expect(seen.rows.map(({ accountId, rank }) => [accountId, rank])).toEqual(
        owned.rows.map(({ accountId }, index) => [accountId, index + 1]),
      );
      expect(seen).toMatchObject({ accounts: owned.rows.length, wholeAccounts: owned.rows.length });
      const { accounts, value, groups } = await reads.concentration(snapshot, {});
      expect({ accounts, value }).toEqual({ accounts: seen.accounts, value: seen.value });
      expect(groups.reduce((sum, group) => sum + group.value, 0)).toBe(seen.whole);
    }),
    runs,
  );
});

test("only the newest two snapshots keep marks and figures, however often they are computed", async () => {
  const workspace = await openPortfolio({ sales: [{ account: 1, cents: 100, daysAgo: 3 }], byHand: {} });
  await workspace.refresh(AS_OF);
  await workspace.refresh(AS_OF);
  const { database, id } = workspace;
  const kept = (table: "standing_mark" | "standing_figure") =>
    rowOf(
      database,
      z.object({ snapshots: z.array(z.number()) }),
      table === "standing_mark"
        ? sql`SELECT array_agg(DISTINCT snapshot_id) AS snapshots FROM standing_mark WHERE workspace_id = ${id}`
        : sql`SELECT array_agg(DISTINCT snapshot_id) AS snapshots FROM standing_figure WHERE workspace_id = ${id}`,
    );
  const newestTwo = await rowOf(
    database,
    z.object({ snapshots: z.array(z.number()) }),
    sql`SELECT array_agg(id ORDER BY id) AS snapshots FROM (SELECT id FROM snapshot
        WHERE workspace_id = ${id} AND status = 'ready' ORDER BY id DESC LIMIT 2) newest`,
  );
  expect(await kept("standing_mark")).toEqual(newestTwo);
  expect(await kept("standing_figure")).toEqual(newestTwo);
});
