import { z } from "zod";
import type { Tier } from "../core/tiers.ts";
import type { Access } from "./access.ts";
import { snapshotParameters } from "./snapshot-parameters.ts";
import { type Executor, rowsOf, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/** Snapshots after one and up to another, by their ids. */
export interface SnapshotSpan {
  readonly after: number;
  readonly until: number;
}

/** A snapshot since which other definitions hold. */
export interface Redefinition {
  readonly snapshotId: number;
  /** Settings that changed, such as `cuts`; `definitionsVersion` where the program did. */
  readonly changed: readonly string[];
  /** Accounts among those that the viewer sees that this alone put into another tier. */
  readonly moves: number;
}

export interface RedefinedTier {
  readonly snapshotId: number;
  readonly accountId: string;
  /** By the same data, under the definitions before and since. */
  readonly from: Tier;
  readonly to: Tier;
}

/** What can be asked about definitions that changed, already bound to one viewer. */
export interface RedefinedReads {
  /** The changes of definitions between snapshots, the newest first. */
  redefinitions(span: SnapshotSpan): Promise<readonly Redefinition[]>;
  /** The moves that they caused among some accounts, the newest first. */
  redefinedTiers(span: SnapshotSpan, accountIds: readonly string[]): Promise<readonly RedefinedTier[]>;
}

export function readRedefined(on: Executor, access: Access): RedefinedReads {
  const { workspaceId } = access;
  const moved = sql`redefined_tier t JOIN account a ON a.workspace_id = t.workspace_id AND a.id = t.account_id`;

  return {
    async redefinitions({ after, until }) {
      const rows = await rowsOf(
        on,
        redefinitionRow,
        sql`SELECT p.id AS "snapshotId", p.parameters,
                   (SELECT COUNT(*)::int FROM ${moved}
                    WHERE t.snapshot_id = p.id AND ${visibleAccounts(access)}) AS moves
            FROM snapshot p
            WHERE p.workspace_id = ${workspaceId} AND p.status = 'ready' AND p.id > ${after} AND p.id <= ${until}
              AND p.parameters -> 'redefined' IS NOT NULL
            ORDER BY p.id DESC`,
      );
      return rows.map(({ snapshotId, parameters, moves }) => ({
        ...{ snapshotId, moves, changed: parameters.redefined?.changed ?? [] },
      }));
    },

    redefinedTiers: ({ after, until }, accountIds) =>
      rowsOf(
        on,
        redefinedRow,
        sql`SELECT t.snapshot_id AS "snapshotId", t.account_id AS "accountId", t.from_tier::text AS "from", t.to_tier::text AS "to"
            FROM ${moved}
            WHERE t.workspace_id = ${workspaceId} AND t.snapshot_id > ${after} AND t.snapshot_id <= ${until}
              AND ${visibleAccounts(access)} AND t.account_id = ANY(${accountIds}::uuid[])
            ORDER BY t.snapshot_id DESC, t.account_id`,
      ),
  };
}

const redefinitionRow = z.object({
  snapshotId: z.number(),
  parameters: snapshotParameters.pick({ redefined: true }),
  moves: z.number(),
});

const tier = z.enum(["A", "B", "C", "D"]);

const redefinedRow = z.object({ snapshotId: z.number(), accountId: z.string(), from: tier, to: tier });
