import type { Access } from "./access.ts";
import { join, type Sql, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/**
 * Days of renewal that imported columns name, as tables: `written`, what stands there; and `dated`, the first readable one
 * of each account: `account_id`, `column_name`, `day`. Read are `2026-03-14`, `14.3.2026` and, with slashes, the order
 * that the column itself shows by a number over 12; a time after it is dropped. Other text is no day.
 *
 * @param chosen a table of accounts, `account_id`.
 */
export function renewalDates(access: Access, columns: readonly string[], chosen: Sql): Sql {
  if (columns.length === 0) return noDates;
  const written = columns.map(
    (column, place) => sql`SELECT a.id AS account_id, ${column}::text AS column_name, ${place}::int AS place,
        btrim(a.custom ->> ${column}) AS text FROM account a
      WHERE ${visibleAccounts(access)} AND btrim(a.custom ->> ${column}) <> ''`,
  );
  const numbers = (pattern: Sql) => sql`regexp_match(text, ${pattern})::int[]`;
  const end = sql`'([T ].*)?$'`;
  return sql`
    written AS MATERIALIZED (${join(written, " UNION ALL ")}),
    parts AS (
      SELECT *, ${numbers(sql`'^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})' || ${end}`)} AS iso,
             ${numbers(sql`'^([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9]{4})' || ${end}`)} AS dotted,
             ${numbers(sql`'^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})' || ${end}`)} AS slashed
      FROM written),
    ordered AS (
      SELECT *, MAX(slashed[1]) OVER by_column > 12 AS has_day_first, MAX(slashed[2]) OVER by_column > 12 AS has_month_first
      FROM parts WINDOW by_column AS (PARTITION BY column_name)),
    numbered AS (
      SELECT account_id, column_name, place, COALESCE(iso[1], dotted[3], slashed[3]) AS year,
             COALESCE(iso[2], dotted[2], CASE WHEN has_day_first AND NOT has_month_first THEN slashed[2]
                                              WHEN has_month_first AND NOT has_day_first THEN slashed[1] END) AS month,
             COALESCE(iso[3], dotted[1], CASE WHEN has_day_first AND NOT has_month_first THEN slashed[1]
                                              WHEN has_month_first AND NOT has_day_first THEN slashed[2] END) AS day
      FROM ordered),
    dated AS MATERIALIZED (
      SELECT DISTINCT ON (account_id) account_id, column_name, make_date(year, month, day) AS day
      FROM numbered
      WHERE account_id IN (SELECT account_id FROM ${chosen}) AND ${isDay}
      ORDER BY account_id, place)`;
}

/** The same without a column. */
const noDates = sql`
  numbered AS (SELECT NULL::uuid AS account_id, NULL::int AS year, NULL::int AS month, NULL::int AS day WHERE FALSE),
  dated AS (SELECT account_id, NULL::text AS column_name, NULL::date AS day FROM numbered)`;

/** How many of the chosen accounts' days were given, and how many of them no calendar has: `given`, `unreadable`. */
export function countDates(chosen: Sql): Sql {
  return sql`SELECT COUNT(*)::int AS given, (COUNT(*) FILTER (WHERE (${isDay}) IS NOT TRUE))::int AS unreadable
             FROM numbered WHERE account_id IN (SELECT account_id FROM ${chosen})`;
}

/** Whether a year, month and day are one; PostgreSQL makes a date of no others. */
const isDay = sql`CASE WHEN year BETWEEN 1900 AND 2199 AND month BETWEEN 1 AND 12 AND day BETWEEN 1 AND 31
  THEN day <= extract(day FROM make_date(year, month, 1) + interval '1 month' - interval '1 day') END`;
