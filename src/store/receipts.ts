import type { Database } from "./connect.ts";
import { sql } from "./sql.ts";

/** Receipts older than this cannot be asked for again: Slack's signatures and links have long expired. */
const KEEP_DAYS = 2;

/**
 * True for the first who asks with this key, false for everybody after, but for the same request once more: one
 * that a crash interrupted goes on. Keys are kept for two days, which is longer than anything that Slack, a network
 * or a finger repeats.
 */
export async function once(
  database: Database,
  workspaceId: string,
  key: string,
  requestId: string | null = null,
): Promise<boolean> {
  const claimed = await database.$executeRaw(
    sql`INSERT INTO receipt AS r (workspace_id, key, request_id) VALUES (${workspaceId}, ${key}, ${requestId})
        ON CONFLICT (workspace_id, key) DO UPDATE SET request_id = excluded.request_id
          WHERE r.request_id = excluded.request_id`,
  );
  return claimed === 1;
}

/** Takes a key back, so that what it stood for can be asked for again. */
export async function forget(database: Database, workspaceId: string, key: string): Promise<void> {
  await database.$executeRaw(sql`DELETE FROM receipt WHERE workspace_id = ${workspaceId} AND key = ${key}`);
}

export async function forgetOldReceipts(database: Database): Promise<void> {
  await database.$executeRaw(
    sql`DELETE FROM receipt WHERE created_at < now() - make_interval(days => ${KEEP_DAYS})`,
  );
}
