import { Prisma } from "./generated/client.ts";
import { join, type Sql, sql } from "./sql.ts";

/** A column of a bulk write: its name, PostgreSQL type and one value a row. */
export interface BulkColumn<Row> {
  readonly name: string;
  readonly type: string;
  readonly of: (row: Row) => string | number | boolean | bigint | null | undefined;
}

/**
 * Rows as a table in SQL, `unnest($1::uuid[], $2::text[], …) AS d(id, name, …)`: one statement with a
 * parameter a column, however many rows, and the fast way on both stores.
 */
export function rowsAsTable<Row>(rows: readonly Row[], columns: readonly BulkColumn<Row>[]): Sql {
  const arrays = columns.map(({ type, of }) => {
    const values = rows.map((row) => {
      const value = of(row);
      return value === null || value === undefined ? null : String(value);
    });
    return sql`${values}::text[]::${Prisma.raw(type)}[]`;
  });
  return sql`unnest(${join(arrays)}) AS d(${names(columns)})`;
}

export function names(columns: readonly { readonly name: string }[], prefix = ""): Sql {
  return Prisma.raw(columns.map(({ name }) => `${prefix}${name}`).join(", "));
}
