import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { addDays } from "../../src/core/calendar.ts";
import type { SettingsPatch } from "../../src/core/settings.ts";
import { accessOf } from "../../src/store/access.ts";
import { readRedefined } from "../../src/store/read-redefined.ts";
import { forgetOldSnapshots } from "../../src/store/retention.ts";
import { rowsOf, sql } from "../../src/store/sql.ts";
import { ensureWorkspace } from "../../src/store/workspaces.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "../helpers/facts.ts";
import { repId } from "../helpers/workspace.ts";

const AS_OF = "2026-06-30";
const now = new Date("2026-10-31T12:00:00Z");
const idOf = (account: number) => accountRecord("crm", String(account));
const everybody = Array.from({ length: 12 }, (_, index) => idOf(index + 1));
const usual: SettingsPatch = {
  ...{ currency: "EUR", cuts: { A: 800, B: 950, C: 990 }, windowMonths: 24, revenue: "net", basisDays: 92 },
};

const sale = fc.record({
  account: fc.integer({ min: 1, max: 12 }),
  cents: fc.oneof(fc.constantFrom(-500, 100, 2_000), fc.integer({ min: -9_000, max: 90_000 })),
  daysAgo: fc.integer({ min: 0, max: 1_000 }),
  kind: fc.constantFrom("invoice" as const, "payment" as const),
});
type Sale = typeof sale extends fc.Arbitrary<infer Value> ? Value : never;

const change: fc.Arbitrary<SettingsPatch> = fc.constantFrom<SettingsPatch>(
  { cuts: { A: 400, B: 600, C: 900 } },
  { windowMonths: 6 },
  { revenue: "gross" },
  { basisDays: 5 },
  { windowMonths: 12, cuts: { A: 700, B: 950, C: 990 } },
);

async function openWith(sales: readonly Sale[]): Promise<RawWorkspace> {
  const workspace = await openRawWorkspace();
  await workspace.settings(usual);
  await workspace.startImport("crm");
  await workspace.reps([{ external_id: "rita", name: "Rita", email: "rita@example.com" }]);
  await workspace.accounts(
    Array.from({ length: 12 }, (_, index) => ({
      ...{ external_id: String(index + 1), name: `Account ${index + 1}` },
      ...(index % 2 === 0 && { owner_record_id: repId("Rita") }),
    })),
  );
  await sell(workspace, sales);
  return workspace;
}

function sell(workspace: RawWorkspace, sales: readonly Sale[]): Promise<void> {
  return workspace.ledger(
    sales.map(({ account, cents, daysAgo, kind }) => ({
      ...{ kind, account_record_id: accountRecord("crm", String(account)) },
      ...{ amount_minor: cents, on_day: addDays(AS_OF, -daysAgo) },
    })),
  );
}

async function refresh(workspace: RawWorkspace): Promise<number> {
  const refreshed = await workspace.refresh(AS_OF);
  if (!refreshed) throw new RangeError("nothing to refresh");
  return refreshed.snapshot;
}

async function tiersOf({ database, id }: RawWorkspace): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf(
    database,
    z.object({ account: z.string(), tier: z.string() }),
    sql`SELECT account_id AS account, tier::text FROM account_standing WHERE workspace_id = ${id} AND valid_to IS NULL`,
  );
  return new Map(rows.map(({ account, tier }) => [account, tier]));
}

async function redefinedBy({ database, id }: RawWorkspace, email?: string) {
  const viewer =
    email === undefined ? ({ standing: "operator" } as const) : ({ standing: "member", email } as const);
  return readRedefined(database, await accessOf(database, { workspaceId: id, ...viewer }));
}

test("moves by another definition are those that the same data gives under both", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sale, { minLength: 1, maxLength: 40 }),
      fc.array(sale, { maxLength: 10 }),
      change,
      async (before, since, patch) => {
        const workspace = await openWith(before);
        const first = await refresh(workspace);
        await sell(workspace, since);
        await workspace.settings(patch);
        const second = await refresh(workspace);
        const under = await tiersOf(workspace);
        // The oracle: the same data, refreshed under the definitions of before.
        await workspace.settings(usual);
        const third = await refresh(workspace);
        const until = await tiersOf(workspace);

        const { redefinitions, redefinedTiers } = await redefinedBy(workspace);
        const moves = [...under]
          .flatMap(([accountId, to]) => {
            const from = until.get(accountId);
            return from === undefined || from === to ? [] : [{ snapshotId: second, accountId, from, to }];
          })
          .sort((left, right) => (left.accountId < right.accountId ? -1 : 1));
        expect(await redefinedTiers({ after: first, until: second }, everybody)).toEqual(moves);
        expect(await redefinitions({ after: first, until: second })).toEqual([
          { snapshotId: second, changed: expect.arrayContaining(Object.keys(patch)), moves: moves.length },
        ]);
        expect(await redefinedTiers({ after: second, until: third }, everybody)).toEqual(
          moves.map(({ accountId, from, to }) => ({ snapshotId: third, accountId, from: to, to: from })),
        );
      },
    ),
    { numRuns: process.env.PROVE ? 200 : 6, seed: 5 },
  );
}, 3_600_000);

