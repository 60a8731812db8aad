import { z } from "zod";
import type { Database } from "./connect.ts";
import { join, rowsOf, sql } from "./sql.ts";
import { ofEveryRequest } from "./statement-names.ts";

/** How long somebody may be silent about a request before others take it up. */
const LEASE_SECONDS = 10;
/** A response URL works for half an hour; an answer that comes later reaches nobody. */
const KEEP_MINUTES = 30;
const MOST_AT_ONCE = 20;

/** A request of a workspace, by the id that Slack repeats when it sends the request again. */
export interface RequestKey {
  readonly workspaceId: string;
  readonly id: string;
}

/** A request that nobody is at any more. */
export interface LeftBehind extends RequestKey {
  readonly body: string;
  /** How often it was begun, this time included. */
  readonly attempts: number;
}

/** Requests between their acceptance and their answer, so that a crash loses none of them. */
export interface PendingRequests {
  /** Notes a request with its sealed body. False if it came before, whether or not it is answered by now. */
  accept(request: RequestKey & { readonly body: string }): Promise<boolean>;
  /** Says that somebody is still at these. */
  renew(requests: readonly RequestKey[]): Promise<void>;
  finish(request: RequestKey): Promise<void>;
  /** Takes over requests whose lease has ended, of one workspace or of all; what is too old to be answered is forgotten. */
  takeOver(workspaceId: string | undefined): Promise<readonly LeftBehind[]>;
}

const leftBehind = z.object({
  workspace_id: z.string(),
  id: z.string(),
  body: z.string(),
  attempts: z.number(),
});

const noted = z.object({ id: z.string() });

const lease = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;
// A power cut of the database server may lose the last half second of these notes: not worth waiting for its disk.
const unsynced = sql`(SELECT set_config('synchronous_commit', 'off', true)) AS unsynced`;

export function createPendingRequests(database: Database): PendingRequests {
  return {
    async accept({ workspaceId, id, body }) {
      const inserted = await rowsOf(
        database,
        noted,
        sql`${ofEveryRequest} WITH first AS (
              INSERT INTO receipt (workspace_id, key) SELECT ${workspaceId}, ${`request:${id}`} FROM ${unsynced}
              ON CONFLICT DO NOTHING RETURNING workspace_id)
            INSERT INTO pending_request (workspace_id, id, body, lease_until)
            SELECT workspace_id, ${id}, ${body}, ${lease} FROM first RETURNING id`,
      );
      return inserted.length === 1;
    },

    async renew(requests) {
      if (requests.length === 0) return;
      await database.$executeRaw(
        sql`UPDATE pending_request SET lease_until = ${lease} WHERE (workspace_id, id) IN (${join(
          requests.map(({ workspaceId, id }) => sql`(${workspaceId}, ${id})`),
        )})`,
      );
    },

    async finish({ workspaceId, id }) {
      await rowsOf(
        database,
        noted,
        sql`${ofEveryRequest} DELETE FROM pending_request USING ${unsynced}
            WHERE workspace_id = ${workspaceId} AND id = ${id} RETURNING id`,
      );
    },

    async takeOver(workspaceId) {
      const ours = workspaceId === undefined ? sql`TRUE` : sql`workspace_id = ${workspaceId}`;
      await database.$executeRaw(
        sql`DELETE FROM pending_request
            WHERE ${ours} AND lease_until < now() AND received_at < now() - make_interval(mins => ${KEEP_MINUTES})`,
      );
      const rows = await rowsOf(
        database,
        leftBehind,
        sql`UPDATE pending_request SET lease_until = ${lease}, attempts = attempts + 1
            WHERE (workspace_id, id) IN (
              SELECT workspace_id, id FROM pending_request WHERE ${ours} AND lease_until < now()
              ORDER BY received_at LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED)
            RETURNING workspace_id, id, body, attempts`,
      );
      return rows.map(({ workspace_id, ...row }) => ({ workspaceId: workspace_id, ...row }));
    },
  };
}
