import type { Database } from "./connect.ts";
import { scheduleColumns, scheduleRow } from "./digest-rows.ts";
import type { DigestAccess, DigestSchedule } from "./digests.ts";
import { Refused } from "./refused.ts";
import { NotAllowed } from "./roles.ts";
import { type Executor, rowsOf, type Sql, sql } from "./sql.ts";

/** The schedules that somebody turned on, as a condition on `digest_schedule` under the alias `s`. */
export function ownSchedules({ workspaceId, userId }: DigestAccess): Sql {
  return sql`s.workspace_id = ${workspaceId} AND s.owner_id = ${userId ?? null}`;
}

/** Those that they may see and change: their own, and an admin everybody's. */
export function reachedSchedules(access: DigestAccess): Sql {
  return access.role === "admin" ? sql`s.workspace_id = ${access.workspaceId}` : ownSchedules(access);
}

/** One schedule that nobody else changes meanwhile. */
export async function lockSchedule(on: Executor, which: Sql): Promise<DigestSchedule | undefined> {
  const [schedule] = await rowsOf(
    on,
    scheduleRow,
    sql`SELECT ${scheduleColumns} FROM digest_schedule s WHERE ${which} FOR UPDATE`,
  );
  return schedule;
}

/**
 * Works on one of the schedules that somebody reaches while nobody else does.
 *
 * @throws NotAllowed, Refused for one that is not there to see.
 */
export function withSchedule<Result>(
  database: Database,
  access: DigestAccess,
  which: Sql,
  work: (on: Executor, schedule: DigestSchedule) => Promise<Result>,
): Promise<Result> {
  return database.$transaction(async (on) => {
    requireAsker(access);
    const schedule = await lockSchedule(on, sql`${reachedSchedules(access)} AND ${which}`);
    if (!schedule) throw new Refused("This digest is not there any more, or it is not yours.");
    return work(on, schedule);
  });
}

/** @throws NotAllowed to guests and people of other companies. */
export function requireAsker({ role }: DigestAccess): void {
  if (role === undefined) throw new NotAllowed("Only full members of this workspace get digests.");
}
