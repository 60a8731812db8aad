import { Prisma } from "./generated/client.ts";
import { type Executor, sql } from "./sql.ts";

/**
 * Lets the planner know what tables have become. The embedded store never looks by itself, and a server not yet when an
 * import has just ended: without this, joins of many facts are planned for a handful and take minutes.
 */
export async function analyze(on: Executor, tables: readonly string[]): Promise<void> {
  await on.$executeRaw(sql`ANALYZE ${Prisma.raw(tables.join(", "))}`);
}
