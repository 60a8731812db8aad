import { type Executor, type Sql, sql } from "./sql.ts";

/** Ids of ledger entries that an import brought: those it wrote, and those that were there already. */
function broughtEntries(workspaceId: string, importId: number): Sql {
  return sql`SELECT id FROM ledger_entry WHERE workspace_id = ${workspaceId} AND import_id = ${importId}
             UNION SELECT unnest(ids) FROM sighting
             WHERE workspace_id = ${workspaceId} AND import_id = ${importId} AND "of" = 'ledger_entry'`;
}

/**
 * An invoice comes whole: where an import brings some of its lines, those of earlier imports that it does
 * not bring no longer count. That is how a corrected line without an id of its own replaces the faulty one.
 * Returns how many lines were replaced.
 */
export async function replaceGroups(
  on: Executor,
  workspaceId: string,
  sourceId: string,
  importId: number,
): Promise<number> {
  return on.$executeRaw(
    sql`WITH brought AS MATERIALIZED (${broughtEntries(workspaceId, importId)}),
             groups AS MATERIALIZED (
               SELECT DISTINCT e.kind, e.group_key FROM ledger_entry e JOIN brought b ON b.id = e.id
               WHERE e.workspace_id = ${workspaceId})
        UPDATE ledger_entry old SET superseded_by = ${importId}
        FROM current_ledger_entry c JOIN groups g ON g.kind = c.kind AND g.group_key = c.group_key
        WHERE c.workspace_id = ${workspaceId} AND c.source_id = ${sourceId}
          AND NOT EXISTS (SELECT FROM brought b WHERE b.id = c.id)
          AND old.workspace_id = c.workspace_id AND old.id = c.id AND old.import_id = c.import_id`,
  );
}
