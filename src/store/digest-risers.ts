import { z } from "zod";
import type { Access } from "./access.ts";
import { byPlace, joinOwners, placesOf } from "./digest-parties.ts";
import type { DigestReads } from "./digest-reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, rowsOf, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { visibleAccounts } from "./visibility.ts";

/** A rise by less, or among the many that are worth little, is no news. */
const [roseBy, amongFirst] = [1.25, 100];

/** Prospects of many people that rose since the snapshot before. */
export function readDigestRisers(on: Executor, access: Access): Pick<DigestReads, "risersOf"> {
  const { workspaceId } = access;
  return {
    async risersOf(snapshot, selection, about, most) {
      const rows = await rowsOf(
        on,
        riserRow,
        sql`WITH before AS (
              SELECT p.* FROM account_potential p
              WHERE p.workspace_id = ${workspaceId} AND p.snapshot_id = (
                SELECT MAX(b.id) FROM snapshot b
                WHERE b.workspace_id = ${workspaceId} AND b.status = 'ready' AND b.id < ${snapshot.id}))
            SELECT * FROM (
              SELECT d.place, a.id AS "accountId", a.name AS account, p.weighted_minor AS "weightedMinor",
                     before.weighted_minor AS "beforeMinor",
                     ROW_NUMBER() OVER (PARTITION BY d.place ORDER BY p.weighted_minor - before.weighted_minor DESC, a.id) AS nth
              FROM account_potential p
              JOIN before ON before.account_id = p.account_id
              JOIN account a ON a.workspace_id = p.workspace_id AND a.id = p.account_id
              LEFT JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id
                AND ${heldAt(sql`s`, snapshot.id)}
              ${joinOwners(about)}
              WHERE p.workspace_id = ${workspaceId} AND p.snapshot_id = ${snapshot.id} AND p.weighted_rank <= ${amongFirst}::int
                AND p.weighted_rank < before.weighted_rank AND p.weighted_minor >= before.weighted_minor * ${roseBy}::numeric
                AND ${visibleAccounts(access)} AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}) risen
            WHERE nth <= ${most}::int ORDER BY place, nth`,
      );
      return byPlace(rows, placesOf(about));
    },
  };
}

const riserRow = z.object({
  place: z.number(),
  accountId: z.string(),
  account: z.string(),
  weightedMinor: bigintNumber,
  beforeMinor: bigintNumber,
});
