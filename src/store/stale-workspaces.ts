import { z } from "zod";
import { type Day, dayIn } from "../core/calendar.ts";
import { defaultSettings } from "../core/settings.ts";
import { SILENT_AFTER_SECONDS } from "./snapshots.ts";
import { type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";

/** A workspace whose newest snapshot has not seen everything. */
export interface StaleWorkspace {
  readonly workspaceId: string;
  /** Of the state that it has not seen: another change gives another mark. */
  readonly mark: string;
  /** Whether somebody computes it anew at this moment: an import, or another replica. */
  readonly isUnderWay: boolean;
}

/** Every workspace of the store that a refresh would change, those into which nothing was ever imported left out. */
export function staleWorkspaces(on: Executor, now: Date): Promise<readonly StaleWorkspace[]> {
  return staleAmong(
    on,
    sql`newest.created_at IS NOT NULL
        OR EXISTS (SELECT FROM import i WHERE i.workspace_id = w.id AND i.status = 'visible')`,
    now,
  );
}

const candidate = z.object({
  id: z.string(),
  changed_at: z.date(),
  time_zone: optional(z.string()),
  computed_at: optional(z.date()),
  ended: z.array(z.string()),
  is_under_way: z.boolean(),
});

/**
 * Those of some workspaces `w` for which something changed since their newest snapshot began to read, or a correction
 * that it heeded has ended since. Days are those of each workspace's zone: the query has a day of leeway and knows
 * no zones, since one that PostgreSQL does not know would spoil the answer for all.
 */
export async function staleAmong(on: Executor, which: Sql, now: Date): Promise<readonly StaleWorkspace[]> {
  const candidates = await rowsOf(
    on,
    candidate,
    sql`SELECT w.id, w.changed_at, s.settings->>'timeZone' AS time_zone, newest.created_at AS computed_at, correction.ended,
               EXISTS (SELECT FROM snapshot p WHERE p.workspace_id = w.id AND p.status = 'staging'
                 AND p.created_at >= now() - make_interval(secs => ${SILENT_AFTER_SECONDS})) AS is_under_way
        FROM workspace w
        LEFT JOIN LATERAL (SELECT created_at FROM snapshot WHERE workspace_id = w.id AND status = 'ready'
                           ORDER BY id DESC LIMIT 1) newest ON TRUE
        LEFT JOIN LATERAL (SELECT settings FROM settings_version WHERE workspace_id = w.id
                           ORDER BY version DESC LIMIT 1) s ON TRUE
        CROSS JOIN LATERAL (SELECT COALESCE(array_agg(DISTINCT until::text), '{}') AS ended FROM correction
                            WHERE workspace_id = w.id AND ended_at IS NULL
                              AND until BETWEEN (newest.created_at AT TIME ZONE 'UTC')::date - 1
                                            AND (${now}::timestamptz AT TIME ZONE 'UTC')::date) correction
        WHERE (${which})
          AND (newest.created_at IS NULL OR w.changed_at >= newest.created_at OR correction.ended <> '{}')
        ORDER BY w.changed_at`,
  );
  return candidates.flatMap((row) => {
    const zone = row.time_zone ?? defaultSettings.timeZone;
    const today = dayIn(now, zone);
    if (row.computed_at && row.changed_at < row.computed_at) {
      const computedOn = dayIn(row.computed_at, zone);
      if (!row.ended.some((until) => isBetween(until, computedOn, today))) return [];
    }
    const mark = `${row.changed_at.toISOString()} ${today}`;
    return [{ workspaceId: row.id, mark, isUnderWay: row.is_under_way }];
  });
}

/** Whether something that held until a day held on the first of two days and no longer on the second. */
function isBetween(until: Day, first: Day, second: Day): boolean {
  return until >= first && until < second;
}
