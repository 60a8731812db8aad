import { z } from "zod";
import { monthsUntil } from "../core/calendar.ts";
import type { CohortFigure } from "../core/cohorts.ts";
import type { Access } from "./access.ts";
import { cohortRowsOf } from "./cohort-figures.ts";
import type { CohortReads } from "./cohorts.ts";
import { withFirstDay } from "./counted-days.ts";
import type { Selection, Snapshot } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { purchaseDaysOf } from "./spend.ts";
import { allOf, bigintNumber, type Executor, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { visibleAccounts } from "./visibility.ts";

/** Customers by the quarter of their first purchase. */
export function readCohorts(on: Executor, access: Access): CohortReads {
  const { workspaceId } = access;

  return {
    async cohorts(snapshot, selection) {
      const isWhole = snapshot.isPrepared && Object.keys(selection).length === 0;
      const prepared = isWhole ? await figuresIn(storedFigures(snapshot)) : [];
      return prepared.length > 0 ? prepared : figuresIn(countedNow(snapshot, selection));
    },

    async boughtAgain(snapshot, selection) {
      const { is_known, ...counts } = await rowOf(
        on,
        againRow,
        sql`SELECT COUNT(*) FILTER (WHERE came_early) AS customers,
                   COUNT(*) FILTER (WHERE came_early AND purchase_days > 1) AS again,
                   COALESCE(bool_and(purchase_days > 0 OR wins = 0), TRUE) AS is_known
            FROM (SELECT s.purchase_days, s.wins,
                         s.purchase_days > 0
                           AND s.first_won_on <= ${monthsUntil(snapshot.asOf, 12).after}::date AS came_early
                  FROM (${selectedStandings(snapshot, selection)}) s) standing`,
      );
      return is_known ? counts : undefined;
    },
  };

  async function figuresIn(query: Sql): Promise<readonly CohortFigure[]> {
    const rows = await rowsOf(on, figureRow, query);
    return rows.map(({ value_minor: value, ...figure }) => ({ ...figure, value }));
  }

  function storedFigures({ id }: Snapshot): Sql {
    return sql`SELECT cohort::text, quarter, accounts, value_minor FROM cohort_figure
               WHERE workspace_id = ${workspaceId} AND snapshot_id = ${id} ORDER BY cohort, quarter`;
  }

  /** The same from the facts of the accounts that are asked about. */
  function countedNow(snapshot: Snapshot, selection: Selection): Sql {
    const { basis, asOf } = snapshot;
    // Every part of what counts as a sale heeds the condition: what is selected is found once for all of them.
    const isSelected = sql`m.account_id IN (SELECT account_id FROM selected)`;
    const days = withFirstDay(purchaseDaysOf(workspaceId, basis, asOf, isSelected));
    return sql`WITH selected AS MATERIALIZED (
                 SELECT s.account_id FROM (${selectedStandings(snapshot, selection)}) s)
               SELECT cohort::text, quarter, accounts, value_minor
               FROM (${cohortRowsOf(sql`(${days})`)}) figure ORDER BY cohort, quarter`;
  }

  function selectedStandings(snapshot: Snapshot, selection: Selection): Sql {
    return sql`SELECT s.* FROM account_standing s
               JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
               WHERE s.workspace_id = ${workspaceId} AND ${visibleAccounts(access)} AND ${heldAt(sql`s`, snapshot.id)}
                 AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}`;
  }
}

const figureRow = z.object({
  cohort: z.string(),
  quarter: z.number(),
  accounts: bigintNumber,
  value_minor: bigintNumber,
});

const againRow = z.object({ customers: bigintNumber, again: bigintNumber, is_known: z.boolean() });
