import type { Database } from "./connect.ts";
import { sql } from "./sql.ts";

/** What a workspace has decided. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
}

/** Receipts older than this cannot be asked for again: Slack's signatures and links have long expired. */
const KEEP_RECEIPTS_DAYS = 2;

export async function findWorkspace(database: Database, id: string): Promise<Workspace | undefined> {
  return (await database.workspace.findUnique({ where: { id } })) ?? undefined;
}

/** Makes the workspace if it is new; an existing one keeps what it has decided. */
export async function ensureWorkspace(database: Database, workspace: Workspace): Promise<Workspace> {
  await database.$executeRaw(
    sql`INSERT INTO workspace (id, name, currency, time_zone)
        VALUES (${workspace.id}, ${workspace.name}, ${workspace.currency}, ${workspace.timeZone})
        ON CONFLICT (id) DO NOTHING`,
  );
  return (await findWorkspace(database, workspace.id)) ?? workspace;
}

/**
 * The workspace with a currency that its sales are in: an empty workspace's was only a guess. Where none of
 * them is in the workspace's currency, that of most becomes it; otherwise it stays as it is.
 */
export async function settleCurrency(
  database: Database,
  workspaceId: string,
): Promise<Workspace | undefined> {
  await database.$executeRaw(
    sql`UPDATE workspace SET currency = most.currency
        FROM (SELECT currency FROM current_opportunity
              WHERE workspace_id = ${workspaceId} AND amount_minor IS NOT NULL
              GROUP BY currency ORDER BY COUNT(*) DESC, currency LIMIT 1) most
        WHERE id = ${workspaceId} AND NOT EXISTS (SELECT FROM current_opportunity o
          WHERE o.workspace_id = ${workspaceId} AND o.amount_minor IS NOT NULL AND o.currency = workspace.currency)`,
  );
  return findWorkspace(database, workspaceId);
}

/**
 * True for the first who asks with this key, false for everybody after. Keys are kept for two days,
 * which is longer than anything that Slack, a network or a finger repeats.
 */
export async function once(database: Database, workspaceId: string, key: string): Promise<boolean> {
  const inserted = await database.$executeRaw(
    sql`INSERT INTO receipt (workspace_id, key) VALUES (${workspaceId}, ${key}) ON CONFLICT DO NOTHING`,
  );
  return inserted === 1;
}

export async function forgetOldReceipts(database: Database): Promise<void> {
  await database.$executeRaw(
    sql`DELETE FROM receipt WHERE created_at < now() - make_interval(days => ${KEEP_RECEIPTS_DAYS})`,
  );
}
