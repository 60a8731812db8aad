import { z } from "zod";
import type { Day, Window } from "../core/calendar.ts";
import type { GroupedSpend } from "./reads.ts";
import { everyAccount, type SalesBasis, salesOf } from "./sales.ts";
import { bigintNumber, optional, type Sql, sql } from "./sql.ts";

/**
 * What each account bought up to `asOf`, as `spendRow` reads it: the value and the number of purchases in one window,
 * and the value in an earlier one. A purchase is an invoice, a payment or a deal that did not take money back; the first
 * and last day are those of purchases, and of credits where there is nothing else. Accounts without a sale have no row.
 *
 * @param accounts a condition on `membership m` that narrows the accounts.
 */
export function spendOf(
  workspaceId: string,
  basis: SalesBasis,
  asOf: Day,
  window: Window,
  previous: Window,
  accounts: Sql = everyAccount,
): Sql {
  const valueIn = (span: Window, more = sql`TRUE`) =>
    sql`COALESCE(SUM(p.value) FILTER (WHERE ${inWindow(span)} AND ${more}), 0)::bigint`;
  return sql`SELECT p.account_id, ${valueIn(window)} AS value, ${valueIn(previous)} AS previous_value,
                    COUNT(*) FILTER (WHERE ${inWindow(window)} AND p.value >= 0)::int AS wins,
                    COALESCE(MIN(p.on_day) FILTER (WHERE p.value >= 0), MIN(p.on_day)) AS first_won_on,
                    COALESCE(MAX(p.on_day) FILTER (WHERE p.value >= 0), MAX(p.on_day)) AS last_won_on,
                    ${valueIn(window, sql`p.basis = 'invoice'`)} AS by_invoices,
                    ${valueIn(window, sql`p.basis = 'payment'`)} AS by_payments
             FROM (SELECT account_id, basis, on_day, purchase, SUM(value_minor) AS value
                   FROM (${salesOf(workspaceId, basis, asOf, accounts)}) sale WHERE value_minor IS NOT NULL
                   GROUP BY account_id, basis, on_day, purchase) p
             GROUP BY p.account_id`;
}

/** Whether a sale or purchase `p` lies in a window. */
export function inWindow({ after, until }: Window): Sql {
  return sql`p.on_day > ${after}::date AND p.on_day <= ${until}::date`;
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
