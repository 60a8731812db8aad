import { z } from "zod";
import { monthsUntil } from "../core/calendar.ts";
import { accountPaths } from "../core/growth.ts";
import type { Access } from "./access.ts";
import type { GrowthAccount, GrowthReads } from "./growth.ts";
import type { Selection, Snapshot } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { visibleAccounts } from "./visibility.ts";

/** What became of accounts from one year to the next, as their standings have it. */
export function readGrowth(on: Executor, access: Access): GrowthReads {
  return {
    async growth(snapshot, selection, most) {
      const selected = yearsOf(snapshot, selection);
      const [{ is_known, oldest_on }, paths, gained, lost] = await Promise.all([
        rowOf(
          on,
          rangeRow,
          sql`SELECT COALESCE(bool_and(purchase_days > 0 OR wins = 0), TRUE) AS is_known,
                     (MIN(first_won_on) FILTER (WHERE purchase_days > 0))::text AS oldest_on
              FROM (${heldBy(snapshot)}) s`,
        ),
        rowsOf(
          on,
          pathRow,
          sql`SELECT path, COUNT(*) AS accounts, SUM(before)::bigint AS before, SUM(now)::bigint AS now
              FROM (${selected}) s WHERE before <> 0 OR now <> 0 GROUP BY path`,
        ),
        extremes(selected, sql`now > before`, sql`now - before DESC`, most),
        extremes(selected, sql`now < before`, sql`now - before`, most),
      ]);
      return is_known ? { paths, gained, lost, oldestOn: oldest_on } : undefined;
    },
  };

  async function extremes(selected: Sql, isOwn: Sql, order: Sql, most: number) {
    const rows = await rowsOf(
      on,
      accountRow,
      sql`SELECT account_id, account, path, before, now, first_won_on::text, last_won_on::text
          FROM (${selected}) s WHERE ${isOwn} ORDER BY ${order}, account_id LIMIT ${most}`,
    );
    return rows.map(
      ({ account_id, first_won_on, last_won_on, ...row }): GrowthAccount => ({
        ...row,
        accountId: account_id,
        firstWonOn: first_won_on,
        lastWonOn: last_won_on,
      }),
    );
  }

  function heldBy(snapshot: Snapshot, isSelected: Sql = sql`TRUE`): Sql {
    return sql`SELECT s.*, a.name AS account FROM account_standing s
               JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
               WHERE s.workspace_id = ${access.workspaceId} AND ${visibleAccounts(access)}
                 AND ${heldAt(sql`s`, snapshot.id)} AND ${isSelected}`;
  }

  /** Both years of every account selected, and its path as `pathOf` has it. */
  function yearsOf(snapshot: Snapshot, selection: Selection): Sql {
    const isNew = sql`s.purchase_days > 0 AND s.first_won_on > ${monthsUntil(snapshot.asOf, 12).after}::date`;
    return sql`
      SELECT s.account_id, s.account, s.year_before_minor AS before, s.year_minor AS now, s.first_won_on, s.last_won_on,
             CASE WHEN s.year_before_minor > 0 THEN
                    CASE WHEN s.year_minor <= 0 THEN 'lost' WHEN s.year_minor = s.year_before_minor THEN 'kept'
                         WHEN s.year_minor > s.year_before_minor THEN 'expanded' ELSE 'contracted' END
                  WHEN ${isNew} THEN 'new' WHEN s.year_minor > 0 THEN 'returned' ELSE 'credited' END AS path
      FROM (${heldBy(snapshot, allOf(conditionsOf(access, snapshot, selection, snapshot.window)))}) s`;
  }
}

const path = z.enum(accountPaths);
const rangeRow = z.object({ is_known: z.boolean(), oldest_on: optional(z.string()) });
const pathRow = z.object({ path, accounts: bigintNumber, before: bigintNumber, now: bigintNumber });
const accountRow = z.object({
  account_id: z.string(),
  account: z.string(),
  path,
  before: bigintNumber,
  now: bigintNumber,
  first_won_on: z.string(),
  last_won_on: z.string(),
});
