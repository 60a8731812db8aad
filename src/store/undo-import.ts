import { z } from "zod";
import type { Database } from "./connect.ts";
import { Prisma } from "./generated/client.ts";
import { versionTables } from "./import-rows.ts";
import { type TurnOptions, takeTurn } from "./import-turn.ts";
import { Refused } from "./refused.ts";
import { forgetReferences, forgetRows } from "./remove-import.ts";
import { type Executor, rowsOf, type Sql, sql } from "./sql.ts";
import { transactionLimits } from "./transaction-limits.ts";
import { touchWorkspace } from "./workspaces.ts";
import { mentionsOf } from "./write-versions.ts";

/**
 * Takes a whole import back: afterwards everything is as if it had never been loaded, later imports
 * included. Rows that a later import brought as well become its own; what the import had replaced counts
 * again, unless a later one replaced it too. All of this is prepared unseen; the import's status then
 * turns to `undone`, which is the one moment at which anything changes for readers.
 *
 * @throws Refused where there is no such import or it is undone already, ImportBusy
 */
export async function undoImport(
  database: Database,
  workspaceId: string,
  importId: number,
  options: Omit<TurnOptions, "source">,
): Promise<void> {
  const found = await database.import.findUnique({
    where: { workspaceId_id: { workspaceId, id: importId } },
    include: { source: true },
  });
  if (!found) throw unknownImport(importId);
  const turn = await takeTurn(database, workspaceId, { ...options, source: found.source });
  try {
    const current = await database.import.findUnique({
      where: { workspaceId_id: { workspaceId, id: importId } },
    });
    // It was under way when it was looked up, and failed.
    if (!current) throw unknownImport(importId);
    if (current.status === "undone") throw new Refused(`Import ${importId} has been undone already.`);
    const mentioned: Sql[] = [];
    for (const { name, key, describable } of versionTables) {
      const table = { name, describable, row: Prisma.raw(name), id: Prisma.raw(key) };
      await handOver(database, workspaceId, importId, table);
      await relink(database, workspaceId, importId, table);
      if (name.endsWith("_record"))
        mentioned.push(await keepMentions(database, workspaceId, importId, table));
    }
    await keepGroupsReplaced(database, workspaceId, found.sourceId, importId);
    await database.$transaction(async (transaction) => {
      for (const demote of mentioned) await transaction.$executeRaw(demote);
      await transaction.import.update({
        where: { workspaceId_id: { workspaceId, id: importId } },
        // Finished again once its rows are gone.
        data: { status: "undone", undoneAt: new Date(), undoneBy: options.startedBy, finishedAt: null },
      });
      await touchWorkspace(transaction, workspaceId);
    }, transactionLimits.bulk);
    await finishUndone(database, workspaceId);
  } finally {
    await turn.takeBack();
  }
}

function unknownImport(importId: number): Refused {
  return new Refused(`There is no import ${importId}. \`imports\` lists them.`);
}

/** Deletes the rows of undone imports, also where a crash came between the undoing and this. */
export async function finishUndone(database: Database, workspaceId: string): Promise<void> {
  const left = await database.import.findMany({ where: { workspaceId, status: "undone", finishedAt: null } });
  for (const { id } of left) {
    await forgetRows(database, workspaceId, id);
    await forgetReferences(database, workspaceId);
    await database.import.update({
      where: { workspaceId_id: { workspaceId, id } },
      data: { finishedAt: new Date() },
    });
  }
}

interface Table {
  readonly name: string;
  /** Whether rows of the table can be mere mentions. */
  readonly describable: boolean;
  readonly row: Sql;
  readonly id: Sql;
}

/** Which later imports that stand brought which rows as they were, under some names of sightings. */
function laterSightings(workspaceId: string, importId: number, of: readonly string[]): Sql {
  return sql`SELECT s.import_id, s.of, seen.id FROM sighting s
             JOIN import i ON i.workspace_id = s.workspace_id AND i.id = s.import_id AND i.status = 'visible'
             CROSS JOIN LATERAL unnest(s.ids) AS seen(id)
             WHERE s.workspace_id = ${workspaceId} AND s.import_id > ${importId} AND s.of = ANY(${of})`;
}

