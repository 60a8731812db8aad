import { z } from "zod";
import type { Day } from "../core/calendar.ts";
import type { Facets, SnapshotTotals } from "./reads.ts";
import { dailyRates, inReportingCurrency, type SalesBasis, salesOf } from "./sales.ts";
import { bigintNumber, type Executor, rowOf, rowsOf, type Sql, sql } from "./sql.ts";

const FACETS = 500;

/** What is in no standing, up to a day. */
type LeftOut = Pick<
  SnapshotTotals,
  | "opportunities"
  | "withoutAccount"
  | "withoutAmount"
  | "withoutRate"
  | "entries"
  | "entriesWithoutAccount"
  | "entriesWithoutAmount"
>;

/** What is in no standing: facts without an account, an amount or a rate. */
export async function leftOut(
  on: Executor,
  workspaceId: string,
  basis: SalesBasis,
  until: Day,
): Promise<LeftOut> {
  const deals = await rowOf(
    on,
    z.object({
      opportunities: bigintNumber,
      without_account: bigintNumber,
      won_without_account: bigintNumber,
      without_amount: bigintNumber,
    }),
    sql`SELECT COUNT(*) AS opportunities, COUNT(*) FILTER (WHERE account_record_id IS NULL) AS without_account,
               COUNT(*) FILTER (WHERE account_record_id IS NULL AND status = 'won') AS won_without_account,
               COUNT(*) FILTER (WHERE status = 'won' AND amount_minor IS NULL) AS without_amount
        FROM current_opportunity WHERE workspace_id = ${workspaceId}`,
  );
  const ledger = await rowOf(
    on,
    z.object({ entries: bigintNumber, without_account: bigintNumber, without_amount: bigintNumber }),
    sql`SELECT COUNT(*) AS entries, COUNT(*) FILTER (WHERE account_record_id IS NULL) AS without_account,
               COUNT(*) FILTER (WHERE amount_minor IS NULL) AS without_amount
        FROM current_ledger_entry WHERE workspace_id = ${workspaceId}`,
  );
  return {
    opportunities: deals.opportunities,
    withoutAccount: {
      opportunities: deals.without_account,
      won: deals.won_without_account,
      wonValue: await worth(
        on,
        basis,
        until,
        sql`SELECT amount_minor, currency::text, close_on AS on_day FROM current_opportunity
            WHERE workspace_id = ${workspaceId} AND account_record_id IS NULL AND status = 'won'`,
      ),
    },
    withoutAmount: deals.without_amount,
    entries: ledger.entries,
    entriesWithoutAccount: {
      entries: ledger.without_account,
      amount: await worth(
        on,
        basis,
        until,
        sql`SELECT amount_minor, currency::text, on_day FROM current_ledger_entry
            WHERE workspace_id = ${workspaceId} AND account_record_id IS NULL`,
      ),
    },
    entriesWithoutAmount: ledger.without_amount,
    withoutRate: await withoutRate(on, workspaceId, basis, until),
  };
}

/** Sales on days without a rate into the reporting currency. */
async function withoutRate(
  on: Executor,
  workspaceId: string,
  basis: SalesBasis,
  until: Day,
): Promise<LeftOut["withoutRate"]> {
  // Which facts count is asked of all of them: spared where none can be without a rate.
  const { isForeign } = await rowOf(
    on,
    z.object({ isForeign: z.boolean() }),
    sql`SELECT EXISTS (SELECT FROM current_ledger_entry WHERE workspace_id = ${workspaceId} AND currency <> ${basis.currency})
            OR EXISTS (SELECT FROM current_opportunity WHERE workspace_id = ${workspaceId} AND currency <> ${basis.currency}) AS "isForeign"`,
  );
  if (!isForeign) return [];
  return rowsOf(
    on,
    z.object({ currency: z.string(), facts: bigintNumber, amount: bigintNumber }),
    sql`SELECT currency, COUNT(*) AS facts, SUM(amount_minor)::bigint AS amount
        FROM (${salesOf(workspaceId, basis, until)}) sale
        WHERE currency <> ${basis.currency} AND value_minor IS NULL
        GROUP BY currency ORDER BY currency`,
  );
}

/** The sum of facts in the reporting currency, as far as a rate is known. */
async function worth(on: Executor, basis: SalesBasis, until: Day, facts: Sql): Promise<number> {
  const { value } = await rowOf(
    on,
    z.object({ value: bigintNumber }),
    sql`WITH rate AS (${dailyRates(basis.rates, until)})
        SELECT COALESCE(SUM(${inReportingCurrency(basis.currency)}), 0)::bigint AS value FROM (${facts}) f
        LEFT JOIN rate ON rate.currency = f.currency AND rate.on_day = f.on_day`,
  );
  return value;
}

/**
 * What filters can be set to.
 *
 * @param accounts a condition on `account a`.
 */
export async function readFacets(on: Executor, accounts: Sql): Promise<Facets> {
  const facet = async (values: Sql) =>
    (await rowsOf(on, z.object({ value: z.string() }), values)).map(({ value }) => value);
  return {
    industries: await facet(
      sql`SELECT a.industry AS value FROM account a WHERE ${accounts} AND a.industry IS NOT NULL
          GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT ${FACETS}`,
    ),
    regions: await facet(
      sql`SELECT a.region AS value FROM account a WHERE ${accounts} AND a.region IS NOT NULL
          GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT ${FACETS}`,
    ),
    columns: await facet(
      sql`SELECT DISTINCT key AS value FROM account a, jsonb_object_keys(a.custom) AS key
          WHERE ${accounts} ORDER BY 1 LIMIT ${FACETS}`,
    ),
  };
}
