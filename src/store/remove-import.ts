import type { Database } from "./connect.ts";
import { Prisma } from "./generated/client.ts";
import { versionTables } from "./import-rows.ts";
import { type Executor, join, sql } from "./sql.ts";

type RecordKind = "account" | "rep" | "product";

/** The last sign of life of an import that is being removed. */
export const removed = new Date(0);

/** Held by whoever begins or removes an import of a workspace, for a moment. */
export async function lockImports(on: Executor, workspaceId: string): Promise<void> {
  await on.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`import ${workspaceId}`}, 0))`);
}

/**
 * Removes what an import wrote that never became visible; what it meant to replace counts again. A source
 * of which nothing else is known goes with it.
 */
export async function removeImport(database: Database, workspaceId: string, importId: number): Promise<void> {
  // From here on it cannot be published. One that is visible stays: its process may not have heard that it is.
  const condemned = await database.$executeRaw(
    sql`UPDATE import SET heartbeat_at = ${removed} WHERE workspace_id = ${workspaceId} AND id = ${importId} AND status = 'staging'`,
  );
  if (condemned === 0) return;
  await forgetRows(database, workspaceId, importId);
  // Several processes may find the same dead import. While one of them holds its row, no other import can begin.
  await database.$executeRaw(
    sql`WITH own AS MATERIALIZED (
          SELECT FROM import WHERE workspace_id = ${workspaceId} AND id = ${importId} AND status = 'staging' FOR UPDATE)
        DELETE FROM source_record x WHERE EXISTS (SELECT FROM own) AND ${unknown(workspaceId, ["account", "rep", "product"])}`,
  );
  await database.$transaction(async (transaction) => {
    await lockImports(transaction, workspaceId);
    await transaction.import.deleteMany({ where: { workspaceId, id: importId, status: "staging" } });
    await transaction.source.deleteMany({
      where: { workspaceId, imports: { none: {} }, records: { none: {} } },
    });
  });
}

/** Removes a workspace in which there is nothing. */
export async function removeEmptyWorkspace(database: Database, workspaceId: string): Promise<void> {
  const none = { none: {} };
  await database.$transaction(async (transaction) => {
    await lockImports(transaction, workspaceId);
    await transaction.workspace.deleteMany({
      where: {
        id: workspaceId,
        ...{ settings: none, sources: none, accounts: none, snapshots: none, valueRules: none },
      },
    });
  });
}

/** Deletes an import's rows and its marks on others; nobody sees a difference while it is not visible. */
export async function forgetRows(database: Database, workspaceId: string, importId: number): Promise<void> {
  for (const { name } of versionTables) {
    const table = Prisma.raw(name);
    await database.$executeRaw(
      sql`UPDATE ${table} SET superseded_by = NULL WHERE workspace_id = ${workspaceId} AND superseded_by = ${importId}`,
    );
    await database.$executeRaw(
      sql`DELETE FROM ${table} WHERE workspace_id = ${workspaceId} AND import_id = ${importId}`,
    );
  }
  await database.$executeRaw(
    sql`DELETE FROM sighting WHERE workspace_id = ${workspaceId} AND import_id = ${importId}`,
  );
}

/** Deletes reps and products that no import knows any more. Accounts stay: people may have decided on them. */
export async function forgetReferences(on: Executor, workspaceId: string): Promise<void> {
  await on.$executeRaw(sql`DELETE FROM source_record x WHERE ${unknown(workspaceId, ["rep", "product"])}`);
}

/** Records `x` of which there is nothing but the identity. */
function unknown(workspaceId: string, kinds: readonly RecordKind[]) {
  const owners = [
    ["account_record", "source_record_id"],
    ["rep_record", "source_record_id"],
    ["product_record", "source_record_id"],
    ["membership", "source_record_id"],
    ["opportunity", "account_record_id"],
    ["opportunity", "owner_record_id"],
    ["opportunity", "product_record_id"],
  ].map(([table = "", column = ""]) => [Prisma.raw(table), Prisma.raw(column)] as const);
  return join(
    [
      sql`x.workspace_id = ${workspaceId} AND x.kind = ANY(${kinds}::record_kind[])`,
      ...owners.map(
        ([table, column]) =>
          sql`NOT EXISTS (SELECT FROM ${table} t WHERE t.workspace_id = x.workspace_id AND t.${column} = x.id)`,
      ),
    ],
    " AND ",
  );
}
