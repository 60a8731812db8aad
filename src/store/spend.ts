import { z } from "zod";
import type { Day, Window } from "../core/calendar.ts";
import type { GroupedSpend } from "./reads.ts";
import { bigintNumber, optional, type Sql, sql } from "./sql.ts";

/** The membership that says which account a fact `o` belongs to now, as `m`. */
export const joinAccount = sql`JOIN membership m
  ON m.workspace_id = o.workspace_id AND m.source_record_id = o.account_record_id AND m.valid_to IS NULL`;

/**
 * What each account bought, from its won opportunities in one currency up to `asOf`: the value and the
 * number in one window, and the value in an earlier one. The account needs one purchase at any time.
 */
export function spendOf(
  workspaceId: string,
  currency: string,
  asOf: Day,
  window: Window,
  previous: Window,
): Sql {
  return sql`SELECT m.account_id,
                    COALESCE(SUM(o.amount_minor) FILTER (WHERE ${inWindow(window)}), 0)::bigint AS value,
                    COALESCE(SUM(o.amount_minor) FILTER (WHERE ${inWindow(previous)}), 0)::bigint AS previous_value,
                    COUNT(*) FILTER (WHERE ${inWindow(window)})::int AS wins,
                    MIN(o.close_on) AS first_won_on, MAX(o.close_on) AS last_won_on
             FROM current_opportunity o
             ${joinAccount}
             WHERE o.workspace_id = ${workspaceId} AND o.status = 'won' AND o.amount_minor IS NOT NULL
               AND ${inCurrency(currency)} AND o.close_on <= ${asOf}::date
             GROUP BY m.account_id`;
}

export function inWindow({ after, until }: Window): Sql {
  return sql`o.close_on > ${after}::date AND o.close_on <= ${until}::date`;
}

export function inCurrency(currency: string): Sql {
  return sql`o.currency = ${currency}`;
}

export const spendRow = z.object({
  account_id: z.string(),
  value: bigintNumber,
  previous_value: bigintNumber,
  wins: z.number(),
  first_won_on: z.string(),
  last_won_on: z.string(),
  group: optional(z.string()),
});

export function toSpend(row: z.output<typeof spendRow>): GroupedSpend {
  return {
    accountId: row.account_id,
    value: row.value,
    previousValue: row.previous_value,
    wins: row.wins,
    firstWonOn: row.first_won_on,
    lastWonOn: row.last_won_on,
    group: row.group,
  };
}
