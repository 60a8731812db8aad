import type { Day } from "../core/calendar.ts";
import type { TierCuts } from "../core/tiers.ts";
import { Prisma } from "./generated/client.ts";
import { join, type Sql, sql } from "./sql.ts";

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
 * @param days few: what was bought is added up for all of them at once.
 */
export function tiersThen(
  workspaceId: string,
  days: readonly Day[],
  windowMonths: number,
  { A, B, C }: TierCuts,
): Sql {
  if (days.length === 0)
    return sql`SELECT NULL::date AS then_on, NULL::uuid AS account_id, NULL::tier AS tier WHERE FALSE`;
  const column = (place: number) => Prisma.raw(`in_window_${place}`);
  const inWindows = days.map(
    (day, place) => sql`COALESCE(SUM(d.value) FILTER (
      WHERE d.on_day >= ${day}::date - make_interval(months => ${windowMonths}::int) AND d.on_day < ${day}::date), 0)::bigint
      AS ${column(place)}`,
  );
  const then = days.map((day, place) => sql`(${day}::date, ${column(place)})`);
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
          FROM (SELECT t.then_on, b.account_id, t.value
                FROM (SELECT d.account_id, MIN(d.first_on) AS first_on, ${join(inWindows, ", ")}
                      FROM counted_day d WHERE d.workspace_id = ${workspaceId} GROUP BY d.account_id) b
                CROSS JOIN LATERAL (VALUES ${join(then, ", ")}) t(then_on, value)
                WHERE b.first_on < t.then_on) v) p`;
}
