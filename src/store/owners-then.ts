import { type Sql, sql } from "./sql.ts";

/**
 * What imports say of the owners of accounts' records, and whether that changed: `source_record_id`, `owner_id` (one of them),
 * `owners`. Where it never did, and nobody set one by hand, nobody has to look at when it was said.
 */
export function ownersSaid(workspaceId: string): Sql {
  return sql`
    SELECT v.source_record_id, MIN(v.owner_record_id::text)::uuid AS owner_id, COUNT(DISTINCT v.owner_record_id) AS owners
    FROM account_record v
    JOIN import i ON i.workspace_id = v.workspace_id AND i.id = v.import_id AND i.status = 'visible'
    WHERE v.workspace_id = ${workspaceId} AND v.owner_record_id IS NOT NULL GROUP BY 1`;
}

/** The accounts whose owner was ever set by hand: `account_id`. */
export function ownersSet(workspaceId: string): Sql {
  return sql`SELECT DISTINCT c.account_id FROM correction c WHERE c.workspace_id = ${workspaceId} AND c.field = 'owner'`;
}

/**
 * Who owned the account of `o` on the day that `o` closed: whoever people had set by hand, else what the newest import of
 * before that day said, else the oldest one, else the present owner. The record may be another spelling of somebody.
 *
 * @param closed the day.
 */
export function ownerThen(account: Sql, closed: Sql): Sql {
  return sql`COALESCE(
    (SELECT c.value::uuid FROM correction c
     WHERE c.workspace_id = o.workspace_id AND c.account_id = ${account} AND c.field = 'owner'
       AND c.created_at::date <= ${closed} AND (c.ended_at IS NULL OR c.ended_at::date > ${closed})
       AND (c.until IS NULL OR c.until >= ${closed})
     ORDER BY c.id DESC LIMIT 1),
    (SELECT v.owner_record_id FROM account_record v
     JOIN import i ON i.workspace_id = v.workspace_id AND i.id = v.import_id AND i.status = 'visible'
     WHERE v.workspace_id = o.workspace_id AND v.source_record_id = o.account_record_id AND v.owner_record_id IS NOT NULL
     ORDER BY i.started_at::date <= ${closed} DESC,
              CASE WHEN i.started_at::date <= ${closed} THEN -i.id ELSE i.id END LIMIT 1))`;
}
