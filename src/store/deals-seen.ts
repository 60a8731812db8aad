import type { Day } from "../core/calendar.ts";
import type { Access } from "./access.ts";
import type { DealFilters } from "./product-results.ts";
import type { Snapshot } from "./reads.ts";
import { allOf, type Sql, sql } from "./sql.ts";
import { visibleDeals } from "./visibility.ts";

/** Whether a deal `d` was won or lost by a day: one that is, and does not say when, was by then. */
export function hasEnded(asOf: Day): Sql {
  return sql`(d.status IN ('won', 'lost') AND (d.close_on IS NULL OR d.close_on <= ${asOf}::date))`;
}

/**
 * The deals of a snapshot that the viewer may see, with what their accounts are; `outcome` and, where it is known, `closed_on` of
 * those that were won or lost by its day, and `began_on`, which is the day they closed on where it is not known when they began.
 */
export function dealsSeen(access: Access, { id, asOf }: Snapshot, deals: DealFilters = {}): Sql {
  const { repIds, industry, region, tier } = deals;
  const isClosed = hasEnded(asOf);
  const closedOn = sql`CASE WHEN ${isClosed} THEN d.close_on END`;
  const conditions = [
    sql`d.snapshot_id = ${id}`,
    visibleDeals(access),
    ...(repIds === undefined ? [] : [sql`d.rep_id = ANY(${repIds}::uuid[])`]),
    ...(industry === undefined ? [] : [sql`a.industry = ${industry}`]),
    ...(region === undefined ? [] : [sql`a.region = ${region}`]),
    ...(tier === undefined ? [] : [sql`d.tier = ${tier}::tier`]),
  ];
  return sql`
    SELECT d.product_id, d.rep_id, d.tier, a.industry, a.region, d.created_on, d.amount_minor, d.list_minor,
           CASE WHEN ${isClosed} THEN d.status::text END AS outcome, ${closedOn} AS closed_on,
           ${isClosed} AS has_ended, COALESCE(d.created_on, ${closedOn}) AS began_on
    FROM deal d LEFT JOIN account a ON a.workspace_id = d.workspace_id AND a.id = d.account_id
    WHERE ${allOf(conditions)}`;
}
