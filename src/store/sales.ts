import type { Day } from "../core/calendar.ts";
import type { RateSpan } from "../core/rates.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import { empty, type Sql, sql } from "./sql.ts";

/** How facts become money: all of it is part of a snapshot's parameters, so that what it says can be computed again. */
export interface SalesBasis {
  /** The reporting currency. */
  readonly currency: string;
  /** Gross leaves credit notes, refunds and negative deals out. */
  readonly revenue: "net" | "gross";
  /** How far from a fact a better one may be and still be the same sale. */
  readonly basisDays: number;
  readonly rates: readonly RateSpan[];
}

/** What a membership `m` is to be for its account's sales to be looked at. */
export const everyAccount = sql`TRUE`;

/** The membership that says which account a fact `o` belongs to now, as `m`. */
export const joinAccount = sql`JOIN membership m
  ON m.workspace_id = o.workspace_id AND m.source_record_id = o.account_record_id AND m.valid_to IS NULL`;

/**
 * The facts that count as sales up to a day, so that a sale known to CRM, accounting and payment provider counts once.
 *
 * An invoice line or credit note always counts. A payment or refund counts unless its account has an invoice within
 * `basisDays`, and a won deal unless its account has an invoice or a payment there. Like covers like: what brings money
 * is covered by what brings money, what takes it back by what takes it back; a fact over nothing covers nothing. The
 * span slides with each fact, since calendar periods would count twice what is won in March and invoiced in April.
 *
 * Rows: `account_id`, `on_day`, `value_minor` (in the reporting currency, null where no rate is known), `amount_minor`,
 * `currency`, `basis` (`invoice`, `payment` or `opportunity`), `purchase` (what its lines have in common), `label` (a
 * number or id that people know), `name`, `product_record_id` (of the product that the source's own stands for).
 *
 * @param accounts a condition on `membership m` that narrows the accounts; every part of the query heeds it.
 */
export function salesOf(
  workspaceId: string,
  basis: SalesBasis,
  until: Day,
  accounts: Sql = everyAccount,
): Sql {
  return sql`SELECT * FROM (${factsOf(workspaceId, basis, until, accounts)}) fact WHERE covered_by IS NULL`;
}

/** All that could be sales, with `covered_by`: the kind of the better fact that counts instead, null for what counts. */
export function factsOf(
  workspaceId: string,
  basis: SalesBasis,
  until: Day,
  accounts: Sql = everyAccount,
): Sql {
  // Without a rate there is nothing to join, and a million facts need not be sorted for it.
  const hasRates = basis.rates.length > 0;
  return sql`
    WITH covered AS (${coveredDays(workspaceId, basis.basisDays, until, accounts)})
         ${hasRates ? sql`, rate AS (${dailyRates(basis.rates, until)})` : empty}
    SELECT f.account_id, f.on_day,
           ${hasRates ? inReportingCurrency(basis.currency) : ofReportingCurrency(basis.currency)} AS value_minor,
           f.amount_minor, f.currency, f.basis, f.covered_by, f.purchase, f.label, f.name,
           COALESCE(product.stands_for, f.product_record_id) AS product_record_id
    FROM (${ledgerFacts(workspaceId, until, accounts)}
          UNION ALL ${wonDeals(workspaceId, until, accounts)}) f
    ${hasRates ? sql`LEFT JOIN rate ON rate.currency = f.currency AND rate.on_day = f.on_day` : empty}
    LEFT JOIN source_record product ON product.workspace_id = ${workspaceId} AND product.id = f.product_record_id
    WHERE ${basis.revenue === "gross" ? sql`f.amount_minor > 0` : sql`f.amount_minor IS NOT NULL`}`;
}

