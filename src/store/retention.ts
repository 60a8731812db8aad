import { z } from "zod";
import { expiredSnapshots } from "../core/retention.ts";
import type { Database } from "./connect.ts";
import { rowsOf, sql } from "./sql.ts";
import type { Workspace } from "./workspaces.ts";

const WITH_FIGURES = 2;

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
  return expired;
}

/** Marks and figures are as large as they are quick: the newest snapshot has them, and the one that people still page through. */
export async function forgetOldFigures(database: Database, workspaceId: string): Promise<void> {
  const oldestWanted = sql`(SELECT MIN(newest.id) FROM (SELECT id FROM snapshot
    WHERE workspace_id = ${workspaceId} AND status = 'ready' ORDER BY id DESC LIMIT ${WITH_FIGURES}) newest)`;
  for (const table of [sql`standing_mark`, sql`standing_figure`])
    await database.$executeRaw(
      sql`DELETE FROM ${table} WHERE workspace_id = ${workspaceId} AND snapshot_id < ${oldestWanted}`,
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
    database.$executeRaw(sql`DELETE FROM snapshot WHERE workspace_id = ${workspaceId} AND id = ${id}`),
  ]);
}
