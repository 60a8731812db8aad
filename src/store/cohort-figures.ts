import { type Executor, type Sql, sql } from "./sql.ts";

/**
 * What those who first bought in one calendar quarter bought in it and in every quarter since. Accounts that never bought
 * have no cohort, and money that went back before a cohort's own quarter is in none of them.
 *
 * Rows: `cohort` (its first day), `quarter` (since then), `accounts` (that bought in it), `value_minor`, `present` (accounts
 * with a day in it, also where that only took money back).
 *
 * @param days rows as `withFirstDay` has them.
 */
export function cohortRowsOf(days: Sql): Sql {
  return sql`SELECT make_date(cohort / 4, 3 * (cohort % 4) + 1, 1) AS cohort, quarter - cohort AS quarter,
                    COUNT(*) FILTER (WHERE bought) AS accounts, SUM(value)::bigint AS value_minor,
                    COUNT(*) AS present
             FROM (SELECT account_id, cohort, quarter, bool_or(purchases > 0) AS bought, SUM(value)::bigint AS value
                   FROM (SELECT account_id, purchases, value, ${quarterOf(sql`first_on`)} AS cohort, ${quarterOf(sql`on_day`)} AS quarter
                         FROM ${days} p WHERE first_on IS NOT NULL) day
                   WHERE quarter >= cohort
                   GROUP BY account_id, cohort, quarter) account
             GROUP BY account.cohort, account.quarter`;
}

/** Keeps those that were counted for a snapshot. */
export async function addUpCohorts(
  on: Executor,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: number },
): Promise<void> {
  await on.$executeRaw(
    sql`INSERT INTO cohort_figure (workspace_id, snapshot_id, cohort, quarter, accounts, value_minor)
        SELECT ${workspaceId}, ${id}::int, cohort, quarter, accounts, value_minor FROM counted_cohort
        WHERE workspace_id = ${workspaceId}`,
  );
}

/** Adds what accounts bought to the counted cohorts. */
export async function addToCohorts(on: Executor, workspaceId: string, days: Sql): Promise<void> {
  await on.$executeRaw(
    sql`INSERT INTO counted_cohort AS c (workspace_id, cohort, quarter, accounts, value_minor, present)
        SELECT ${workspaceId}, cohort, quarter, accounts, value_minor, present FROM (${cohortRowsOf(days)}) own
        ON CONFLICT (workspace_id, cohort, quarter) DO UPDATE
        SET accounts = c.accounts + EXCLUDED.accounts, value_minor = c.value_minor + EXCLUDED.value_minor,
            present = c.present + EXCLUDED.present`,
  );
}

/** Takes what accounts bought out of the counted cohorts, in which it is. */
export async function takeFromCohorts(on: Executor, workspaceId: string, days: Sql): Promise<void> {
  await on.$executeRaw(
    sql`UPDATE counted_cohort c SET accounts = c.accounts - own.accounts, value_minor = c.value_minor - own.value_minor,
            present = c.present - own.present
        FROM (${cohortRowsOf(days)}) own
        WHERE c.workspace_id = ${workspaceId} AND c.cohort = own.cohort AND c.quarter = own.quarter`,
  );
  await on.$executeRaw(sql`DELETE FROM counted_cohort WHERE workspace_id = ${workspaceId} AND present = 0`);
}

/** Quarters since the year 0. By `date_part` and not `extract`, whose exact numbers take several times as long. */
function quarterOf(day: Sql): Sql {
  return sql`(date_part('year', ${day})::int * 4 + date_part('quarter', ${day})::int - 1)`;
}
