import { z } from "zod";
import { Prisma } from "./generated/client.ts";
import { bigintNumber, type Executor, empty, join, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { identifier, identifiers, type Table } from "./tables.ts";

/** Rows that are in memory at once. */
const BATCH = 2_000;

/** Rows by table. */
export type RowCounts = Readonly<Record<string, number>>;

/** How many rows a table has, and a digest that is equal for equal rows on every server, in any order. */
interface TableDigest {
  readonly rows: number;
  readonly digest: string;
}

/**
 * The rows of a table in batches, by primary key, each as PostgreSQL writes it in JSON. They stay text, since
 * JavaScript's numbers would round what PostgreSQL's do not.
 */
export async function* readRows(on: Executor, table: Table): AsyncGenerator<readonly string[]> {
  const key = join(table.key.map(({ name }) => sql`stored.${identifier(name)}`));
  const keyTexts = join(table.key.map(({ name }) => sql`stored.${identifier(name)}::text`));
  let last: readonly string[] | undefined;
  do {
    const after = last
      ? sql`WHERE (${key}) > (${join(
          last.map((value, index) => sql`${value}::text::${Prisma.raw(table.key[index]?.type ?? "text")}`),
        )})`
      : empty;
    const rows = await rowsOf(
      on,
      z.object({ row: z.string(), key: z.array(z.string()) }),
      sql`SELECT (${rowAsJson(table)})::text AS row, ARRAY[${keyTexts}] AS key
          FROM ${identifier(table.name)} AS stored ${after} ORDER BY ${key} LIMIT ${BATCH}`,
    );
    if (rows.length > 0) yield rows.map(({ row }) => row);
    last = rows.length < BATCH ? undefined : rows.at(-1)?.key;
  } while (last);
}

/** Writes rows that `readRows` gave. */
export async function insertRows(on: Executor, table: Table, rows: readonly string[]): Promise<void> {
  const definitions = table.columns.map(
    ({ name, type }) => sql`${identifier(name)} ${Prisma.raw(isJson(type) ? "text" : type)}`,
  );
  const values = table.columns.map(({ name, type }) =>
    isJson(type) ? sql`d.${identifier(name)}::${Prisma.raw(type)}` : sql`d.${identifier(name)}`,
  );
  await on.$executeRaw(
    sql`INSERT INTO ${identifier(table.name)} (${identifiers(table.columns)}) OVERRIDING SYSTEM VALUE
        SELECT ${join(values)} FROM jsonb_to_recordset(${`[${rows.join(",")}]`}::text::jsonb) AS d(${join(definitions)})`,
  );
}

/** The sum of the rows' hashes: it needs no order, in which two servers with two collations would differ. */
export function digestTable(on: Executor, table: Table): Promise<TableDigest> {
  return rowOf(
    on,
    z.object({ rows: bigintNumber, digest: z.string() }),
    sql`SELECT COUNT(*) AS rows, COALESCE(SUM(
          ('x' || left(encode(sha256(convert_to((${rowAsJson(table)})::text, 'UTF8')), 'hex'), 16))::bit(64)::bigint
        ), 0)::text AS digest FROM ${identifier(table.name)} AS stored`,
  );
}

/** JSON columns become text in it: a JSON null could not be told from an empty column otherwise. */
function rowAsJson({ columns }: Table): Sql {
  const texts = columns
    .filter(({ type }) => isJson(type))
    .map(({ name }) => sql`${name}::text, stored.${identifier(name)}::text`);
  return texts.length === 0
    ? sql`to_jsonb(stored)`
    : sql`to_jsonb(stored) || jsonb_build_object(${join(texts)})`;
}

function isJson(type: string): boolean {
  return type === "jsonb" || type === "json";
}
