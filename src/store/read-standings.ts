import { z } from "zod";
import type { Access } from "./access.ts";
import { type PageOf, rowsOfPage } from "./page-of.ts";
import { readConcentration } from "./read-concentration.ts";
import type { Selection, Snapshot, StoreReads } from "./reads.ts";
import { conditionsOf, groupOf } from "./selection.ts";
import { spendOf, spendRow, toSpend } from "./spend.ts";
import { allOf, bigintNumber, type Executor, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt, inOrder, joinPlace, listOf, pageOfList, pageOfSeries } from "./standing-places.ts";
import { placedColumns, rankedColumns, rankedStandings, standingRow, toStanding } from "./standing-rows.ts";
import { selectedTotals, storedTotals } from "./stored-totals.ts";
import { joinOwner, ownerName, visibleMemberships } from "./visibility.ts";

/** Lists of accounts by what they bought. */
export function readStandings(
  on: Executor,
  access: Access,
): Pick<StoreReads, "standings" | "spend" | "concentration"> {
  const { workspaceId } = access;

  /** From what the refresh prepared: as quick at a million accounts as at a hundred. */
  async function prepared(snapshot: Snapshot, selection: Selection, page: Limited) {
    const series = listOf(selection);
    const list =
      series === undefined
        ? undefined
        : pageOfList(workspaceId, snapshot.id, { series, tier: selection.tier }, page);
    const [{ positiveValue, accounts }, selected, rows] = await Promise.all([
      storedTotals(on, workspaceId, snapshot),
      selectedTotals(on, access, snapshot, selection),
      placed(snapshot, list ?? pageOf(snapshot, selection, page)),
    ]);
    const wanted = Math.min(page.limit, Math.max(selected.accounts - page.offset, 0));
    return {
      rows: list && rows.length < wanted ? await placed(snapshot, pageOf(snapshot, selection, page)) : rows,
      ...selected,
      whole: positiveValue,
      wholeAccounts: accounts,
    };
  }

  function placed(snapshot: Snapshot, page: Sql) {
    return rowsOf(
      on,
      standingRow,
      sql`SELECT ${placedColumns}, ${ownerName(access)} AS owner
          FROM (${page}) s
          JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
          ${joinPlace(workspaceId, snapshot.id)} ${joinOwner} ORDER BY ${inOrder}`,
    );
  }

  function pageOf(snapshot: Snapshot, selection: Selection, page: Limited): Sql {
    const { tier = "all", ...filters } = selection;
    if (Object.keys(filters).length === 0) return pageOfSeries(workspaceId, snapshot.id, tier, page);
    return sql`
      SELECT s.* FROM account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
      WHERE s.workspace_id = ${workspaceId} AND ${heldAt(sql`s`, snapshot.id)}
        AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}
      ORDER BY ${inOrder} ${rowsOfPage(page)}`;
  }

  /** By ranking everything that the viewer sees. */
  async function ranked(snapshot: Snapshot, selection: Selection, page: PageOf) {
    const whole = rankedStandings(access, snapshot);
    const conditions = allOf(conditionsOf(access, snapshot, selection, snapshot.window));
    const [totals, rows] = await Promise.all([
      rowOf(
        on,
        totalsRow,
        sql`WITH ranked AS (${whole}), matching AS (
              SELECT s.value_minor FROM ranked s JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = s.account_id
              WHERE ${conditions})
            SELECT (SELECT COUNT(*) FROM matching) AS accounts,
                   (SELECT COALESCE(SUM(value_minor), 0)::bigint FROM matching) AS value,
                   (SELECT COALESCE(SUM(GREATEST(value_minor, 0)), 0)::bigint FROM ranked) AS whole,
                   (SELECT COUNT(*) FROM ranked) AS "wholeAccounts"`,
      ),
      rowsOf(
        on,
        standingRow,
        sql`WITH ranked AS (${whole})
            SELECT ${rankedColumns}, ${ownerName(access)} AS owner
            FROM ranked s JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = s.account_id
            ${joinOwner}
            WHERE ${conditions} ORDER BY s.rank
            ${rowsOfPage(page)}`,
      ),
    ]);
    return { rows, ...totals };
  }

  return {
    async standings(snapshot, selection, page) {
      const { rows, ...totals } =
        snapshot.isPrepared && page.limit !== undefined
          ? await prepared(snapshot, selection, { ...page, limit: page.limit })
          : await ranked(snapshot, selection, page);
      return { rows: rows.map((row) => toStanding(row, access)), ...totals };
    },

    async spend(snapshot, selection, window, within) {
      const rows = await rowsOf(
        on,
        spendRow,
        sql`SELECT s.account_id, b.first_won_on::text, b.last_won_on::text, b.value, 0::bigint AS previous_value,
                   b.wins::int AS wins, ${groupOf(within, access)} AS "group"
            FROM (${spendOf(workspaceId, snapshot.basis, snapshot.asOf, window, window, visibleMemberships(access))}) b
            JOIN account_standing s ON s.workspace_id = ${workspaceId} AND s.account_id = b.account_id
              AND ${heldAt(sql`s`, snapshot.id)}
            JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = b.account_id
            ${joinOwner}
            WHERE ${allOf(conditionsOf(access, snapshot, selection, window))}`,
      );
      return rows.map(toSpend);
    },

    concentration: readConcentration(on, access),
  };
}

type Limited = PageOf & { readonly limit: number };

const totalsRow = z.object({
  accounts: bigintNumber,
  value: bigintNumber,
  whole: bigintNumber,
  wholeAccounts: bigintNumber,
});
