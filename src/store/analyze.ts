import { Prisma } from "./generated/client.ts";
import { type Executor, sql } from "./sql.ts";

/**
 * Lets the planner know what tables have become. The embedded store never looks by itself, and a server not yet when an
 * import has just ended: without this, joins of many facts are planned for a handful and take minutes.
 */
export async function analyze(on: Executor, tables: readonly string[]): Promise<void> {
  await on.$executeRaw(sql`ANALYZE ${Prisma.raw(tables.join(", "))}`);
}

/** A new table of so few rows is planned for rightly without being looked at. */
export const few = 1_000;

/** From so many changed rows on, a table is tidied at once and not when the server comes round to it. */
const MANY_ROWS = 10_000;

/** The same after a refresh; where much changed, also so that its indexes alone can answer. */
export async function settle(on: Executor, table: string, changedRows: number): Promise<void> {
  if (changedRows < MANY_ROWS) return analyze(on, [table]);
  await on.$executeRaw(sql`VACUUM (ANALYZE) ${Prisma.raw(table)}`);
}
