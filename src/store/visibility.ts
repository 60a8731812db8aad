import { anotherRep } from "../core/access.ts";
import type { Access } from "./access.ts";
import { type Sql, sql } from "./sql.ts";

/**
 * The accounts a viewer may see, as a condition on `account` under the alias `a`. It stands under
 * every query that returns accounts or figures of accounts; totals and shares are over what it lets through.
 */
export function visibleAccounts({ workspaceId, owners }: Access): Sql {
  const own = sql`a.workspace_id = ${workspaceId} AND a.active`;
  return owners === "all" ? own : sql`${own} AND a.owner_record_id = ANY(${owners}::uuid[])`;
}

/** The same as a condition on `membership` under the alias `m`, for facts of whatever kind. */
export function visibleMemberships(access: Access): Sql {
  return sql`EXISTS (SELECT FROM account a
    WHERE a.workspace_id = m.workspace_id AND a.id = m.account_id AND ${visibleAccounts(access)})`;
}

/** The reps a viewer may read of, as a condition on `current_rep_record` under the alias `r`. */
export function visibleReps({ workspaceId, owners, repIds }: Access): Sql {
  const own = sql`r.workspace_id = ${workspaceId}`;
  return owners === "all" ? own : sql`${own} AND r.source_record_id = ANY(${[...owners, ...repIds]}::uuid[])`;
}

/** The rep who owns `account a`, as `r`. */
export const joinOwner = sql`LEFT JOIN current_rep_record r
  ON r.workspace_id = a.workspace_id AND r.source_record_id = a.owner_record_id`;

/** What the viewer reads where the owner `r` stands: the name, or that it is somebody else. */
export function ownerName(access: Access): Sql {
  return sql`CASE WHEN ${isNamed(access)} THEN r.name ELSE ${anotherRep} END`;
}

/** Whether the viewer may read who the owner `r` is. */
export function isNamed({ anonymous, repIds }: Access): Sql {
  return anonymous
    ? sql`(r.source_record_id IS NULL OR r.source_record_id = ANY(${repIds}::uuid[]))`
    : sql`TRUE`;
}

/** The deals that a viewer may see, as a condition on `deal` under the alias `d`: those of the accounts that they see, and for those who see everything also of none. */
export function visibleDeals(access: Access): Sql {
  const own = sql`d.workspace_id = ${access.workspaceId}`;
  const ofSeen = sql`EXISTS (SELECT FROM account a
    WHERE a.workspace_id = d.workspace_id AND a.id = d.account_id AND ${visibleAccounts(access)})`;
  return access.owners === "all"
    ? sql`${own} AND (d.account_id IS NULL OR ${ofSeen})`
    : sql`${own} AND ${ofSeen}`;
}
