import type { Database } from "./connect.ts";
import { sql } from "./sql.ts";
import type { RowCounts } from "./table-rows.ts";
import { identifier, identifiers, readTables, type Table } from "./tables.ts";

/** Few enough that nobody else waits long. */
const BATCH = 5_000;
/** How long one process may be silent about a deletion before another one goes on with it. */
const LEASE = sql`now() + interval '2 minutes'`;

/**
 * Deletes everything that the store knows of a workspace, in batches, and last that the app ever was installed
 * there. One process does it at a time; one that dies is followed by whoever asks next.
 *
 * @returns the rows deleted by table; undefined where the app is installed, or somebody else is deleting.
 */
export async function deleteWorkspace(
  database: Database,
  workspaceId: string,
): Promise<RowCounts | undefined> {
  if (!(await begin(database, workspaceId))) return undefined;
  const counts: Record<string, number> = {};
  // What refers to others goes before what it refers to.
  for (const table of (await readTables(database)).toReversed()) {
    if (table.name === "installation") continue;
    const rows = await empty(database, workspaceId, table);
    if (rows > 0) counts[table.name] = rows;
  }
  await database.$executeRaw(
    sql`DELETE FROM installation WHERE workspace_id = ${workspaceId} AND deleting_until IS NOT NULL`,
  );
  return counts;
}

/** From here on the app cannot be installed there until the end. */
async function begin(database: Database, workspaceId: string): Promise<boolean> {
  await database.$executeRaw(
    sql`INSERT INTO installation (workspace_id, team_name, installed_by, installed_at, removed_at)
        VALUES (${workspaceId}, '', '', to_timestamp(0), to_timestamp(0)) ON CONFLICT DO NOTHING`,
  );
  const claimed = await database.$executeRaw(
    sql`UPDATE installation SET deleting_until = ${LEASE}
        WHERE workspace_id = ${workspaceId} AND removed_at IS NOT NULL
          AND (deleting_until IS NULL OR deleting_until < now())`,
  );
  return claimed === 1;
}

async function empty(database: Database, workspaceId: string, { name, key }: Table): Promise<number> {
  const from = sql`FROM ${identifier(name)} WHERE ${identifier(name === "workspace" ? "id" : "workspace_id")} = ${workspaceId}`;
  const columns = identifiers(key);
  let rows = 0;
  for (;;) {
    await goOn(database, workspaceId);
    const deleted = await database.$executeRaw(
      sql`DELETE ${from} AND (${columns}) IN (SELECT ${columns} ${from} LIMIT ${BATCH})`,
    );
    rows += deleted;
    if (deleted < BATCH) return rows;
  }
}

/** Says that the deletion is alive. */
async function goOn(database: Database, workspaceId: string): Promise<void> {
  const held = await database.$executeRaw(
    sql`UPDATE installation SET deleting_until = ${LEASE}
        WHERE workspace_id = ${workspaceId} AND deleting_until IS NOT NULL`,
  );
  if (held === 0) throw new Error(`the deletion of workspace ${workspaceId} was done by somebody else`);
}
