import type { TierCuts } from "../core/tiers.ts";
import { type Sql, sql } from "./sql.ts";

/** The first day of the half-year that a day lies in. */
export function halfYearOf(day: Sql): Sql {
  return sql`(date_trunc('year', ${day}) + CASE WHEN EXTRACT(MONTH FROM ${day}) > 6 THEN interval '6 months' ELSE interval '0' END)::date`;
}

/**
 * The tiers that accounts had on some days: by what they bought in a window of so many months that ended the day before, cut as
 * tiers of today are. Who bought before that and nothing in the window is D; who never bought has none. Half-years are
 * near enough: a tier is by years of purchases, and to rank all accounts on a day takes as long as a refresh of one.
 *
 * Rows: `then_on`, `account_id`, `tier`.
 *
 * @param days rows `first_on`.
 */
export function tiersThen(workspaceId: string, days: Sql, windowMonths: number, { A, B, C }: TierCuts): Sql {
  const limitAt = (thousandths: number) => sql`p.whole * ${thousandths}::int`;
  return sql`
    SELECT p.then_on, p.account_id,
           (CASE WHEN p.value <= 0 THEN 'D'
                 WHEN p.above * 1000 < ${limitAt(A)} THEN 'A'
                 WHEN p.above * 1000 < ${limitAt(B)} THEN 'B'
                 WHEN p.above * 1000 < ${limitAt(C)} THEN 'C' ELSE 'D' END)::tier AS tier
    FROM (SELECT v.*, SUM(GREATEST(v.value, 0)) OVER (PARTITION BY v.then_on) AS whole,
                 SUM(GREATEST(v.value, 0)) OVER (PARTITION BY v.then_on ORDER BY v.value DESC, v.account_id
                                                 ROWS UNBOUNDED PRECEDING) - GREATEST(v.value, 0) AS above
          FROM (SELECT q.first_on AS then_on, d.account_id,
                       COALESCE(SUM(d.value) FILTER (
                         WHERE d.on_day >= q.first_on - make_interval(months => ${windowMonths}::int)), 0)::numeric AS value
                FROM (${days}) q
                JOIN counted_day d ON d.workspace_id = ${workspaceId} AND d.first_on < q.first_on AND d.on_day < q.first_on
                GROUP BY q.first_on, d.account_id) v) p`;
}
