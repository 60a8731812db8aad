import type { Day } from "../core/calendar.ts";
import type { SalesBasis } from "./sales.ts";
import { purchaseDaysOf } from "./spend.ts";
import { type Executor, type Sql, sql } from "./sql.ts";

/**
 * Days of purchases with the account's first one as `first_on`; null where it has credits alone.
 *
 * @param days rows as `purchaseDaysOf` has them.
 */
export function withFirstDay(days: Sql): Sql {
  return sql`SELECT p.*, MIN(p.on_day) FILTER (WHERE p.purchases > 0) OVER (PARTITION BY p.account_id) AS first_on
             FROM (${days}) p`;
}

/**
 * Counts a portfolio's purchases once for everything that a refresh makes of them, and says where they are: rows as
 * `withFirstDay` has them.
 *
 * @param on a transaction: the table is its own and gone with its end, also where all clients share one session.
 */
export async function countDays(
  on: Executor,
  workspaceId: string,
  basis: SalesBasis,
  until: Day,
): Promise<Sql> {
  // Sorted once, all three steps take the rows in order; hashed, the first two would spill to the disk and the last one sort.
  await on.$executeRaw(sql`SELECT set_config('enable_hashagg', 'off', true)`);
  await on.$executeRaw(
    sql`CREATE TEMP TABLE counted_day ON COMMIT DROP AS
        ${withFirstDay(purchaseDaysOf(workspaceId, basis, until))}`,
  );
  await on.$executeRaw(sql`SELECT set_config('enable_hashagg', 'on', true)`);
  await on.$executeRaw(sql`ANALYZE counted_day`);
  return sql`counted_day`;
}
