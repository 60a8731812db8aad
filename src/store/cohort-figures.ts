import { type Executor, type Sql, sql } from "./sql.ts";

/**
 * What those who first bought in one calendar quarter bought in it and in every quarter since. Accounts that never bought
 * have no cohort, and money that went back before a cohort's own quarter is in none of them.
 *
 * Rows: `cohort` (its first day), `quarter` (since then), `accounts` (that bought in it), `value_minor`.
 *
 * @param days rows as `withFirstDay` has them.
 */
export function cohortRowsOf(days: Sql): Sql {
  return sql`SELECT make_date(cohort / 4, 3 * (cohort % 4) + 1, 1) AS cohort, quarter - cohort AS quarter,
                    COUNT(*) FILTER (WHERE bought) AS accounts, SUM(value)::bigint AS value_minor
             FROM (SELECT account_id, cohort, quarter, bool_or(purchases > 0) AS bought, SUM(value)::bigint AS value
                   FROM (SELECT account_id, purchases, value, ${quarterOf(sql`first_on`)} AS cohort, ${quarterOf(sql`on_day`)} AS quarter
                         FROM ${days} WHERE first_on IS NOT NULL) day
                   WHERE quarter >= cohort
                   GROUP BY account_id, cohort, quarter) account
             GROUP BY account.cohort, account.quarter`;
}

/** Keeps them for a snapshot. */
export async function addUpCohorts(
  on: Executor,
  { workspaceId, id, days }: { readonly workspaceId: string; readonly id: number; readonly days: Sql },
): Promise<void> {
  await on.$executeRaw(
    sql`INSERT INTO cohort_figure (workspace_id, snapshot_id, cohort, quarter, accounts, value_minor)
        SELECT ${workspaceId}, ${id}::int, cohort, quarter, accounts, value_minor FROM (${cohortRowsOf(days)}) figure`,
  );
}

/** Quarters since the year 0. By `date_part` and not `extract`, whose exact numbers take several times as long. */
function quarterOf(day: Sql): Sql {
  return sql`(date_part('year', ${day})::int * 4 + date_part('quarter', ${day})::int - 1)`;
}
