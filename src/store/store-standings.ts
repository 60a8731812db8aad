import { z } from "zod";
import { type StandingRules, standingsOf } from "./compute-standings.ts";
import { Prisma } from "./generated/client.ts";
import { bigintNumber, type Executor, rowOf, type Sql, sql } from "./sql.ts";

/** What the values consist of, and how many standings differ from the snapshot before. */
export type StoredStandings = z.output<typeof storedRow>;

const storedRow = z.object({
  changed: bigintNumber,
  invoices: bigintNumber,
  payments: bigintNumber,
  opportunities: bigintNumber,
});

/**
 * Computes a snapshot's standings, ends those that no longer hold and begins those that now do; equal ones stay as they
 * are. One statement: whoever reads an earlier snapshot meanwhile sees that one whole, and no row crosses the wire.
 *
 * @param spend a query as `spendWithHistory` makes it.
 * @param overrides a query of rows `account_id`, `tier`, `until`.
 */
export async function storeStandings(
  on: Executor,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: number },
  spend: Sql,
  rules: StandingRules,
  overrides: Sql,
): Promise<StoredStandings> {
  return rowOf(
    on,
    storedRow,
    sql`WITH spend AS MATERIALIZED (${spend}),
             now AS (${standingsOf(sql`spend`, rules, sql`(${overrides})`)}),
             difference AS MATERIALIZED (
               SELECT now.*, held.account_id AS ended
               FROM now FULL JOIN (SELECT * FROM account_standing WHERE workspace_id = ${workspaceId} AND valid_to IS NULL) held
                 ON held.account_id = now.account_id
               WHERE (${columnsOf("now.")}) IS DISTINCT FROM (${columnsOf("held.")})),
             ended AS (
               UPDATE account_standing s SET valid_to = ${id} FROM difference d
               WHERE s.workspace_id = ${workspaceId} AND s.valid_to IS NULL AND s.account_id = d.ended RETURNING 1),
             begun AS (
               INSERT INTO account_standing (workspace_id, valid_from, ${columnsOf("")})
               SELECT ${workspaceId}, ${id}::int, ${columnsOf("")} FROM difference WHERE account_id IS NOT NULL RETURNING 1)
        SELECT (SELECT COUNT(*) FROM difference) AS changed, sums.*
        FROM (SELECT COALESCE(SUM(by_invoices), 0)::bigint AS invoices, COALESCE(SUM(by_payments), 0)::bigint AS payments,
                     COALESCE(SUM(value - by_invoices - by_payments), 0)::bigint AS opportunities FROM spend) sums`,
  );
}

const columns = [
  ...["account_id", "tier", "computed_tier", "value_minor", "previous_tier", "previous_value_minor"],
  ...["wins", "first_won_on", "last_won_on", "reasons"],
  ...["purchase_days", "repeat_minor", "year_minor", "year_before_minor"],
];

function columnsOf(prefix: string): Sql {
  return Prisma.raw(columns.map((column) => `${prefix}${column}`).join(", "));
}
