import { z } from "zod";
import type { Day } from "../core/calendar.ts";
import type { SpendColumns } from "../core/value/history-columns.ts";
import { readNumbers } from "./read-numbers.ts";
import { type Executor, empty, optional, rowOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";

/** The standings of a snapshot whose accounts ever bought: those that are valued, in the order of `byAccount`. */
export function valuedStandings(workspaceId: string, snapshotId: number): Sql {
  return sql`account_standing s
    WHERE s.workspace_id = ${workspaceId} AND ${heldAt(sql`s`, snapshotId)} AND s.purchase_days > 0`;
}

export const byAccount = sql`ORDER BY s.account_id`;

/** The histories of `valuedStandings` up to a day. */
export function readHistories(on: Executor, valued: Sql, asOf: Day): Promise<SpendColumns> {
  return readNumbers(
    on,
    sql`SELECT s.purchase_days - 1 AS "frequency", s.last_won_on - s.first_won_on AS "recencyDays",
               ${asOf}::date - s.first_won_on AS "ageDays", s.repeat_minor AS "repeatMinor"
        FROM ${valued} ${byAccount}`,
    ["frequency", "recencyDays", "ageDays", "repeatMinor"],
  );
}

/** Histories up to a day of the accounts that had bought by then, and what they bought since. */
export type HistoriesThen = Awaited<ReturnType<typeof readHistoriesThen>>;

/**
 * @param days rows as `countedDays` has them.
 * @param standings where the tier is to be known: a query of rows `account_id`, `tier`.
 * @returns `heldOut`: days with a purchase after the day; `tier`: 1 for A up to 4 for D, 0 where there was none.
 */
export function readHistoriesThen(on: Executor, days: Sql, after: Day, standings?: Sql) {
  const until = sql`p.on_day <= ${after}::date`;
  return readNumbers(
    on,
    sql`SELECT h.*, ${standings ? sql`ascii(s.tier::text) - 64` : sql`0`} AS "tier"
        FROM (SELECT p.account_id, COUNT(*) FILTER (WHERE ${until}) - 1 AS "frequency",
                     MAX(p.on_day) FILTER (WHERE ${until}) - p.first_on AS "recencyDays",
                     ${after}::date - p.first_on AS "ageDays", COUNT(*) FILTER (WHERE NOT ${until}) AS "heldOut"
              FROM ${days} p WHERE p.purchases > 0 AND p.first_on <= ${after}::date
              GROUP BY p.account_id, p.first_on) h
        ${standings ? sql`LEFT JOIN (${standings}) s ON s.account_id = h.account_id` : empty}
        ORDER BY h.account_id`,
    ["frequency", "recencyDays", "ageDays", "heldOut", "tier"],
  );
}

/** The first day that anybody bought, and the mean amount of a purchase, in minor units. */
export function readPurchaseMeans(on: Executor, days: Sql) {
  return rowOf(
    on,
    z.object({ firstDay: optional(z.string()), meanPurchase: z.number() }),
    sql`SELECT MIN(first_on)::text AS "firstDay",
               COALESCE(SUM(value)::float8 / NULLIF(COUNT(*) FILTER (WHERE purchases > 0), 0), 0) AS "meanPurchase"
        FROM ${days} p WHERE first_on IS NOT NULL`,
  );
}
