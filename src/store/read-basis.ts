import { z } from "zod";
import type { Access } from "./access.ts";
import type { StoreReads } from "./reads.ts";
import { factsOf } from "./sales.ts";
import { inWindow } from "./spend.ts";
import { bigintNumber, type Executor, rowsOf, sql } from "./sql.ts";
import { visibleMemberships } from "./visibility.ts";

/** What an account's spend consists of, and what is left out so that no sale counts twice. */
export function readBasis(on: Executor, access: Access): Pick<StoreReads, "salesBehind"> {
  return {
    async salesBehind({ basis, asOf, window }, accountId) {
      const account = sql`m.account_id = ${accountId}::uuid AND ${visibleMemberships(access)}`;
      const rows = await rowsOf(
        on,
        salesRow,
        sql`SELECT p.basis, p.covered_by IS NOT NULL AS "isCovered", COUNT(DISTINCT p.purchase) AS sales
            FROM (${factsOf(access.workspaceId, basis, asOf, account)}) p
            WHERE ${inWindow(window)} AND p.value_minor IS NOT NULL GROUP BY 1, 2`,
      );
      const count = (wanted: SalesRow["basis"], isCovered: boolean) =>
        rows.find((row) => row.basis === wanted && row.isCovered === isCovered)?.sales ?? 0;
      const sales = (isCovered: boolean) => ({
        invoices: count("invoice", isCovered),
        payments: count("payment", isCovered),
        opportunities: count("opportunity", isCovered),
      });
      return { counted: sales(false), covered: sales(true) };
    },
  };
}

const salesRow = z.object({
  basis: z.enum(["invoice", "payment", "opportunity"]),
  isCovered: z.boolean(),
  sales: bigintNumber,
});
type SalesRow = z.output<typeof salesRow>;
