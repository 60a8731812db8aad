import { z } from "zod";
import { todayOf } from "./reporting.ts";
import { type Executor, rowOf, sql } from "./sql.ts";
import type { Workspace } from "./workspaces.ts";

/**
 * A mark of the state that the newest snapshot has not seen: something changed since it began to read, or a correction
 * that it heeded has ended since. Undefined when it is up to date; another change gives another mark.
 */
export async function unseenChange(
  on: Executor,
  workspace: Workspace,
  now: Date,
): Promise<string | undefined> {
  const { id, settings } = workspace;
  const today = todayOf(settings, now);
  const { changed_at, stale } = await rowOf(
    on,
    z.object({ changed_at: z.date(), stale: z.boolean() }),
    sql`WITH newest AS (SELECT created_at FROM snapshot WHERE workspace_id = ${id} AND status = 'ready'
                        ORDER BY id DESC LIMIT 1)
        SELECT w.changed_at,
               NOT EXISTS (SELECT FROM newest WHERE w.changed_at < newest.created_at)
               OR EXISTS (SELECT FROM newest JOIN correction s ON s.workspace_id = ${id} AND s.ended_at IS NULL
                          WHERE s.until < ${today}::date
                            AND s.until >= (newest.created_at AT TIME ZONE ${settings.timeZone})::date) AS stale
        FROM workspace w WHERE w.id = ${id}`,
  );
  return stale ? `${changed_at.toISOString()} ${today}` : undefined;
}