const apart: readonly Sale[] = [
  { account: 1, cents: 8_000, daysAgo: 1, kind: "invoice" },
  { account: 2, cents: 1_500, daysAgo: 1, kind: "invoice" },
  { account: 3, cents: 400, daysAgo: 1, kind: "invoice" },
  { account: 4, cents: 100, daysAgo: 1, kind: "invoice" },
];

test("a tier that a person set is moved by no definition, and each viewer reads of their own accounts", async () => {
  const workspace = await openWith(apart);
  const first = await refresh(workspace);
  await workspace.database.$executeRaw(
    sql`INSERT INTO correction (workspace_id, account_id, field, value, reason, created_by)
        VALUES (${workspace.id}, ${idOf(3)}::uuid, 'tier', 'B', 'test', 'test')`,
  );
  await workspace.settings({ cuts: { A: 960, B: 980, C: 995 } });
  const until = await refresh(workspace);
  const { redefinedTiers } = await redefinedBy(workspace);
  const moved = async (accountIds = everybody) =>
    (await redefinedTiers({ after: first, until }, accountIds)).map(({ accountId: id, from, to }) => [
      id,
      from,
      to,
    ]);
  expect(new Set(await moved())).toEqual(
    new Set([
      [idOf(2), "B", "A"],
      [idOf(4), "D", "C"],
    ]),
  );
  expect(await moved([idOf(2)])).toEqual([[idOf(2), "B", "A"]]);
  expect(await moved([idOf(3)])).toEqual([]);
  await workspace.settings({ visibility: "own" });
  const own = await redefinedBy(workspace, "rita@example.com");
  expect(await own.redefinedTiers({ after: first, until }, everybody)).toEqual([]);
  expect(await own.redefinitions({ after: first, until })).toEqual([
    { snapshotId: until, changed: ["cuts"], moves: 0 },
  ]);
});

test("nothing is said where no definition changed, nor of a first snapshot", async () => {
  const workspace = await openWith(apart);
  await refresh(workspace);
  await workspace.settings({ value: { margin: 500 }, fiscalYearStart: 4 });
  const until = await refresh(workspace);
  const { redefinitions } = await redefinedBy(workspace);
  expect(await redefinitions({ after: 0, until })).toEqual([]);
});

test("when a snapshot goes, the next kept one says what definitions moved", async () => {
  const workspace = await openWith(apart);
  const { database, id } = workspace;
  const first = await refresh(workspace);
  await workspace.settings({ cuts: { A: 960, B: 980, C: 995 } });
  const second = await refresh(workspace);
  await workspace.settings({ cuts: { A: 800, B: 960, C: 985 }, compareDays: 30 });
  const third = await refresh(workspace);
  const { redefinitions, redefinedTiers } = await redefinedBy(workspace);
  const moved = async () =>
    (await redefinedTiers({ after: first, until: third }, everybody)).map(
      ({ snapshotId, accountId, from, to }) => [...[snapshotId, accountId, from, to]],
    );
  expect(new Set(await moved())).toEqual(
    new Set([
      ...[
        [second, idOf(2), "B", "A"],
        [second, idOf(3), "C", "A"],
        [second, idOf(4), "D", "C"],
      ],
      ...[
        [third, idOf(2), "A", "B"],
        [third, idOf(3), "A", "B"],
        [third, idOf(4), "C", "D"],
      ],
    ]),
  );
  await database.$executeRaw(
    sql`UPDATE snapshot SET created_at = ${new Date("2026-06-01T12:00:00Z")}::timestamptz
        WHERE workspace_id = ${id} AND id IN (${second}, ${third})`,
  );
  expect(await forgetOldSnapshots(database, await ensureWorkspace(database, id), now)).toContain(second);
  expect(await moved()).toEqual([[third, idOf(3), "C", "B"]]);
  expect(await redefinitions({ after: first, until: third })).toEqual([
    { snapshotId: third, changed: ["compareDays", "cuts"], moves: 1 },
  ]);
});
