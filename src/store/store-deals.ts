import { z } from "zod";
import type { Day } from "../core/calendar.ts";
import { currencyExponent } from "../core/money.ts";
import type { TierCuts } from "../core/tiers.ts";
import { analyze, few } from "./analyze.ts";
import type { Database } from "./connect.ts";
import { ownersSaid, ownersSet, ownerThen } from "./owners-then.ts";
import type { Snapshot } from "./reads.ts";
import { dailyRates, inReportingCurrency } from "./sales.ts";
import { bigintNumber, empty, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { halfYearOf, tiersThen } from "./tiers-then.ts";
import { transactionLimits } from "./transaction-limits.ts";

/** How tiers of earlier days are cut. */
export interface TierRules {
  readonly cuts: TierCuts;
  readonly windowMonths: number;
}

/** Of the deals that ended, as of those that are open, so many are kept: the newest. That is years of them, but for the largest teams. */
const mostDeals = 100_000;

/**
 * Stores the opportunities of a snapshot as its deals. What began after its day is none of them, and what closed after it was
 * still open. An open deal's amount is by the newest rate, a closed one's by that of the day on which it closed. A deal of
 * which nothing changed since an earlier snapshot keeps what was expected of it then.
 *
 * @param before that snapshot, if what was expected then still holds.
 * @returns where not all that ended are kept, the day from which on they are.
 */
export async function storeDeals(
  database: Database,
  workspaceId: string,
  snapshot: Snapshot,
  rules: TierRules,
  before: number | undefined,
): Promise<Day | undefined> {
  await database.$transaction(async (transaction) => {
    await transaction.$executeRaw(
      sql`SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '64MB', true)`,
    );
    const found = await transaction.$executeRaw(
      sql`CREATE TEMP TABLE opportunity_of ON COMMIT DROP AS ${opportunitiesOf(workspaceId, snapshot.asOf)}`,
    );
    if (found > few) await analyze(transaction, ["opportunity_of"]);
    const halfYears = await rowsOf(
      transaction,
      z.object({ day: z.string() }),
      sql`SELECT DISTINCT half_year::text AS day FROM opportunity_of WHERE half_year IS NOT NULL ORDER BY 1`,
    );
    const tiers = tiersThen(
      workspaceId,
      halfYears.map(({ day }) => day),
      rules.windowMonths,
      rules.cuts,
    );
    await transaction.$executeRaw(insertion(workspaceId, snapshot, tiers, before));
  }, transactionLimits.computing);
  await analyze(database, ["deal"]);
  const { ended, since } = await rowOf(
    database,
    z.object({ ended: bigintNumber, since: optional(z.string()) }),
    sql`SELECT COUNT(*) AS ended, MIN(close_on)::text AS since FROM deal
        WHERE workspace_id = ${workspaceId} AND snapshot_id = ${snapshot.id} AND status <> 'open'`,
  );
  return ended < mostDeals ? undefined : since;
}

function insertion(
  workspaceId: string,
  { id, asOf, basis }: Snapshot,
  tiers: Sql,
  before: number | undefined,
): Sql {
  const { currency, rates } = basis;
  const hasRates = rates.length > 0;
  const minor = 10 ** currencyExponent(currency);
  const isOurs = sql`f.currency = ${currency}`;
  const kept = sql`expected, expected_minor, expected_days, probability, low, high, reasons`;
  return sql`
    WITH ${hasRates ? sql`rate AS (${dailyRates(rates, asOf)}),` : empty}
      tier_then AS (${tiers}),
      told AS (
        SELECT f.id, f.account_id, f.rep_id, f.product_id, f.status, f.stage, t.tier, f.created_on, f.close_on,
               ${hasRates ? inReportingCurrency(currency) : sql`CASE WHEN ${isOurs} THEN f.amount_minor END`} AS amount_minor,
               CASE WHEN ${isOurs} THEN ROUND(product.list_price * COALESCE(f.quantity, 1) * ${minor}::int)::bigint END AS list_minor,
               product.name AS product, f.described
        FROM opportunity_of f
        LEFT JOIN tier_then t ON t.then_on = f.half_year AND t.account_id = f.account_id
        LEFT JOIN current_product_record product
          ON product.workspace_id = ${workspaceId} AND product.source_record_id = f.product_id
        ${hasRates ? sql`LEFT JOIN rate ON rate.currency = f.currency AND rate.on_day = f.on_day` : empty}),
      hashed AS (
        SELECT t.*, hashtextextended(concat_ws('|', t.status, t.rep_id, t.product_id, t.product, t.account_id, t.tier, t.created_on,
                 t.close_on, t.amount_minor, t.list_minor, t.described), 0) AS known
        FROM told t)
    INSERT INTO deal (workspace_id, snapshot_id, id, account_id, rep_id, product_id, status, stage, tier, created_on,
                      close_on, amount_minor, list_minor, known, ${kept})
    SELECT ${workspaceId}, ${id}::int, t.id, t.account_id, t.rep_id, t.product_id, t.status, t.stage, t.tier, t.created_on,
           t.close_on, t.amount_minor, t.list_minor, t.known, e.expected, e.expected_minor, e.expected_days, e.probability, e.low,
           e.high, COALESCE(e.reasons, '[]')
    FROM hashed t
    LEFT JOIN deal e ON e.workspace_id = ${workspaceId} AND e.snapshot_id = ${before ?? null}::int AND e.id = t.id
      AND e.known = t.known`;
}

/** As they were on a day. */
function newestOpportunities(workspaceId: string, asOf: Day): Sql {
  const isClosed = sql`o.status <> 'open' AND (o.close_on IS NULL OR o.close_on <= ${asOf}::date)`;
  const some = (status: Sql, which: Sql, newest: Sql) => sql`(
    SELECT o.workspace_id, o.id, o.account_record_id, o.owner_record_id, o.product_record_id, ${status} AS status, o.stage,
           o.created_on, o.close_on, o.amount_minor, o.currency::text AS currency, o.custom,
           LEAST(COALESCE(o.close_on, ${asOf}::date), ${asOf}::date) AS on_day
    FROM current_opportunity o
    WHERE o.workspace_id = ${workspaceId} AND COALESCE(o.created_on <= ${asOf}::date, TRUE) AND ${which}
    ORDER BY ${newest} DESC NULLS LAST, o.id LIMIT ${mostDeals}::int)`;
  return sql`${some(sql`o.status`, isClosed, sql`o.close_on`)}
    UNION ALL ${some(sql`'open'::opportunity_status`, sql`NOT (${isClosed})`, sql`o.created_on`)}`;
}

/** With the account, the rep who has the credit, and the product of each; `described` is a hash of the columns that came with it. */
function opportunitiesOf(workspaceId: string, asOf: Day): Sql {
  return sql`
    WITH newest AS MATERIALIZED (${newestOpportunities(workspaceId, asOf)})
    SELECT o.id, m.account_id, COALESCE(rep.stands_for, rep.id) AS rep_id, COALESCE(p.stands_for, p.id) AS product_id,
           o.status, o.stage, o.created_on, o.close_on, o.amount_minor, o.currency, o.on_day, line.quantity,
           ${halfYearOf(sql`COALESCE(o.created_on, o.close_on)`)} AS half_year,
           hashtextextended(concat_ws('|', o.custom, a.custom, a.industry, a.region), 0) AS described
    FROM newest o
    LEFT JOIN membership m ON m.workspace_id = ${workspaceId} AND m.source_record_id = o.account_record_id
      AND m.valid_to IS NULL
    LEFT JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = m.account_id
    LEFT JOIN LATERAL (
      SELECT l.product_record_id, l.quantity FROM current_opportunity_line l
      WHERE l.workspace_id = o.workspace_id AND l.opportunity_id = o.id
        AND (o.product_record_id IS NULL OR l.product_record_id = o.product_record_id)
      ORDER BY l.amount_minor DESC NULLS LAST, l.id LIMIT 1) line ON TRUE
    LEFT JOIN (${ownersSaid(workspaceId)}) said ON said.source_record_id = o.account_record_id
    LEFT JOIN (${ownersSet(workspaceId)}) by_hand ON by_hand.account_id = m.account_id
    LEFT JOIN LATERAL (
      SELECT COALESCE(o.owner_record_id,
                      CASE WHEN said.owners > 1 OR by_hand.account_id IS NOT NULL
                           THEN ${ownerThen(sql`m.account_id`, sql`o.on_day`)} ELSE said.owner_id END,
                      a.owner_record_id) AS id
      OFFSET 0) credited ON TRUE
    LEFT JOIN source_record rep ON rep.workspace_id = ${workspaceId} AND rep.id = credited.id
    LEFT JOIN source_record p ON p.workspace_id = ${workspaceId}
      AND p.id = COALESCE(o.product_record_id, line.product_record_id)`;
}
