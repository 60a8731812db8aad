import { z } from "zod";
import { Prisma } from "./generated/client.ts";
import { type Executor, rowsOf, type Sql, sql } from "./sql.ts";

/** A table as PostgreSQL's catalogue describes it. */
export interface Table {
  readonly name: string;
  /** Those that can be written: computed ones are left out. */
  readonly columns: readonly Column[];
  /** The columns of the primary key, in its order. */
  readonly key: readonly Column[];
  /** Not logged: it follows from the others and may be empty at any time. */
  readonly isDerived: boolean;
}

interface Column {
  readonly name: string;
  /** As a cast names it, such as `numeric(18,6)`. */
  readonly type: string;
}

/** A migration that a database has seen. */
export type Migration = z.infer<typeof migration>;

export const migration = z.object({ name: z.string(), checksum: z.string() });

const column = z.object({ name: z.string(), type: z.string() });
const catalogueRow = z.object({
  name: z.string(),
  columns: z.array(column),
  key: z.array(column),
  isDerived: z.boolean(),
  refers: z.array(z.string()),
});

/**
 * Every table of the schema but the history of migrations, each after the tables that it refers to: rows
 * can be written in this order.
 *
 * @throws RangeError for a table without a primary key, and for tables that refer to each other in a circle.
 */
export async function readTables(on: Executor): Promise<readonly Table[]> {
  const tables = await rowsOf(
    on,
    catalogueRow,
    sql`SELECT c.relname::text AS name, c.relpersistence = 'u' AS "isDerived",
          (SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
             ORDER BY a.attnum) FROM pg_attribute a
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
          (SELECT COALESCE(jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
             ORDER BY k.place), '[]') FROM pg_index i, unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, place), pg_attribute a
           WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum) AS key,
          (SELECT COALESCE(jsonb_agg(DISTINCT other.relname), '[]') FROM pg_constraint f
           JOIN pg_class other ON other.oid = f.confrelid
           WHERE f.conrelid = c.oid AND f.contype = 'f') AS refers
        FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND c.relname <> '_prisma_migrations'
        ORDER BY c.relname`,
  );
  const keyless = tables.filter(({ key }) => key.length === 0);
  if (keyless.length > 0) throw new RangeError(`Tables without a primary key: ${listOf(keyless)}.`);
  return inOrder(tables);
}

function inOrder(tables: readonly z.infer<typeof catalogueRow>[]): readonly Table[] {
  const ordered: Table[] = [];
  const placed = new Set<string>();
  let waiting = tables;
  while (waiting.length > 0) {
    const next = waiting.filter(({ refers }) => refers.every((name) => placed.has(name)));
    if (next.length === 0) throw new RangeError(`Tables that refer in a circle: ${listOf(waiting)}.`);
    for (const { refers: _, ...table } of next) {
      ordered.push(table);
      placed.add(table.name);
    }
    waiting = waiting.filter(({ name }) => !placed.has(name));
  }
  return ordered;
}

function listOf(tables: readonly { readonly name: string }[]): string {
  return tables.map(({ name }) => name).join(", ");
}

/** What the schema of a database is: the migrations it has seen, in their order. */
export function readMigrations(on: Executor): Promise<readonly Migration[]> {
  return rowsOf(
    on,
    migration,
    sql`SELECT migration_name AS name, checksum FROM _prisma_migrations
        WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
}

/** A name of the catalogue as SQL. */
export function identifier(name: string): Sql {
  return Prisma.raw(quoted(name));
}

/** Names of the catalogue as SQL, with commas between. */
export function identifiers(columns: readonly { readonly name: string }[], prefix = ""): Sql {
  return Prisma.raw(columns.map(({ name }) => `${prefix}${quoted(name)}`).join(", "));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
