import { z } from "zod";
import type { TierCuts } from "../core/tiers.ts";
import { type Places, rankWorths } from "../core/value/rank-worths.ts";
import type { AccountValues } from "../core/value/value-accounts.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import { byAccount, valuedStandings } from "./portfolio-histories.ts";
import { type Executor, empty, rowsOf, sql } from "./sql.ts";

/** Few enough that the embedded store answers others in between. */
const ROWS_AT_ONCE = 10_000;

/**
 * Stores what the accounts of a snapshot are worth, with their places and tiers by worth.
 *
 * @param values in the order of `valuedStandings`; worths are whole numbers.
 */
export async function storeValues(
  on: Executor,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: number },
  values: AccountValues,
  cuts: TierCuts,
): Promise<void> {
  const columns = columnsOf(values, rankWorths(values.worthMinor, cuts));
  const accounts = values.worthMinor.length;
  let last: string | undefined;
  for (let first = 0; first < accounts; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, accounts - first);
    const rows = Array.from({ length: count }, (_, index) => first + index);
    // The accounts are known by their order: their ids need not come here and go back.
    const written = await rowsOf(
      on,
      z.object({ account: z.string() }),
      sql`WITH page AS (
            SELECT s.account_id FROM ${valuedStandings(workspaceId, id)}
              ${last === undefined ? empty : sql`AND s.account_id > ${last}::uuid`} ${byAccount} LIMIT ${count}),
          numbered AS MATERIALIZED (SELECT s.account_id, ROW_NUMBER() OVER (${byAccount}) AS place FROM page s),
          written AS (
            INSERT INTO account_value (workspace_id, snapshot_id, account_id, alive, expected, worth_minor, tier, rank, above_minor)
            SELECT ${workspaceId}, ${id}::int, n.account_id, d.alive, d.expected, d.worth_minor, d.tier, d.rank, d.above_minor
            FROM ${rowsAsTable(rows, columns)} JOIN numbered n ON n.place = d.account + 1 - ${first}::int)
          SELECT account_id AS account FROM numbered WHERE place = ${count}`,
    );
    last = written[0]?.account;
    if (last === undefined) throw new RangeError(`Snapshot ${id} has fewer accounts than were valued.`);
  }
}

function columnsOf(
  { alive, expected, worthMinor }: AccountValues,
  { rank, aboveMinor, tierOf }: Places,
): readonly BulkColumn<number>[] {
  return [
    { name: "account", type: "int", of: (account) => account },
    { name: "alive", type: "float8", of: (account) => alive?.[account] },
    { name: "expected", type: "float8", of: (account) => expected[account] },
    { name: "worth_minor", type: "bigint", of: (account) => worthMinor[account] },
    { name: "tier", type: "tier", of: tierOf },
    { name: "rank", type: "int", of: (account) => rank[account] },
    { name: "above_minor", type: "bigint", of: (account) => aboveMinor[account] },
  ];
}
