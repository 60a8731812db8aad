import { z } from "zod";
import { totalsOf } from "../core/standings.ts";
import type { Access } from "./access.ts";
import { readFacets } from "./left-out.ts";
import { rankedStandings } from "./read-standings.ts";
import type { Snapshot, SnapshotTotals, StoreReads, VisibleTotals } from "./reads.ts";
import { basisOf, snapshotParameters } from "./snapshot-parameters.ts";
import { bigintNumber, type Executor, empty, rowOf, rowsOf, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/** Snapshots, and their totals over what the viewer sees. */
export function readSnapshots(
  on: Executor,
  access: Access,
): Pick<StoreReads, "snapshot" | "totals" | "facets"> {
  const { workspaceId } = access;

  /** The totals as the refresh stored them: over everybody's accounts. */
  async function stored({ id }: Snapshot): Promise<SnapshotTotals> {
    const { totals } = await rowOf(
      on,
      z.object({ totals: z.record(z.string(), z.unknown()) }),
      sql`SELECT totals FROM snapshot WHERE workspace_id = ${workspaceId} AND id = ${id}`,
    );
    return totals as unknown as SnapshotTotals;
  }

  return {
    async snapshot(id) {
      const [row] = await rowsOf(
        on,
        snapshotRow,
        sql`SELECT id, created_at, as_of::text, window_after::text, currency, parameters FROM snapshot
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
        ...workspace
      } = await stored(snapshot);
      return { accounts, value, positiveValue, tiers, concentration, dominant, prospects, workspace };
    },

    async facets(snapshot) {
      return access.owners === "all"
        ? (await stored(snapshot)).facets
        : readFacets(on, visibleAccounts(access));
    },
  };
}

async function visibleTotals(on: Executor, access: Access, snapshot: Snapshot): Promise<VisibleTotals> {
  const ranked = await rowsOf(
    on,
    z.object({ accountId: z.string(), value: bigintNumber, tier: z.enum(["A", "B", "C", "D"]) }),
    sql`SELECT account_id AS "accountId", value_minor AS value, tier::text
        FROM (${rankedStandings(access, snapshot)}) s ORDER BY rank`,
  );
  const { accounts } = await rowOf(
    on,
    z.object({ accounts: bigintNumber }),
    sql`SELECT COUNT(*) AS accounts FROM account a WHERE ${visibleAccounts(access)}`,
  );
  return { ...totalsOf(ranked), prospects: accounts - ranked.length, workspace: undefined };
}

const snapshotRow = z.object({
  id: z.number(),
  created_at: z.date(),
  as_of: z.string(),
  window_after: z.string(),
  currency: z.string(),
  parameters: snapshotParameters,
});
