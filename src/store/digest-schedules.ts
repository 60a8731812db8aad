import { z } from "zod";
import type { Database } from "./connect.ts";
import { lockSchedule, ownSchedules, reachedSchedules, requireAsker, withSchedule } from "./digest-reach.ts";
import { scheduleColumns, scheduleRow } from "./digest-rows.ts";
import type { DigestAccess, DigestDecisions, DigestSchedule, ScheduleDraft } from "./digests.ts";
import { Refused } from "./refused.ts";
import { createResends } from "./resend-digest.ts";
import { NotAllowed } from "./roles.ts";
import { type Executor, rowOf, rowsOf, sql } from "./sql.ts";

/** More would be noise, and would not fit one message. */
const MOST_SCHEDULES = 10;

/** What people decide about digests, for one access. */
export function createDigestDecisions(database: Database, access: DigestAccess): DigestDecisions {
  const { workspaceId, role, signature, userId } = access;
  const isAdmin = role === "admin";
  const own = ownSchedules(access);
  const reached = reachedSchedules(access);

  /** Somebody's schedules are counted one after the other, so that two at once are not one too many. */
  async function requireRoom(on: Executor): Promise<void> {
    await on.$executeRaw(
      sql`SELECT pg_advisory_xact_lock(hashtextextended(${`digests ${workspaceId} ${userId}`}, 0))`,
    );
    const { owned } = await rowOf(
      on,
      z.object({ owned: z.number() }),
      sql`SELECT COUNT(*)::int AS owned FROM digest_schedule s WHERE ${own}`,
    );
    if (owned >= MOST_SCHEDULES)
      throw new Refused(
        `You have ${MOST_SCHEDULES} digests already, and more would not be read. Remove one first: type \`digest\`.`,
      );
  }

  /** The owner of one that is there stays: a channel's digest looks in their name. */
  async function write(on: Executor, draft: ScheduleDraft, now: Date): Promise<DigestSchedule> {
    const [schedule] = await rowsOf(
      on,
      scheduleRow,
      sql`INSERT INTO digest_schedule AS s (workspace_id, target, target_name, is_channel, owner_id, cron, fixed_zone,
            zone, filters, says_nothing, next_at, created_at, changed_at)
          VALUES (${workspaceId}, ${draft.target}, ${draft.targetName}, ${draft.isChannel}, ${draft.ownerId},
            ${draft.cron}, ${draft.fixedZone ?? null}, ${draft.zone}, ${draft.filters}, ${draft.saysNothing},
            ${draft.nextAt}, ${now}, ${now})
          ON CONFLICT (workspace_id, target, filters) DO UPDATE
          SET target_name = EXCLUDED.target_name, cron = EXCLUDED.cron, fixed_zone = EXCLUDED.fixed_zone,
            zone = EXCLUDED.zone, says_nothing = EXCLUDED.says_nothing, status = 'on', paused_reason = NULL,
            next_at = EXCLUDED.next_at, changed_at = EXCLUDED.changed_at
          WHERE ${isAdmin} OR s.owner_id = EXCLUDED.owner_id
          RETURNING ${scheduleColumns}`,
    );
    if (!schedule) throw new NotAllowed(takenSentence(draft));
    return schedule;
  }

  return {
    ...createResends(database, access),

    async digestSchedules({ everybodys }) {
      requireAsker(access);
      if (everybodys && !isAdmin)
        throw new NotAllowed("Only an admin of Portfolio sees everybody's digests.");
      return rowsOf(
        database,
        scheduleRow,
        sql`SELECT ${scheduleColumns} FROM digest_schedule s WHERE ${everybodys ? reached : own} ORDER BY s.id`,
      );
    },

    async setDigest(draft, now) {
      requireAsker(access);
      if (draft.ownerId !== userId || (!draft.isChannel && draft.target !== userId))
        throw new NotAllowed("Digests go out in Slack, where everybody turns on their own.");
      const which = sql`s.workspace_id = ${workspaceId} AND s.target = ${draft.target} AND s.filters = ${draft.filters}`;
      return database.$transaction(async (on) => {
        const found = await lockSchedule(on, which);
        if (found && !isAdmin && found.ownerId !== userId) throw new NotAllowed(takenSentence(draft));
        // A run that is due stays due.
        if (found && isSame(found, draft)) return { schedule: found, isNew: false };
        if (!found) await requireRoom(on);
        return { schedule: await write(on, draft, now), isNew: !found };
      });
    },

    pauseDigest: (id, now) =>
      withSchedule(database, access, sql`s.id = ${id}`, async (on, { paused }) => {
        if (paused) return false;
        const reason = { code: "person", by: signature, at: now.toISOString() };
        await on.$executeRaw(
          sql`UPDATE digest_schedule SET status = 'paused', paused_reason = ${JSON.stringify(reason)}::jsonb,
                next_at = NULL, changed_at = ${now}
              WHERE workspace_id = ${workspaceId} AND id = ${id}`,
        );
        return true;
      }),

    resumeDigest: (id, { zone, nextAt }, now) =>
      withSchedule(database, access, sql`s.id = ${id}`, async (on, { paused }) => {
        if (!paused) return false;
        await on.$executeRaw(
          sql`UPDATE digest_schedule SET status = 'on', paused_reason = NULL, zone = ${zone}, next_at = ${nextAt},
                changed_at = ${now}
              WHERE workspace_id = ${workspaceId} AND id = ${id}`,
        );
        return true;
      }),

    async removeDigest(id) {
      requireAsker(access);
      const removed = await database.$executeRaw(
        sql`DELETE FROM digest_schedule s WHERE ${reached} AND s.id = ${id}`,
      );
      return removed === 1;
    },
  };
}

/** Whether a schedule is on and as somebody wants it. */
function isSame(found: DigestSchedule, draft: ScheduleDraft): boolean {
  return (
    found.paused === undefined &&
    found.cron === draft.cron &&
    found.fixedZone === draft.fixedZone &&
    found.zone === draft.zone &&
    found.saysNothing === draft.saysNothing &&
    found.targetName === draft.targetName
  );
}

function takenSentence({ targetName }: ScheduleDraft): string {
  return `${targetName} gets this digest already, and somebody else turned it on. Ask them or an admin to change it.`;
}
