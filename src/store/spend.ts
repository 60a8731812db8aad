import { z } from "zod";
import { type Day, monthsUntil, type Window } from "../core/calendar.ts";
import type { GroupedSpend } from "./reads.ts";
import { everyAccount, type SalesBasis, salesOf } from "./sales.ts";
import { bigintNumber, empty, optional, type Sql, sql } from "./sql.ts";

/**
 * The days up to `asOf` on which an account bought or got money back. A purchase is an invoice, a payment or a deal that
 * did not take money back; several on one day are one row.
 *
 * Rows: `account_id`, `on_day`, `value`, `by_invoices` and `by_payments` (parts of the value), `purchases`.
 *
 * @param accounts a condition on `membership m` that narrows the accounts.
 */
export function purchaseDaysOf(
  workspaceId: string,
  basis: SalesBasis,
  asOf: Day,
  accounts: Sql = everyAccount,
): Sql {
  return sql`SELECT account_id, on_day, SUM(value)::bigint AS value, ${valueBy(sql`'invoice'`)} AS by_invoices,
                    ${valueBy(sql`'payment'`)} AS by_payments, COUNT(*) FILTER (WHERE value >= 0) AS purchases
             FROM (SELECT account_id, on_day, basis, purchase, SUM(value_minor)::bigint AS value
                   FROM (${salesOf(workspaceId, basis, asOf, accounts)}) sale WHERE value_minor IS NOT NULL
                   GROUP BY account_id, on_day, basis, purchase) purchase
             GROUP BY account_id, on_day`;
}

function valueBy(kind: Sql): Sql {
  return sql`COALESCE(SUM(value) FILTER (WHERE basis = ${kind}), 0)::bigint`;
}

/**
 * What each account bought up to `asOf`, as `spendRow` reads it: the value and the number of purchases in one window,
 * and the value in an earlier one. The first and last day are those of purchases, and of credits where there is nothing
 * else. Accounts without a sale have no row.
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
  return spendIn(sql`(${purchaseDaysOf(workspaceId, basis, asOf, accounts)})`, window, previous);
}

/**
 * The same with what standings have of an account's whole history: `purchase_days`, `repeat_minor` (after the first of
 * them), `year_minor` and `year_before_minor`.
 *
 * @param days rows as `purchaseDaysOf` has them, with the account's first day with a purchase as `first_on`.
 */
export function spendWithHistory(days: Sql, window: Window, previous: Window): Sql {
  const year = monthsUntil(window.until, 12);
  return spendIn(
    days,
    window,
    previous,
    sql`, COUNT(*) FILTER (WHERE p.purchases > 0)::int AS purchase_days,
          ${sumOf(sql`p.value`, sql`p.on_day > p.first_on`)} AS repeat_minor,
          ${sumOf(sql`p.value`, inWindow(year))} AS year_minor,
          ${sumOf(sql`p.value`, inWindow(monthsUntil(year.after, 12)))} AS year_before_minor`,
  );
}

/** @param days rows as `purchaseDaysOf` has them. */
function spendIn(days: Sql, window: Window, previous: Window, more: Sql = empty): Sql {
  const inside = inWindow(window);
  return sql`SELECT p.account_id, ${sumOf(sql`p.value`, inside)} AS value,
                    ${sumOf(sql`p.value`, inWindow(previous))} AS previous_value,
                    ${sumOf(sql`p.purchases`, inside)}::int AS wins,
                    COALESCE(MIN(p.on_day) FILTER (WHERE p.purchases > 0), MIN(p.on_day)) AS first_won_on,
                    COALESCE(MAX(p.on_day) FILTER (WHERE p.purchases > 0), MAX(p.on_day)) AS last_won_on,
                    ${sumOf(sql`p.by_invoices`, inside)} AS by_invoices,
                    ${sumOf(sql`p.by_payments`, inside)} AS by_payments ${more}
             FROM ${days} p GROUP BY p.account_id`;
}

function sumOf(figure: Sql, condition: Sql): Sql {
  return sql`COALESCE(SUM(${figure}) FILTER (WHERE ${condition}), 0)::bigint`;
}

/** Whether a day `p` of purchases lies in a window. */
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
