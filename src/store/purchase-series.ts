import { z } from "zod";
import { recurringRule, rhythms } from "../core/recurring.ts";
import type { Access } from "./access.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import type { Snapshot } from "./reads.ts";
import { everyAccount, salesOf } from "./sales.ts";
import { type Executor, rowOf, type Sql, sql } from "./sql.ts";
import { visibleAccounts, visibleMemberships } from "./visibility.ts";

/**
 * What accounts bought of a product on a day, up to the snapshot's: `account_id`, `product`, `on_day`, `value`.
 *
 * @param accounts a condition on `membership m`, as `salesOf` has it.
 */
export function boughtOnDays({ workspaceId }: Access, { basis, asOf }: Snapshot, accounts: Sql): Sql {
  return sql`
    SELECT p.account_id, NULLIF(btrim(product.name), '') AS product, p.on_day, SUM(p.value_minor)::bigint AS value
    FROM (${salesOf(workspaceId, basis, asOf, accounts)}) p
    LEFT JOIN current_product_record product
      ON product.workspace_id = ${workspaceId} AND product.source_record_id = p.product_record_id
    WHERE p.value_minor IS NOT NULL
    GROUP BY 1, 2, 3 HAVING SUM(p.value_minor) > 0`;
}

/**
 * Series of purchases of one product by one account that are long enough to tell whether they recur: `account_id`, `product`,
 * `last_on`, `value_minor` (of that day), `recent` (days in the year before the snapshot's), `run` (how many gaps up to the
 * last have its rhythm), `known_by` (how many of those come before it is known) and, for those that are regular, `months`
 * and the `chance` that purchases at random look so. No other series has a part in any of these.
 *
 * @param accounts a condition on `membership m`, as `salesOf` has it.
 */
function seriesOfPurchases(access: Access, snapshot: Snapshot, accounts: Sql): Sql {
  const { leastDates, mostGaps } = recurringRule;
  return sql`
    WITH rhythm AS MATERIALIZED (${rhythmTable}),
    spaced AS (
      SELECT b.account_id, b.product, b.on_day, b.value, b.dates, b.from_end, r.months
      FROM (SELECT account_id, product, on_day, value, on_day - LAG(on_day) OVER place AS gap,
                   COUNT(*) OVER (PARTITION BY account_id, product) AS dates,
                   COUNT(*) OVER (PARTITION BY account_id, product ORDER BY on_day DESC) AS from_end
            FROM (${boughtOnDays(access, snapshot, accounts)}) bought
            WINDOW place AS (PARTITION BY account_id, product ORDER BY on_day)) b
      LEFT JOIN rhythm r ON b.gap BETWEEN r.least_days AND r.most_days
      WHERE b.dates >= ${leastDates}::int),
    told AS (
      SELECT account_id, product, dates, MIN(on_day) AS first_on, MAX(on_day) AS last_on, last_months,
             MAX(value) FILTER (WHERE from_end = 1) AS value,
             COUNT(*) FILTER (WHERE on_day > ${snapshot.asOf}::date - 365) AS recent,
             COALESCE(MIN(from_end) FILTER (WHERE months IS DISTINCT FROM last_months) - 1, 0) AS run,
             LEAST(dates - 1, ${mostGaps}::int) AS needed
      FROM (SELECT *, MAX(months) FILTER (WHERE from_end = 1) OVER (PARTITION BY account_id, product) AS last_months
            FROM spaced) last
      GROUP BY account_id, product, dates, last_months),
    regular AS (SELECT *, last_months IS NOT NULL AND run >= needed AS is_regular FROM told)
    SELECT account_id, product, last_on, value AS value_minor, recent, run,
           CASE WHEN run = dates - 1 THEN 2 ELSE ${mostGaps}::int END AS known_by,
           CASE WHEN is_regular THEN (
             SELECT SUM(power(exp(-(r.least_days - 0.5) / mean.days) - exp(-(r.most_days + 0.5) / mean.days), needed))
             FROM rhythm r, LATERAL (SELECT (last_on - first_on)::float8 / (dates - 1) AS days) mean) END AS chance,
           CASE WHEN is_regular THEN last_months END AS months
    FROM regular`;
}

/** Keeps everybody's series for a snapshot, unless they are kept already. */
export async function keepSeries(on: Executor, access: Access, snapshot: Snapshot): Promise<void> {
  if (await listsSeries(on, access, snapshot)) return;
  const { workspaceId } = access;
  await on.$executeRaw(
    sql`INSERT INTO purchase_series (workspace_id, snapshot_id, account_id, number, product, last_on, value_minor, recent,
          run, known_by, chance, months)
        SELECT ${workspaceId}, ${snapshot.id}::int, account_id, ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY product),
               product, last_on, value_minor, recent, run, known_by, chance, months
        FROM (${seriesOfPurchases(access, snapshot, everyAccount)}) series
        WHERE account_id IN (SELECT a.id FROM account a WHERE ${visibleAccounts(access)})`,
  );
  await on.$executeRaw(
    sql`UPDATE snapshot SET lists_series = TRUE WHERE workspace_id = ${workspaceId} AND id = ${snapshot.id}`,
  );
}

/**
 * The series of some accounts: as they were kept, or found anew where they were not. Asked each time, since they are kept
 * some time after a snapshot is ready.
 *
 * @param accounts a query of `account_id`.
 */
export async function currentSeries(
  on: Executor,
  access: Access,
  snapshot: Snapshot,
  accounts: Sql,
): Promise<Sql> {
  return (await listsSeries(on, access, snapshot))
    ? sql`SELECT p.account_id, p.product, p.last_on, p.value_minor, p.recent, p.run, p.known_by, p.chance, p.months
          FROM purchase_series p
          WHERE p.workspace_id = ${access.workspaceId} AND p.snapshot_id = ${snapshot.id} AND p.account_id IN (${accounts})`
    : seriesOfPurchases(
        access,
        snapshot,
        sql`m.account_id IN (${accounts}) AND ${visibleMemberships(access)}`,
      );
}

async function listsSeries(on: Executor, { workspaceId }: Access, { id }: Snapshot): Promise<boolean> {
  const { lists_series } = await rowOf(
    on,
    z.object({ lists_series: z.boolean() }),
    sql`SELECT lists_series FROM snapshot WHERE workspace_id = ${workspaceId} AND id = ${id}`,
  );
  return lists_series;
}

const rhythmColumns: readonly BulkColumn<(typeof rhythms)[number]>[] = [
  { name: "name", type: "text", of: ({ name }) => name },
  { name: "months", type: "int", of: ({ months }) => months },
  { name: "least_days", type: "int", of: ({ leastDays }) => leastDays },
  { name: "most_days", type: "int", of: ({ mostDays }) => mostDays },
  { name: "grace_days", type: "int", of: ({ graceDays }) => graceDays },
];

/** Every rhythm, as a query. */
export const rhythmTable = sql`SELECT * FROM ${rowsAsTable(rhythms, rhythmColumns)}`;
