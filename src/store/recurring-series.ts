import type { Day } from "../core/calendar.ts";
import { recurringRule } from "../core/recurring.ts";
import { rhythmTable } from "./purchase-series.ts";
import { type Sql, sql } from "./sql.ts";

/** Renewals beyond that number are counted with it: few have so many, and they differ little. */
const MOST_RENEWALS = 60;

/**
 * Tables, each after the one before, that tell which series of purchases recur:
 *
 * - `series`: what is asked about.
 * - `judged`: the regular ones of them, with the `chance` that is still `allowed` among them.
 * - `recurring`: those that are more than chance, with `due_on` and `lost_after`.
 *
 * @param series rows as `currentSeries` has them.
 */
export function recurringTables(series: Sql): Sql {
  const { falseShare } = recurringRule;
  return sql`
    series AS MATERIALIZED (${series}),
    judged AS MATERIALIZED (
      SELECT *, COUNT(*) OVER (ORDER BY chance) * ${falseShare}::float8 / (SELECT COUNT(*) FROM series) AS allowed
      FROM series WHERE chance IS NOT NULL),
    recurring AS MATERIALIZED (
      SELECT j.*, r.name AS rhythm, (j.last_on + make_interval(months => j.months))::date AS due_on,
             (j.last_on + make_interval(months => j.months))::date + r.grace_days AS lost_after
      FROM judged j JOIN (${rhythmTable}) r ON r.months = j.months
      WHERE j.chance <= (SELECT MAX(chance) FROM judged WHERE chance <= allowed))`;
}

/**
 * How renewals of recurring purchases went, from the third on, by their number: the others are those by which it is known
 * that something recurs. After an irregular gap it is known again after as many as are looked at. A renewal that did not
 * come is decided when its time of grace is over.
 *
 * Rows: `number`, `is_recent`, `due`, `renewed`.
 */
export function decidedRenewals(asOf: Day): Sql {
  return sql`
    SELECT LEAST(number, ${MOST_RENEWALS}::int)::int AS number, is_recent,
           COUNT(*)::int AS due, COUNT(*) FILTER (WHERE is_renewed)::int AS renewed
    FROM (SELECT number, c.run - number < c.recent AS is_recent, TRUE AS is_renewed
          FROM recurring c CROSS JOIN LATERAL generate_series(c.known_by + 1, c.run) number
          UNION ALL
          SELECT c.run + 1, c.lost_after > ${asOf}::date - 365, FALSE FROM recurring c
          WHERE c.lost_after < ${asOf}::date) decided
    GROUP BY 1, 2 ORDER BY 1, 2`;
}
