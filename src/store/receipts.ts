import type { Database } from "./connect.ts";
import { sql } from "./sql.ts";

/** Receipts older than this cannot be asked for again: Slack's signatures and links have long expired. */
const KEEP_DAYS = 2;

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
    sql`DELETE FROM receipt WHERE created_at < now() - make_interval(days => ${KEEP_DAYS})`,
  );
}
