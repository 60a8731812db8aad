import { z } from "zod";
import { workerKeys } from "../core/worker-keys.ts";
import type { Access } from "./access.ts";
import { readDigestHolds } from "./digest-holds.ts";
import { readDigestMoves } from "./digest-moves.ts";
import type { DigestReads } from "./digest-reads.ts";
import { readDigestResults } from "./digest-results.ts";
import { readDigestRisers } from "./digest-risers.ts";
import { readActions } from "./read-actions.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, rowOf, rowsOf, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { visibleAccounts } from "./visibility.ts";

/** What digests ask. */
export function readDigest(on: Executor, access: Access): DigestReads {
  const { workspaceId, role } = access;
  const { actions, actionsByHolder } = readActions(on, access);
  return {
    ...readDigestMoves(on, access),
    ...readDigestHolds(on, access),
    ...readDigestRisers(on, access),
    ...readDigestResults(on, access),

    async openActionsOf(snapshot, selection, about, today, most) {
      const page = { offset: 0, limit: most };
      if (about === "everything") return [await actions(snapshot, selection, today, page)];
      if (Object.keys(selection).length > 0)
        return Promise.all(
          about.map((person) =>
            actions(snapshot, { ...selection, holderKeys: workerKeys(person) }, today, page),
          ),
        );
      // One person may be asked about twice.
      const holders = about.map((person, place) => ({ key: String(place), keys: workerKeys(person) }));
      const found = await actionsByHolder(snapshot, holders, today, most);
      return holders.flatMap(({ key }) => found.get(key) ?? []);
    },

    async unownedActions(snapshot, selection) {
      return rowOf(
        on,
        z.object({ accounts: bigintNumber, valueMinor: bigintNumber }),
        sql`SELECT COUNT(*) AS accounts, COALESCE(SUM(value), 0)::bigint AS "valueMinor"
            FROM (SELECT MAX(p.value_minor) AS value FROM action_proposal p
                  JOIN account a ON a.workspace_id = p.workspace_id AND a.id = p.account_id
                  LEFT JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id
                    AND ${heldAt(sql`s`, snapshot.id)}
                  WHERE p.workspace_id = ${workspaceId} AND a.owner_record_id IS NULL AND ${visibleAccounts(access)}
                    AND p.snapshot_id = (SELECT MAX(newest.snapshot_id) FROM action_proposal newest
                                         WHERE newest.workspace_id = ${workspaceId} AND newest.snapshot_id <= ${snapshot.id})
                    AND NOT EXISTS (SELECT FROM action_answer x WHERE x.workspace_id = p.workspace_id
                                      AND x.account_id = p.account_id AND x.ended_at IS NULL)
                    AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}
                  GROUP BY p.account_id) unowned`,
      );
    },

    sourcesOf: (signatures) =>
      rowsOf(
        on,
        z.object({ source: z.string(), importedAt: z.date(), by: z.string() }),
        sql`SELECT * FROM (
              SELECT DISTINCT ON (i.source_id) s.name AS source, i.started_at AS "importedAt", i.started_by AS by
              FROM import i JOIN source s ON s.workspace_id = i.workspace_id AND s.id = i.source_id
              WHERE i.workspace_id = ${workspaceId} AND i.status = 'visible' AND jsonb_array_length(i.report -> 'files') > 0
              ORDER BY i.source_id, i.id DESC) newest
            WHERE ${role === "admin"} OR by = ANY(${signatures}::text[]) ORDER BY "importedAt", source`,
      ),
  };
}