/** By account, kind of entry and whether it brings money: the days on which a worse fact is the same sale. */
function coveredDays(workspaceId: string, basisDays: number, until: Day, accounts: Sql): Sql {
  return sql`
    SELECT account_id, kind, gains,
           range_agg(daterange(on_day - ${basisDays}::int, on_day + ${basisDays}::int, '[]')) AS days
    FROM (SELECT DISTINCT m.account_id, o.kind, o.amount_minor > 0 AS gains, o.on_day
          FROM current_ledger_entry o ${joinAccount}
          WHERE o.workspace_id = ${workspaceId} AND o.amount_minor <> 0 AND o.on_day <= ${until}::date
            AND ${accounts}) better
    GROUP BY account_id, kind, gains`;
}

const joinInvoices = sql`LEFT JOIN covered invoiced ON invoiced.kind = 'invoice'
  AND invoiced.account_id = m.account_id AND invoiced.gains = (o.amount_minor >= 0)`;

const joinPayments = sql`LEFT JOIN covered paid ON paid.kind = 'payment'
  AND paid.account_id = m.account_id AND paid.gains = (o.amount_minor >= 0)`;

function ledgerFacts(workspaceId: string, until: Day, accounts: Sql): Sql {
  const entries = sql`o.workspace_id = ${workspaceId} AND o.on_day <= ${until}::date AND ${accounts}`;
  const columns = sql`m.account_id, o.on_day, o.amount_minor, o.currency::text, o.kind::text AS basis,
    o.source_id || ' ' || o.group_key AS purchase, o.document AS label, o.description AS name, o.product_record_id`;
  return sql`
    SELECT ${columns}, NULL AS covered_by
    FROM current_ledger_entry o ${joinAccount}
    WHERE ${entries} AND o.kind = 'invoice'
    UNION ALL
    SELECT ${columns}, CASE WHEN invoiced.days @> o.on_day THEN 'invoice' END
    FROM current_ledger_entry o ${joinAccount} ${joinInvoices}
    WHERE ${entries} AND o.kind = 'payment'`;
}

function wonDeals(workspaceId: string, until: Day, accounts: Sql): Sql {
  return sql`
    SELECT m.account_id, o.close_on, o.amount_minor, o.currency::text, 'opportunity', o.id::text, o.external_id, o.name,
           o.product_record_id,
           CASE WHEN invoiced.days @> o.close_on THEN 'invoice' WHEN paid.days @> o.close_on THEN 'payment' END
    FROM current_opportunity o ${joinAccount} ${joinInvoices} ${joinPayments}
    WHERE o.workspace_id = ${workspaceId} AND o.status = 'won' AND o.close_on <= ${until}::date AND ${accounts}`;
}

/** A row a day, so that facts find theirs by equality however many rates there are. */
export function dailyRates(rates: readonly RateSpan[], until: Day): Sql {
  return sql`
    SELECT d.currency, day::date AS on_day, d.multiply, d.divide
    FROM ${rowsAsTable(rates, rateColumns)},
         generate_series(d.from_day, LEAST(d.before_day - 1, ${until}::date), interval '1 day') AS day`;
}

/** The amount of `f` where it is in the reporting currency. */
function ofReportingCurrency(currency: string): Sql {
  return sql`CASE WHEN f.currency = ${currency} THEN f.amount_minor END`;
}

/** The amount of `f` by its `rate`, exact, and half a minor unit rounded away from zero. */
export function inReportingCurrency(currency: string): Sql {
  return sql`CASE WHEN f.currency = ${currency} THEN f.amount_minor
    ELSE (sign(f.amount_minor::numeric) * div(2 * abs(f.amount_minor)::numeric * rate.multiply + rate.divide, 2 * rate.divide))::bigint END`;
}

const rateColumns: readonly BulkColumn<RateSpan>[] = [
  { name: "currency", type: "text", of: ({ currency }) => currency },
  { name: "from_day", type: "date", of: ({ from }) => from },
  { name: "before_day", type: "date", of: ({ before }) => before },
  { name: "multiply", type: "numeric", of: ({ multiply }) => multiply },
  { name: "divide", type: "numeric", of: ({ divide }) => divide },
];
