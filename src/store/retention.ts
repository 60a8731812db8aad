import { z } from "zod";
import { expiredSnapshots } from "../core/retention.ts";
import type { Database } from "./connect.ts";
import { rowsOf, type Sql, sql } from "./sql.ts";
import { forgetUnusedFits } from "./value-fit-row.ts";
import { forgetUnusedWinFits } from "./win-fit-row.ts";
import type { Workspace } from "./workspaces.ts";

const WITH_FIGURES = 2;

const withFigures = [
  ...[sql`standing_mark`, sql`standing_figure`, sql`account_value`, sql`cohort_figure`],
  ...[sql`purchase_series`, sql`prepared_answer`, sql`deal`, sql`account_potential`],
];

/**
 * Removes the snapshots that are no longer kept. Every one that is kept says exactly what it said before: a standing
 * that began in a removed one begins in the first kept one that saw it, and one that no kept one saw is removed.
 */
export async function forgetOldSnapshots(
  database: Database,
  { id: workspaceId, settings }: Workspace,
  now: Date,
): Promise<readonly number[]> {
  const ready = await rowsOf(
    database,
    z.object({ id: z.number(), createdAt: z.date() }),
    sql`SELECT id, created_at AS "createdAt" FROM snapshot WHERE workspace_id = ${workspaceId} AND status = 'ready'`,
  );
  const expired = expiredSnapshots(ready, now, settings.timeZone);
  for (const id of expired) await removeReady(database, workspaceId, id);
  await forgetUnusedFits(database, workspaceId);
  await forgetUnusedWinFits(database, workspaceId);
  return expired;
}

/** The oldest snapshot that has what is prepared. */
export function oldestWithFigures(workspaceId: string): Sql {
  return sql`(SELECT MIN(newest.id) FROM (SELECT id FROM snapshot
    WHERE workspace_id = ${workspaceId} AND status = 'ready' ORDER BY id DESC LIMIT ${WITH_FIGURES}) newest)`;
}

/** What is prepared, such as marks, figures and values, is as large as it is quick: the newest snapshot has them, and the one that people still page through. */
export async function forgetOldFigures(database: Database, workspaceId: string): Promise<void> {
  const oldestWanted = oldestWithFigures(workspaceId);
  await database.$executeRaw(
    sql`UPDATE snapshot SET lists_series = FALSE
        WHERE workspace_id = ${workspaceId} AND id < ${oldestWanted} AND lists_series`,
  );
  for (const table of withFigures)
    await database.$executeRaw(
      sql`DELETE FROM ${table} WHERE workspace_id = ${workspaceId} AND snapshot_id < ${oldestWanted}`,
    );
  await forgetOldProposals(database, workspaceId);
}

/** The newest ones are kept until there are newer ones, however many snapshots are made before those are there. */
async function forgetOldProposals(database: Database, workspaceId: string): Promise<void> {
  const oldestWanted = sql`(SELECT MIN(newest.id) FROM (SELECT id FROM snapshot
    WHERE workspace_id = ${workspaceId} AND status = 'ready' AND proposed_by IS NOT NULL
    ORDER BY id DESC LIMIT ${WITH_FIGURES}) newest)`;
  await database.$executeRaw(
    sql`UPDATE snapshot SET proposed_by = NULL
        WHERE workspace_id = ${workspaceId} AND id < ${oldestWanted} AND proposed_by IS NOT NULL`,
  );
  await database.$executeRaw(
    sql`DELETE FROM action_proposal WHERE workspace_id = ${workspaceId} AND snapshot_id < ${oldestWanted}`,
  );
}

/** One at a time, so that no transaction is long. */
async function removeReady(database: Database, workspaceId: string, id: number): Promise<void> {
  const nextKept = sql`(SELECT MIN(k.id) FROM snapshot k
    WHERE k.workspace_id = ${workspaceId} AND k.status = 'ready' AND k.id > ${id})`;
  await database.$transaction([
    database.$executeRaw(
      sql`DELETE FROM account_standing
          WHERE workspace_id = ${workspaceId} AND valid_from = ${id} AND valid_to <= ${nextKept}`,
    ),
    database.$executeRaw(
      sql`UPDATE account_standing SET valid_from = ${nextKept}
          WHERE workspace_id = ${workspaceId} AND valid_from = ${id}`,
    ),
    ...redefinedWith(database, workspaceId, id, nextKept),
    database.$executeRaw(sql`DELETE FROM snapshot WHERE workspace_id = ${workspaceId} AND id = ${id}`),
  ]);
}

/**
 * A change of definitions is told by the next kept snapshot: an account moves from where the first change found it to where
 * the last one put it, and one that came back moved nowhere.
 */
function redefinedWith(database: Database, workspaceId: string, id: number, nextKept: Sql) {
  const inBoth = sql`earlier.workspace_id = ${workspaceId} AND earlier.snapshot_id = ${id}
    AND later.workspace_id = earlier.workspace_id AND later.snapshot_id = ${nextKept} AND later.account_id = earlier.account_id`;
  const told = sql`jsonb_array_elements(COALESCE(later.parameters -> 'redefined' -> 'changed', '[]')
    || (earlier.parameters -> 'redefined' -> 'changed'))`;
  return [
    sql`UPDATE redefined_tier t SET snapshot_id = ${nextKept}
        WHERE t.workspace_id = ${workspaceId} AND t.snapshot_id = ${id}
          AND NOT EXISTS (SELECT FROM redefined_tier earlier, redefined_tier later
                          WHERE ${inBoth} AND later.account_id = t.account_id)`,
    sql`UPDATE redefined_tier later SET from_tier = earlier.from_tier FROM redefined_tier earlier WHERE ${inBoth}`,
    sql`DELETE FROM redefined_tier
        WHERE workspace_id = ${workspaceId} AND snapshot_id = ${nextKept} AND from_tier = to_tier`,
    sql`UPDATE snapshot later SET parameters = later.parameters || jsonb_build_object('redefined', jsonb_build_object(
          'changed', (SELECT jsonb_agg(DISTINCT name) FROM ${told} name),
          'moves', (SELECT COUNT(*) FROM redefined_tier WHERE workspace_id = ${workspaceId} AND snapshot_id = later.id)))
        FROM snapshot earlier
        WHERE earlier.workspace_id = ${workspaceId} AND earlier.id = ${id} AND earlier.parameters -> 'redefined' IS NOT NULL
          AND later.workspace_id = ${workspaceId} AND later.id = ${nextKept}`,
  ].map((statement) => database.$executeRaw(statement));
}
