import { type Sql, sql } from "./sql.ts";
import type { Viewer } from "./viewer.ts";

/**
 * The accounts a viewer may see, as a condition on `account` under the alias `a`. It stands under
 * every query that returns accounts or figures of accounts; totals and shares are over what it lets through.
 */
export function visibleAccounts(viewer: Viewer): Sql {
  return sql`a.workspace_id = ${viewer.workspaceId}`;
}
