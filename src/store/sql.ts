import { z } from "zod";
import type { Database } from "./connect.ts";
import { Prisma } from "./generated/client.ts";

export const { sql, join, empty } = Prisma;
export type Sql = Prisma.Sql;

/** Where a statement runs: the store, or a transaction of it. */
export type Executor = Pick<Database, "$queryRaw" | "$executeRaw">;

/** Runs a query and checks every row that comes back: a drifting query fails here, not in what people see. */
export async function rowsOf<Row>(on: Executor, row: z.ZodType<Row>, query: Sql): Promise<readonly Row[]> {
  return z.array(row).parse(await on.$queryRaw(query));
}

/** The one row of a query that always has one. */
export async function rowOf<Row>(on: Executor, row: z.ZodType<Row>, query: Sql): Promise<Row> {
  const [found] = await rowsOf(on, row, query);
  if (found === undefined) throw new RangeError("A query that always has a row had none.");
  return found;
}

/** A PostgreSQL bigint as a number; refuses what a number cannot hold exactly. */
export const bigintNumber = z.union([z.bigint(), z.number()]).transform((value, context) => {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  context.addIssue(`${value} is too large`);
  return z.NEVER;
});

/** Empty columns come as null; the rest of the code says undefined. */
export function optional<Output>(type: z.ZodType<Output>) {
  return type.nullish().transform((value) => value ?? undefined);
}

/** Every condition, or none. */
export function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`TRUE` : join([...conditions], " AND ");
}
