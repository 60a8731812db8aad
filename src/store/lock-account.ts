import { z } from "zod";
import type { Access } from "./access.ts";
import { NotAllowed } from "./roles.ts";
import { type Executor, rowsOf, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/**
 * Keeps everybody else from deciding about an account until the transaction ends.
 *
 * @throws NotAllowed for one that the viewer does not see.
 */
export async function lockAccount(transaction: Executor, access: Access, accountId: string): Promise<void> {
  const found = await rowsOf(
    transaction,
    z.object({ id: z.string() }),
    sql`SELECT a.id FROM account a WHERE ${visibleAccounts(access)} AND a.id = ${accountId}::uuid FOR UPDATE`,
  );
  if (found.length === 0) throw new NotAllowed("This account is not among those that you may see.");
}
