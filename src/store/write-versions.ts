import { z } from "zod";
import { type BulkColumn, names, rowsAsTable } from "./bulk.ts";
import type { Database } from "./connect.ts";
import { Prisma } from "./generated/client.ts";
import type { VersionTable } from "./import-rows.ts";
import { bigintNumber, rowOf, rowsOf, type Sql, sql } from "./sql.ts";

export interface Written {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows that came with an id that this import had already written; the last one counts. */
  readonly repeated: number;
}

export const nothing: Written = { added: 0, changed: 0, unchanged: 0, repeated: 0 };

/** Which import writes, and whether its source had anything visible when it began. */
export interface WriteContext {
  readonly database: Database;
  readonly workspaceId: string;
  readonly importId: number;
  /** True while nothing of the source is visible: then there is nothing to compare with. */
  readonly isFirst: boolean;
}

/** Writes batches of one table for one import. */
export interface VersionWriter<Row> {
  /**
   * Writes the rows whose content differs from the version that counts now, and marks that version as
   * replaced by this import; of the rest it notes that this import brought them too. A mention never
   * replaces a description.
   */
  write(batch: readonly Row[]): Promise<Written>;
}

export function createVersionWriter<Row extends { readonly id: string }>(
  { database, workspaceId, importId, isFirst }: WriteContext,
  table: VersionTable<Row>,
  nextOrdinal: () => number,
): VersionWriter<Row> {
  const [target, current, id] = [table.name, `current_${table.name}`, table.key].map((name) =>
    Prisma.raw(name),
  ) as [Sql, Sql, Sql];
  const overwrite = Prisma.raw(
    table.columns
      .filter(({ name }) => name !== table.key)
      .map(({ name }) => `${name} = EXCLUDED.${name}`)
      .join(", "),
  );
  const mayOverwrite = table.describable ? sql`WHERE EXCLUDED.described OR NOT ${target}.described` : sql``;
  const keyColumns: readonly BulkColumn<Row>[] = [
    ...table.columns.filter(({ name }) => [table.key, "content_hash", "described"].includes(name)),
    { name: "nameless", type: "boolean", of: isNameless },
  ];
  // A mention with a name says more than one without; neither says anything about a described record.
  const same = table.describable
    ? sql`CASE WHEN d.described THEN c.described AND c.content_hash = d.content_hash
               ELSE c.described OR d.nameless OR c.content_hash = d.content_hash END`
    : sql`c.content_hash = d.content_hash`;
  /** Whether this import has replaced anything yet. */
  let hasChanged = false;

  /** The rows that there are already, with whether they say the same. */
  async function compare(rows: readonly Row[]): Promise<ReadonlyMap<string, boolean>> {
    if (isFirst) return new Map();
    const known = await rowsOf(
      database,
      z.object({ id: z.string(), same: z.boolean() }),
      sql`SELECT d.${id}::text AS id, (${same}) AS same FROM ${rowsAsTable(rows, keyColumns)}
          JOIN ${current} c ON c.workspace_id = ${workspaceId} AND c.${id} = d.${id}`,
    );
    return new Map(known.map((row) => [row.id, row.same]));
  }

  /** How many rows this import had not written before, and how many of those differ from what there was. */
  async function insert(
    rows: readonly Row[],
    differing: readonly string[],
  ): Promise<{ readonly fresh: number; readonly freshChanges: number }> {
    if (rows.length === 0) return { fresh: 0, freshChanges: 0 };
    return rowOf(
      database,
      z.object({ fresh: bigintNumber, freshChanges: bigintNumber }),
      sql`WITH written AS (
            INSERT INTO ${target} (workspace_id, import_id, ${names(table.columns)})
            SELECT ${workspaceId}, ${importId}, ${names(table.columns, "d.")} FROM ${rowsAsTable(rows, table.columns)}
            ON CONFLICT (workspace_id, ${id}, import_id) DO UPDATE SET ${overwrite} ${mayOverwrite}
            RETURNING ${id} AS id, xmax = 0 AS fresh)
          SELECT COUNT(*) FILTER (WHERE fresh) AS fresh,
                 COUNT(*) FILTER (WHERE fresh AND id = ANY(${differing}::uuid[])) AS "freshChanges" FROM written`,
    );
  }

  async function replace(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    hasChanged = true;
    await database.$executeRaw(
      sql`UPDATE ${target} old SET superseded_by = ${importId} FROM ${current} c
          WHERE c.workspace_id = ${workspaceId} AND c.${id} = ANY(${ids}::uuid[]) AND c.import_id <> ${importId}
            AND old.workspace_id = c.workspace_id AND old.${id} = c.${id} AND old.import_id = c.import_id`,
    );
  }

  /**
   * Takes a change back where this import now brings the row as it was before: of several files that
   * disagree the later one counts, and loading them again changes nothing.
   */
  async function revert(ids: readonly string[]): Promise<number> {
    if (!hasChanged || ids.length === 0) return 0;
    return database.$executeRaw(
      sql`WITH gone AS (
            DELETE FROM ${target} WHERE workspace_id = ${workspaceId} AND import_id = ${importId}
              AND ${id} = ANY(${ids}::uuid[])
            RETURNING ${id} AS id)
          UPDATE ${target} old SET superseded_by = NULL FROM gone
          WHERE old.workspace_id = ${workspaceId} AND old.${id} = gone.id AND old.superseded_by = ${importId}`,
    );
  }

  async function sight(of: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await database.$executeRaw(
      sql`INSERT INTO sighting (workspace_id, import_id, ordinal, "of", ids)
          VALUES (${workspaceId}, ${importId}, ${nextOrdinal()}, ${of}, ${ids}::uuid[])`,
    );
  }

  return {
    async write(batch) {
      if (batch.length === 0) return nothing;
      const rows = lastOfEach(batch);
      const known = await compare(rows);
      const unchanged = rows.filter((row) => known.get(row.id) === true);
      const others = rows.filter((row) => known.get(row.id) !== true);
      const described = unchanged.filter((row) => !isMention(row));
      const reverted = await revert(described.map((row) => row.id));
      const differing = others.filter((row) => known.get(row.id) === false).map((row) => row.id);
      const { fresh, freshChanges } = await insert(others, differing);
      await replace(differing);
      await sight(
        table.name,
        described.map((row) => row.id),
      );
      await sight(
        mentionsOf(table.name),
        unchanged.filter(isMention).map((row) => row.id),
      );
      return {
        added: fresh - freshChanges,
        changed: freshChanges - reverted,
        unchanged: unchanged.length,
        repeated: batch.length - rows.length + others.length - fresh + reverted,
      };
    },
  };
}

/** Under which name sightings note rows that were only mentioned. */
export function mentionsOf(table: string): string {
  return `mentions of ${table}`;
}

function isMention(row: object): boolean {
  return "described" in row && row.described === false;
}

/** A mention that knows no more than the source's id. */
function isNameless(row: object): boolean {
  return isMention(row) && "name" in row && "externalId" in row && row.name === row.externalId;
}

/** One statement may write a row once: of rows with one id the last counts, a description before a mention. */
function lastOfEach<Row extends { readonly id: string }>(rows: readonly Row[]): readonly Row[] {
  const byId = new Map<string, Row>();
  for (const row of rows) {
    const earlier = byId.get(row.id);
    if (!earlier || isMention(earlier) || !isMention(row)) byId.set(row.id, row);
  }
  return [...byId.values()];
}
