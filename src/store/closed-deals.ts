import type { Day, Window } from "../core/calendar.ts";
import type { Access } from "./access.ts";
import { hasEnded } from "./deals-seen.ts";
import type { Snapshot } from "./reads.ts";
import type { DealSelection } from "./rep-results.ts";
import { allOf, type Sql, sql } from "./sql.ts";
import { visibleDeals } from "./visibility.ts";

/** When deals count: by the day on which they closed, or by the day on which they were created, as far as they closed since. */
export interface Counted {
  readonly by: "close" | "creation";
  readonly window: Window;
}

/** The deals of a snapshot that were won or lost and that the viewer may see, as rows of `deal`. */
export function closedDeals(
  access: Access,
  snapshot: Snapshot,
  { productIds, industry, region }: DealSelection,
  { by, window }: Counted,
): Sql {
  // Where it is not known when a deal ended, the only day that is known of it is that on which it began.
  const day = by === "close" ? sql`COALESCE(d.close_on, d.created_on)` : sql`d.created_on`;
  return sql`
    SELECT d.* FROM deal d
    LEFT JOIN account a ON a.workspace_id = d.workspace_id AND a.id = d.account_id
    WHERE ${allOf([
      visibleDeals(access),
      sql`d.snapshot_id = ${snapshot.id} AND ${hasEnded(snapshot.asOf)}`,
      sql`${day} > ${window.after}::date AND ${day} <= ${window.until}::date`,
      ...(productIds === undefined ? [] : [sql`d.product_id = ANY(${productIds}::uuid[])`]),
      ...(industry === undefined ? [] : [sql`a.industry = ${industry}`]),
      ...(region === undefined ? [] : [sql`a.region = ${region}`]),
    ])}`;
}

/**
 * What stands in where nothing is expected of a deal: the share of all closed deals of the window that were won, what each
 * brought, and the days that won ones typically took.
 */
export function baseOf(access: Access, snapshot: Snapshot): Sql {
  return sql`
    SELECT COALESCE(AVG((status = 'won')::int), 0)::float AS chance,
           COALESCE(AVG(CASE WHEN status = 'won' THEN amount_minor ELSE 0 END), 0)::float AS amount,
           EXP(AVG(LN(GREATEST(close_on - created_on, 1))) FILTER (WHERE status = 'won' AND created_on <= close_on))::float AS days
    FROM (${closedDeals(access, snapshot, {}, { by: "close", window: snapshot.window })}) everything`;
}

/** Whether a day lies in the last month of a fiscal quarter. */
export function isQuarterEnd(day: Sql, fiscalYearStart: number): Sql {
  return sql`(EXTRACT(MONTH FROM ${day})::int - ${fiscalYearStart}::int + 12) % 3 = 2`;
}

/** The earlier of two days. */
export function earlier(one: Day, other: Day): Day {
  return one < other ? one : other;
}
