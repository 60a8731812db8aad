import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Day, Window } from "../core/calendar.ts";
import type { Database } from "./connect.ts";
import type { SnapshotTotals } from "./reads.ts";
import type { SalesBasis } from "./sales.ts";
import type { SnapshotParameters } from "./snapshot-parameters.ts";
import { type Executor, rowOf, rowsOf, sql } from "./sql.ts";
import type { Workspace } from "./workspaces.ts";

/** A refresh that says nothing for so long is taken for dead. */
export const SILENT_AFTER_SECONDS = 60;
/** Statements over a whole portfolio take longer than that at a million accounts. */
const SIGN_OF_LIFE_MS = 10_000;
/** Between two looks at whether another refresh is done. */
const LOOK_AGAIN_MS = 100;

/** A snapshot under way, and when it began to read: a change after that moment is not in it. */
export interface Begun {
  readonly id: number;
  readonly startedAt: Date;
}

/** What a snapshot says beside its standings. */
export interface SnapshotContent {
  readonly asOf: Day;
  readonly window: Window;
  readonly basis: SalesBasis;
  readonly parameters: SnapshotParameters;
  readonly totals: SnapshotTotals;
}

/** An empty snapshot, once no other refresh of the workspace is alive. Dead ones are removed. */
export async function beginSnapshot(database: Database, workspaceId: string): Promise<Begun> {
  for (;;) {
    const begun = await database.$transaction(async (transaction) => {
      await transaction.$executeRaw(
        sql`SELECT pg_advisory_xact_lock(hashtextextended(${`refresh ${workspaceId}`}, 0))`,
      );
      const others = await rowsOf(
        transaction,
        z.object({ id: z.number(), dead: z.boolean() }),
        sql`SELECT id, created_at < now() - make_interval(secs => ${SILENT_AFTER_SECONDS}) AS dead FROM snapshot
            WHERE workspace_id = ${workspaceId} AND status = 'staging'`,
      );
      if (others.some(({ dead }) => !dead)) return undefined;
      for (const { id } of others) await removeSnapshot(transaction, workspaceId, id);
      const begun = await rowOf(
        transaction,
        z.object({ id: z.number(), created_at: z.date() }),
        sql`INSERT INTO snapshot (workspace_id, created_at, as_of, window_after, currency, parameters, totals)
            VALUES (${workspaceId}, clock_timestamp(), 'epoch', 'epoch', 'XXX', '{}', '{}') RETURNING id, created_at`,
      );
      // A change that was noted before this moment is waited for, so that it is either read or makes this one stale.
      await transaction.$executeRaw(sql`SELECT FROM workspace WHERE id = ${workspaceId} FOR SHARE`);
      return begun;
    });
    if (begun) return { id: begun.id, startedAt: begun.created_at };
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Makes a snapshot the newest one, created when it began to read. */
export async function finishSnapshot(
  database: Database,
  { id: workspaceId, settingsVersion }: Workspace,
  { id, startedAt }: Begun,
  content: SnapshotContent,
): Promise<void> {
  await database.snapshot.update({
    where: { workspaceId_id: { workspaceId, id }, status: "staging" },
    data: {
      status: "ready",
      createdAt: startedAt,
      asOf: new Date(content.asOf),
      windowAfter: new Date(content.window.after),
      currency: content.basis.currency,
      settingsVersion,
      parameters: JSON.parse(JSON.stringify(content.parameters)),
      totals: JSON.parse(JSON.stringify(content.totals)),
    },
  });
}

/** Says that the refresh is alive; throws when it was taken for dead and another one has begun. */
async function alive(database: Executor, workspaceId: string, snapshotId: number): Promise<void> {
  const found = await database.$executeRaw(
    sql`UPDATE snapshot SET created_at = now()
        WHERE workspace_id = ${workspaceId} AND id = ${snapshotId} AND status = 'staging'`,
  );
  if (found === 0) throw new Error(`Snapshot ${snapshotId} took too long and was removed.`);
}

/** Removes a snapshot that never became ready, and what it began and fitted; the standings that it ended go on. */
export async function removeSnapshot(on: Executor, workspaceId: string, id: number): Promise<void> {
  await on.$executeRaw(
    sql`UPDATE account_standing SET valid_to = NULL WHERE workspace_id = ${workspaceId} AND valid_to = ${id}
        AND EXISTS (SELECT FROM snapshot WHERE workspace_id = ${workspaceId} AND id = ${id} AND status = 'staging')`,
  );
  const removed = await on.$executeRaw(
    sql`DELETE FROM snapshot WHERE workspace_id = ${workspaceId} AND id = ${id} AND status = 'staging'`,
  );
  if (removed > 0)
    await on.$executeRaw(
      sql`DELETE FROM value_fit WHERE workspace_id = ${workspaceId} AND snapshot_id = ${id}`,
    );
}

/** A step of the work on a snapshot, which says all the while that the refresh is alive; throws when it was taken for dead meanwhile. */
export async function whileAlive<Result>(
  database: Executor,
  workspaceId: string,
  snapshotId: number,
  work: () => Promise<Result>,
): Promise<Result> {
  // Whether it is still wanted is asked in the end: one sign of life that fails is no reason to stop.
  const signs = setInterval(
    () => void alive(database, workspaceId, snapshotId).catch(() => {}),
    SIGN_OF_LIFE_MS,
  );
  try {
    const result = await work();
    await alive(database, workspaceId, snapshotId);
    return result;
  } finally {
    clearInterval(signs);
  }
}
