import type { Database } from "./connect.ts";
import { type Executor, sql } from "./sql.ts";
import { transactionLimits } from "./transaction-limits.ts";

/**
 * Does work whose joins meet sets of a size that the planner cannot know, such as the ids inside of sightings. Where it
 * takes them for a handful, nested loops would look through all of one set for each of the other, and an import of
 * 100,000 rows would never end; hashed, time grows with the rows.
 */
export function hashingJoins<Result>(
  database: Database,
  work: (on: Executor) => Promise<Result>,
): Promise<Result> {
  return database.$transaction(async (transaction) => {
    await transaction.$executeRaw(sql`SELECT set_config('enable_nestloop', 'off', true)`);
    return work(transaction);
  }, transactionLimits.computing);
}