/** Rows that a later import brought just as they are become that import's own. */
async function handOver(on: Executor, workspaceId: string, importId: number, table: Table): Promise<void> {
  await on.$executeRaw(
    sql`WITH heir AS (
          SELECT t.${table.id} AS id, MIN(later.import_id) AS import_id FROM ${table.row} t
          JOIN (${laterSightings(workspaceId, importId, [table.name, mentionsOf(table.name)])}) later ON later.id = t.${table.id}
          WHERE t.workspace_id = ${workspaceId} AND t.import_id = ${importId}
            ${table.describable ? sql`AND (later.of = ${table.name} OR NOT t.described)` : sql``}
            AND (t.superseded_by IS NULL OR later.import_id < t.superseded_by)
          GROUP BY 1),
        earlier AS (
          UPDATE ${table.row} t SET superseded_by = heir.import_id FROM heir
          WHERE t.workspace_id = ${workspaceId} AND t.${table.id} = heir.id AND t.superseded_by = ${importId})
        UPDATE ${table.row} t SET import_id = heir.import_id FROM heir
        WHERE t.workspace_id = ${workspaceId} AND t.${table.id} = heir.id AND t.import_id = ${importId}`,
  );
}

/** What the import replaced and a later one replaced again is replaced by that one. */
async function relink(on: Executor, workspaceId: string, importId: number, table: Table): Promise<void> {
  await on.$executeRaw(
    sql`UPDATE ${table.row} earlier SET superseded_by = t.superseded_by FROM ${table.row} t
        WHERE t.workspace_id = ${workspaceId} AND t.import_id = ${importId} AND t.superseded_by IS NOT NULL
          AND earlier.workspace_id = ${workspaceId} AND earlier.${table.id} = t.${table.id}
          AND earlier.superseded_by = ${importId}`,
  );
}

/**
 * Records that later imports only mention lose their description with the import that brought it. Returns
 * the statement that hands them over as mere mentions, which readers would see and so has to run with the flip.
 */
async function keepMentions(on: Executor, workspaceId: string, importId: number, table: Table): Promise<Sql> {
  const columns = await rowsOf(
    on,
    z.object({ name: z.string() }),
    sql`SELECT column_name AS name FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = ${table.name} AND is_nullable = 'YES'
          AND column_name <> 'superseded_by'`,
  );
  const emptied = Prisma.raw(columns.map(({ name }) => `, ${name} = NULL`).join(""));
  return sql`WITH heir AS (
               SELECT t.${table.id} AS id, MIN(later.import_id) AS import_id FROM ${table.row} t
               JOIN (${laterSightings(workspaceId, importId, [mentionsOf(table.name)])}) later ON later.id = t.${table.id}
               WHERE t.workspace_id = ${workspaceId} AND t.import_id = ${importId} AND t.superseded_by IS NULL
                 AND NOT EXISTS (SELECT FROM ${table.row} earlier
                   WHERE earlier.workspace_id = ${workspaceId} AND earlier.${table.id} = t.${table.id}
                     AND earlier.superseded_by = ${importId})
               GROUP BY 1)
             UPDATE ${table.row} t SET import_id = heir.import_id, described = FALSE, custom = '{}', content_hash = ''
               ${emptied}
             FROM heir
             WHERE t.workspace_id = ${workspaceId} AND t.${table.id} = heir.id AND t.import_id = ${importId}`;
}

/** Lines that the import replaced with their invoice stay replaced where a later import brought that invoice too. */
async function keepGroupsReplaced(
  on: Executor,
  workspaceId: string,
  sourceId: string,
  importId: number,
): Promise<void> {
  await on.$executeRaw(
    sql`WITH ended AS (
          SELECT e.id, e.import_id, e.kind, e.group_key FROM ledger_entry e
          WHERE e.workspace_id = ${workspaceId} AND e.superseded_by = ${importId}
            AND NOT EXISTS (SELECT FROM ledger_entry own
              WHERE own.workspace_id = e.workspace_id AND own.id = e.id AND own.import_id = ${importId})),
        later AS (
          SELECT e.kind, e.group_key, e.import_id FROM ledger_entry e
          JOIN import i ON i.workspace_id = e.workspace_id AND i.id = e.import_id AND i.status = 'visible'
          WHERE e.workspace_id = ${workspaceId} AND e.source_id = ${sourceId} AND e.import_id > ${importId}
          UNION
          SELECT e.kind, e.group_key, s.import_id FROM (${laterSightings(workspaceId, importId, ["ledger_entry"])}) s
          JOIN ledger_entry e ON e.workspace_id = ${workspaceId} AND e.id = s.id),
        heir AS (
          SELECT ended.id, ended.import_id, MIN(later.import_id) AS by FROM ended
          JOIN later ON later.kind = ended.kind AND later.group_key = ended.group_key GROUP BY 1, 2)
        UPDATE ledger_entry e SET superseded_by = heir.by FROM heir
        WHERE e.workspace_id = ${workspaceId} AND e.id = heir.id AND e.import_id = heir.import_id`,
  );
}
