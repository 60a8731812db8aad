import type { Day } from "../core/calendar.ts";
import { recurringRule, rhythms } from "../core/recurring.ts";
import type { Access } from "./access.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import type { Snapshot } from "./reads.ts";
import { salesOf } from "./sales.ts";
import { type Sql, sql } from "./sql.ts";
import { visibleMemberships } from "./visibility.ts";

/** Renewals beyond that number are counted with it: few have so many, and they differ little. */
const MOST_RENEWALS = 60;

/**
 * Tables, each after the one before, that find which purchases recur up to the snapshot's day:
 *
 * - `bought`: what an account bought of a product on a day.
 * - `spaced`: the same with the gap before it in days, the months of its rhythm, and its place from the end of its series.
 * - `series`: the first and last day, days with a purchase, the rhythm of the last gap, how many gaps up to the last have
 *   it (`run`), and how many have to (`needed`), for series that are long enough.
 * - `recurring`: those that are more than chance, with `due_on` and `lost_after`.
 *
 * @param chosen a table of accounts, `account_id`.
 */
export function recurringTables(access: Access, snapshot: Snapshot, chosen: Sql): Sql {
  const { workspaceId } = access;
  const { basis, asOf } = snapshot;
  const { leastDates, mostGaps, falseShare } = recurringRule;
  const isWanted = sql`m.account_id IN (SELECT account_id FROM ${chosen}) AND ${visibleMemberships(access)}`;
  return sql`
    rhythm AS MATERIALIZED (SELECT * FROM ${rowsAsTable(rhythms, rhythmColumns)}),
    bought AS MATERIALIZED (
      SELECT p.account_id, NULLIF(btrim(product.name), '') AS product, p.on_day, SUM(p.value_minor)::bigint AS value
      FROM (${salesOf(workspaceId, basis, asOf, isWanted)}) p
      LEFT JOIN current_product_record product
        ON product.workspace_id = ${workspaceId} AND product.source_record_id = p.product_record_id
      WHERE p.value_minor IS NOT NULL
      GROUP BY 1, 2, 3 HAVING SUM(p.value_minor) > 0),
    spaced AS MATERIALIZED (
      SELECT b.account_id, b.product, b.on_day, b.value, b.dates, b.from_end, r.months
      FROM (SELECT account_id, product, on_day, value, on_day - LAG(on_day) OVER place AS gap,
                   COUNT(*) OVER (PARTITION BY account_id, product) AS dates,
                   COUNT(*) OVER (PARTITION BY account_id, product ORDER BY on_day DESC) AS from_end
            FROM bought WINDOW place AS (PARTITION BY account_id, product ORDER BY on_day)) b
      LEFT JOIN rhythm r ON b.gap BETWEEN r.least_days AND r.most_days
      WHERE b.dates >= ${leastDates}::int),
    series AS MATERIALIZED (
      SELECT account_id, product, dates, MIN(on_day) AS first_on, MAX(on_day) AS last_on, last_months AS months,
             MAX(value) FILTER (WHERE from_end = 1) AS value,
             MIN(from_end) FILTER (WHERE months IS DISTINCT FROM last_months) - 1 AS run,
             LEAST(dates - 1, ${mostGaps}::int) AS needed
      FROM (SELECT *, MAX(months) FILTER (WHERE from_end = 1) OVER (PARTITION BY account_id, product) AS last_months
            FROM spaced) told
      GROUP BY account_id, product, dates, last_months),
    regular AS (
      SELECT s.*, (SELECT SUM(power(exp(-(r.least_days - 0.5) / mean.days) - exp(-(r.most_days + 0.5) / mean.days), s.needed))
                   FROM rhythm r) AS chance
      FROM series s, LATERAL (SELECT (s.last_on - s.first_on)::float8 / (s.dates - 1) AS days) mean
      WHERE s.months IS NOT NULL AND s.run >= s.needed),
    judged AS MATERIALIZED (
      SELECT regular.*, COUNT(*) OVER (ORDER BY chance) * ${falseShare}::float8 / (SELECT COUNT(*) FROM series) AS allowed
      FROM regular),
    recurring AS MATERIALIZED (
      SELECT j.*, r.name AS rhythm, (j.last_on + make_interval(months => j.months))::date AS due_on,
             (j.last_on + make_interval(months => j.months))::date + r.grace_days AS lost_after
      FROM judged j JOIN rhythm r ON r.months = j.months
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
  const { mostGaps } = recurringRule;
  const knownBy = sql`(CASE WHEN c.run = c.dates - 1 THEN 2 ELSE ${mostGaps}::int END)`;
  return sql`
    SELECT LEAST(number, ${MOST_RENEWALS}::int)::int AS number, decided_on > ${asOf}::date - 365 AS is_recent,
           COUNT(*)::int AS due, COUNT(*) FILTER (WHERE is_renewed)::int AS renewed
    FROM (SELECT c.run - s.from_end + 1 AS number, s.on_day AS decided_on, TRUE AS is_renewed
          FROM recurring c
          JOIN spaced s ON s.account_id = c.account_id AND s.product IS NOT DISTINCT FROM c.product
          WHERE s.from_end <= c.run AND c.run - s.from_end + 1 > ${knownBy}
          UNION ALL
          SELECT c.run + 1, c.lost_after, FALSE FROM recurring c
          WHERE c.lost_after < ${asOf}::date) decided
    GROUP BY 1, 2 ORDER BY 1, 2`;
}

const rhythmColumns: readonly BulkColumn<(typeof rhythms)[number]>[] = [
  { name: "name", type: "text", of: ({ name }) => name },
  { name: "months", type: "int", of: ({ months }) => months },
  { name: "least_days", type: "int", of: ({ leastDays }) => leastDays },
  { name: "most_days", type: "int", of: ({ mostDays }) => mostDays },
  { name: "grace_days", type: "int", of: ({ graceDays }) => graceDays },
];
