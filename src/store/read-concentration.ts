import type { Window } from "../core/calendar.ts";
import type { Access } from "./access.ts";
import { tiersOf } from "./compute-standings.ts";
import type { Selection, SelectionFigures, Snapshot } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { spendOf } from "./spend.ts";
import { allOf, type Executor, type Sql, sql } from "./sql.ts";
import { figuresOf } from "./standing-figures.ts";
import { heldAt } from "./standing-places.ts";
import { storedTotals } from "./stored-totals.ts";
import { visibleAccounts, visibleMemberships } from "./visibility.ts";

/** How a selection's spend is spread over its accounts. */
export function readConcentration(on: Executor, access: Access) {
  const { workspaceId } = access;

  return async (snapshot: Snapshot, selection: Selection, window?: Window): Promise<SelectionFigures> => {
    if (snapshot.isPrepared && window === undefined && Object.keys(selection).length === 0) {
      const { groups = [], ...totals } = await storedTotals(on, workspaceId, snapshot);
      return { ...totals, groups };
    }
    return figuresOf(
      on,
      window === undefined ? asStored(snapshot, selection) : cutAnew(snapshot, selection, window),
    );
  };

  function asStored(snapshot: Snapshot, selection: Selection): Sql {
    return sql`
      SELECT s.account_id, s.value_minor AS value, s.tier
      FROM account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
      WHERE ${visibleAccounts(access)} AND s.workspace_id = ${workspaceId} AND ${heldAt(sql`s`, snapshot.id)}
        AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}`;
  }

  /** Tiers by another window, cut among everything that is visible and narrowed after that. */
  function cutAnew(snapshot: Snapshot, selection: Selection, window: Window): Sql {
    const { basis, asOf, cuts } = snapshot;
    return sql`
      WITH spend AS MATERIALIZED (
        SELECT b.account_id, b.value
        FROM (${spendOf(workspaceId, basis, asOf, window, window, visibleMemberships(access))}) b
        JOIN account_standing s ON s.workspace_id = ${workspaceId} AND s.account_id = b.account_id
          AND ${heldAt(sql`s`, snapshot.id)})
      SELECT cut.account_id, cut.value, cut.tier FROM (${tiersOf(sql`spend`, cuts)}) cut
      JOIN account_standing s ON s.workspace_id = ${workspaceId} AND s.account_id = cut.account_id
        AND ${heldAt(sql`s`, snapshot.id)}
      JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
      WHERE ${allOf(conditionsOf(access, snapshot, selection, window))}`;
  }
}
