import { z } from "zod";
import type { Access } from "./access.ts";
import { readFacets } from "./left-out.ts";
import { readConcentration } from "./read-concentration.ts";
import type { Snapshot, StoreReads, VisibleTotals } from "./reads.ts";
import { basisOf, snapshotParameters } from "./snapshot-parameters.ts";
import { bigintNumber, type Executor, empty, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { storedTotals } from "./stored-totals.ts";
import { visibleAccounts } from "./visibility.ts";

/** Snapshots, and their totals over what the viewer sees. */
export function readSnapshots(
  on: Executor,
  access: Access,
): Pick<StoreReads, "snapshot" | "totals" | "facets"> {
  const { workspaceId } = access;

  return {
    async snapshot(id) {
      const [row] = await rowsOf(
        on,
        snapshotRow,
        sql`SELECT id, created_at, as_of::text, window_after::text, currency, parameters, ${isPrepared(access)} AS is_prepared
            FROM snapshot
            WHERE workspace_id = ${workspaceId} AND status = 'ready'
              AND EXISTS (SELECT FROM import WHERE workspace_id = ${workspaceId} AND status = 'visible') ${id === undefined ? empty : sql`AND id = ${id}`}
            ORDER BY id DESC LIMIT 1`,
      );
      if (!row) return undefined;
      return {
        id: row.id,
        createdAt: row.created_at,
        asOf: row.as_of,
        window: { after: row.window_after, until: row.as_of },
        previousUntil: row.parameters.previousUntil,
        currency: row.currency,
        cuts: row.parameters.cuts,
        fiscalYearStart: row.parameters.fiscalYearStart,
        basis: basisOf(row.currency, row.parameters),
        ...(row.parameters.dealsSince !== undefined && { dealsSince: row.parameters.dealsSince }),
        isPrepared: row.is_prepared,
      };
    },

    async totals(snapshot) {
      if (access.owners !== "all") return visibleTotals(on, access, snapshot);
      const {
        accounts,
        value,
        positiveValue,
        tiers,
        concentration,
        dominant,
        prospects,
        facets: _,
        groups: __,
        ...workspace
      } = await storedTotals(on, workspaceId, snapshot);
      return { accounts, value, positiveValue, tiers, concentration, dominant, prospects, workspace };
    },

    async facets(snapshot) {
      return access.owners === "all"
        ? (await storedTotals(on, workspaceId, snapshot)).facets
        : readFacets(on, visibleAccounts(access));
    },
  };
}

async function visibleTotals(on: Executor, access: Access, snapshot: Snapshot): Promise<VisibleTotals> {
  const [{ groups: _, ...totals }, { accounts }] = await Promise.all([
    readConcentration(on, access)(snapshot, {}),
    rowOf(
      on,
      z.object({ accounts: bigintNumber }),
      sql`SELECT COUNT(*) AS accounts FROM account a WHERE ${visibleAccounts(access)}`,
    ),
  ]);
  return { ...totals, prospects: accounts - totals.accounts, workspace: undefined };
}

/** Whether the refresh's figures of a snapshot are there: they are over everybody's accounts. */
function isPrepared({ workspaceId, owners }: Access): Sql {
  if (owners !== "all") return sql`FALSE`;
  return sql`EXISTS (SELECT FROM standing_figure f
    WHERE f.workspace_id = ${workspaceId} AND f.snapshot_id = snapshot.id AND f.kind = 'tier')`;
}

const snapshotRow = z.object({
  id: z.number(),
  created_at: z.date(),
  as_of: z.string(),
  window_after: z.string(),
  currency: z.string(),
  parameters: snapshotParameters,
  is_prepared: z.boolean(),
});
