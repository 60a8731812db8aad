import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { rowsAsTable } from "../../src/store/bulk.ts";
import type { SnapshotTotals } from "../../src/store/reads.ts";
import { forgetOldSnapshots } from "../../src/store/retention.ts";
import { snapshotParameters } from "../../src/store/snapshot-parameters.ts";
import { beginSnapshot, finishSnapshot } from "../../src/store/snapshots.ts";
import { bigintNumber, rowsOf, sql } from "../../src/store/sql.ts";
import { storeStandings } from "../../src/store/store-standings.ts";
import { ensureWorkspace } from "../../src/store/workspaces.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "../helpers/facts.ts";

// The oracle: every snapshot as a full copy of what it was made of.

/** What accounts are worth by their number; an account without a value has no standing. */
type Copy = ReadonlyMap<string, number>;

const now = new Date("2026-10-31T12:00:00Z");
const accounts = 5;

const parameters = snapshotParameters.parse({
  ...{ measure: "spend", cuts: { A: 800, B: 950, C: 990 }, windowMonths: 24 },
  ...{ previousUntil: "2026-01-01", definitionsVersion: 1 },
});

async function store({ id, database }: RawWorkspace, copy: Copy, ageDays: number): Promise<number> {
  const begun = await beginSnapshot(database, id);
  const spend = [...copy].map(([account, value]) => ({ accountId: accountRecord("crm", account), value }));
  await storeStandings(
    database,
    { workspaceId: id, id: begun.id },
    sql`SELECT d.*, 0::bigint AS previous_value, 1 AS wins, date '2026-01-01' AS first_won_on,
               date '2026-01-01' AS last_won_on, d.value AS by_invoices, 0::bigint AS by_payments,
               1 AS purchase_days, 0::bigint AS repeat_minor, d.value AS year_minor, 0::bigint AS year_before_minor
        FROM ${rowsAsTable(spend, [
          { name: "account_id", type: "uuid", of: ({ accountId }) => accountId },
          { name: "value", type: "bigint", of: ({ value }) => value },
        ])}`,
    {
      cuts: parameters.cuts,
      window: { after: "2024-01-01", until: "2026-01-01" },
      previousUntil: parameters.previousUntil,
    },
    sql`(SELECT NULL::uuid AS account_id, NULL::tier AS tier, NULL::date AS until WHERE FALSE)`,
  );
  const workspace = await ensureWorkspace(database, id);
  const createdAt = new Date(now.getTime() - ageDays * 86_400_000);
  await finishSnapshot(
    database,
    workspace,
    { id: begun.id, startedAt: createdAt },
    {
      asOf: "2026-01-01",
      window: { after: "2024-01-01", until: "2026-01-01" },
      basis: { currency: "EUR", revenue: "net", basisDays: 92, rates: [] },
      parameters,
      totals: {} as SnapshotTotals,
    },
  );
  return begun.id;
}

async function copyOf({ id, database }: RawWorkspace, snapshot: number): Promise<Copy> {
  const rows = await rowsOf(
    database,
    z.object({ external_id: z.string(), value_minor: bigintNumber }),
    sql`SELECT x.external_id, s.value_minor FROM account_standing s
        JOIN source_record x ON x.workspace_id = s.workspace_id AND x.id = s.account_id
        WHERE s.workspace_id = ${id} AND s.valid_from <= ${snapshot} AND (s.valid_to IS NULL OR s.valid_to > ${snapshot})
        ORDER BY x.external_id`,
  );
  return new Map(rows.map(({ external_id, value_minor }) => [external_id, value_minor]));
}

const someCopy: fc.Arbitrary<Copy> = fc
  .array(fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }), {
    minLength: accounts,
    maxLength: accounts,
  })
  .map(
    (values) =>
      new Map(values.flatMap((value, account) => (value === undefined ? [] : [[String(account), value]]))),
  );

test("every snapshot that is kept says what it said, through several rounds", async () => {
  const someRound = fc.array(fc.record({ copy: someCopy, ageDays: fc.integer({ min: 91, max: 140 }) }), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(someRound, someRound, async (first, second) => {
      const workspace = await openRawWorkspace();
      await workspace.startImport("crm");
      await workspace.accounts(
        Array.from({ length: accounts }, (_, index) => ({
          external_id: String(index),
          name: `Customer ${index}`,
        })),
      );
      await workspace.refresh();
      const copies = new Map<number, Copy>();
      for (const round of [first, second]) {
        const ages = round.map(({ ageDays }) => ageDays).sort((left, right) => right - left);
        for (const [index, { copy }] of round.entries())
          copies.set(await store(workspace, copy, ages[index] ?? 0), copy);
        const expired = await forgetOldSnapshots(
          workspace.database,
          await ensureWorkspace(workspace.database, workspace.id),
          now,
        );
        for (const id of expired) copies.delete(id);
        for (const [id, copy] of copies) expect(await copyOf(workspace, id)).toEqual(copy);
        const left = await rowsOf(
          workspace.database,
          z.object({ id: z.number() }),
          sql`SELECT id FROM snapshot WHERE workspace_id = ${workspace.id} ORDER BY id`,
        );
        expect(left.map(({ id }) => id)).toEqual([...copies.keys()]);
      }
    }),
    { numRuns: process.env.PROVE ? 300 : 6, seed: 90 },
  );
}, 3_600_000);
