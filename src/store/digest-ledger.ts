import { z } from "zod";
import type { Database } from "./connect.ts";
import { deliveryColumns, deliveryRow, scheduleColumns, scheduleRow } from "./digest-rows.ts";
import type { DeliveryEnd, DigestLedger, DigestSchedule, TakenDelivery } from "./digests.ts";
import { empty, rowsOf, type Sql, sql } from "./sql.ts";

const changed = z.object({ id: z.number() });
const leased = z.object({ lease_until: z.date() });

/** The database's own clock, and not the moment at which a transaction began. */
const databaseNow = sql`clock_timestamp()`;

/**
 * The ledger of deliveries. Every change is one statement that says what it expects of the row, so that of several
 * workers that want the same one does it, and one that comes too late changes nothing.
 */
export function createDigestLedger(database: Database): DigestLedger {
  async function scheduleOf(workspaceId: string, id: number): Promise<DigestSchedule | undefined> {
    const [schedule] = await rowsOf(
      database,
      scheduleRow,
      sql`SELECT ${scheduleColumns} FROM digest_schedule s WHERE s.workspace_id = ${workspaceId} AND s.id = ${id}`,
    );
    return schedule;
  }

  return {
    dueSchedules: (now, limit, workspaceId) =>
      rowsOf(
        database,
        scheduleRow,
        sql`SELECT ${scheduleColumns} FROM digest_schedule s
            WHERE s.status = 'on' AND s.next_at <= ${now} ${within(workspaceId, sql`s.workspace_id`)}
            ORDER BY s.next_at, s.workspace_id, s.id LIMIT ${limit}`,
      ),

    async moveOn({ workspaceId, id, nextAt: dueAt }, { runAt, zone, nextAt }, now) {
      const moved = await rowsOf(
        database,
        changed,
        sql`WITH moved AS (
              UPDATE digest_schedule SET next_at = ${nextAt ?? null}::timestamptz, zone = ${zone}
              WHERE workspace_id = ${workspaceId} AND id = ${id} AND status = 'on'
                AND next_at = ${dueAt ?? null}::timestamptz
              RETURNING workspace_id, id, target),
            reserved AS (
              INSERT INTO digest_delivery (workspace_id, schedule_id, run_at, target, status, not_before)
              SELECT workspace_id, id, ${runAt ?? null}::timestamptz, target, 'reserved', ${now} FROM moved
              WHERE ${runAt !== undefined}
              ON CONFLICT DO NOTHING)
            SELECT id FROM moved`,
      );
      return moved.length === 1;
    },

    waitingDeliveries: (now, limit, workspaceId) =>
      rowsOf(
        database,
        deliveryRow,
        sql`SELECT ${deliveryColumns} FROM digest_delivery d
            WHERE ${isWaiting(now)} ${within(workspaceId, sql`d.workspace_id`)}
            ORDER BY d.not_before, d.workspace_id, d.id LIMIT ${limit}`,
      ),

    async take(workspaceId, id, now, leaseMs) {
      const [row] = await rowsOf(
        database,
        z.object({ lease_until: z.date() }).and(deliveryRow),
        sql`UPDATE digest_delivery d
            SET status = 'sending', attempts = d.attempts + 1, settled_at = NULL, lease_until = ${leaseEnd(leaseMs)}
            WHERE d.workspace_id = ${workspaceId} AND d.id = ${id} AND ${isWaiting(now)}
            RETURNING d.lease_until, ${deliveryColumns}`,
      );
      if (!row) return undefined;
      const { lease_until: leaseUntil, ...delivery } = row;
      const schedule = await scheduleOf(workspaceId, delivery.scheduleId);
      return schedule && { delivery, schedule, leaseUntil, maybeSent: delivery.sentAt !== undefined };
    },

    async aboutToSend(taken, content, now, leaseMs) {
      const { delivery } = taken;
      const [row] = await rowsOf(
        database,
        leased,
        sql`UPDATE digest_delivery d
            SET sent_at = ${now}, content = ${JSON.stringify(content)}::jsonb, lease_until = ${leaseEnd(leaseMs)}
            WHERE ${isHeldBy(taken)} AND d.lease_until > ${databaseNow}
              AND EXISTS (SELECT FROM digest_schedule s
                WHERE s.workspace_id = d.workspace_id AND s.id = d.schedule_id AND (s.status = 'on' OR d.edition > 0))
            RETURNING d.lease_until`,
      );
      return (
        row && { ...taken, leaseUntil: row.lease_until, delivery: { ...delivery, sentAt: now, content } }
      );
    },

    async settle(taken, end, now) {
      const { workspaceId, id, sentAt } = taken.delivery;
      // What arrived has arrived, whoever may be looking for it by now.
      const isOurs =
        end.status === "confirmed" && sentAt !== undefined
          ? sql`d.workspace_id = ${workspaceId} AND d.id = ${id} AND d.sent_at = ${sentAt}
              AND d.status IN ('sending', 'unconfirmed')`
          : isHeldBy(taken);
      const settled = await rowsOf(
        database,
        changed,
        sql`UPDATE digest_delivery d SET status = ${end.status}::delivery_status, lease_until = NULL,
              ${columnsOf(end, now)}
            WHERE ${isOurs} RETURNING d.id`,
      );
      return settled.length === 1;
    },

    async lastConfirmed({ workspaceId, scheduleId, id }) {
      const [last] = await rowsOf(
        database,
        deliveryRow,
        sql`SELECT ${deliveryColumns} FROM digest_delivery d
            WHERE d.workspace_id = ${workspaceId} AND d.schedule_id = ${scheduleId} AND d.id < ${id}
              AND d.status = 'confirmed'
            ORDER BY d.id DESC LIMIT 1`,
      );
      return last;
    },

    async pause(workspaceId, scheduleId, reason) {
      const paused = await database.$executeRaw(
        sql`UPDATE digest_schedule SET status = 'paused', paused_reason = ${JSON.stringify(reason)}::jsonb, next_at = NULL
            WHERE workspace_id = ${workspaceId} AND id = ${scheduleId} AND status = 'on'`,
      );
      return paused === 1;
    },

    async claimTelling(workspaceId, scheduleId, now) {
      const claimed = await database.$executeRaw(
        sql`UPDATE digest_schedule s
            SET paused_reason = s.paused_reason || jsonb_build_object('toldAt', ${now.toISOString()}::text)
            WHERE s.workspace_id = ${workspaceId} AND s.id = ${scheduleId} AND ${isUntold}`,
      );
      return claimed === 1;
    },

    untoldPauses: (limit, workspaceId) =>
      rowsOf(
        database,
        scheduleRow,
        sql`SELECT ${scheduleColumns} FROM digest_schedule s
            WHERE ${isUntold} ${within(workspaceId, sql`s.workspace_id`)}
            ORDER BY s.workspace_id, s.id LIMIT ${limit}`,
      ),
  };
}

const isUntold = sql`s.status = 'paused' AND s.paused_reason->>'code' <> 'person' AND s.paused_reason->>'toldAt' IS NULL`;

/** What nobody is at and whose time has come. What is unconfirmed for good has been settled. */
function isWaiting(now: Date): Sql {
  return sql`((d.status = 'reserved' OR d.status = 'unconfirmed' AND d.settled_at IS NULL) AND d.not_before <= ${now}
    OR d.status = 'sending' AND d.lease_until < ${databaseNow})`;
}

function isHeldBy({ delivery, leaseUntil }: TakenDelivery): Sql {
  return sql`d.workspace_id = ${delivery.workspaceId} AND d.id = ${delivery.id}
    AND d.status = 'sending' AND d.lease_until = ${leaseUntil}`;
}

function leaseEnd(leaseMs: number): Sql {
  return sql`${databaseNow} + make_interval(secs => ${leaseMs / 1000}::float8)`;
}

function within(workspaceId: string | undefined, column: Sql): Sql {
  return workspaceId === undefined ? empty : sql`AND ${column} = ${workspaceId}`;
}

/** What an end says of the row, its status apart. */
function columnsOf(end: DeliveryEnd, now: Date): Sql {
  switch (end.status) {
    case "confirmed":
      return sql`channel_id = ${end.channelId}, message_ts = ${end.messageTs}, fault = NULL, settled_at = ${now}`;
    case "silent":
      return sql`fault = NULL, settled_at = ${now}`;
    case "failed":
      return sql`sent_at = NULL, fault = ${asJson(end.fault)}, settled_at = ${now}`;
    case "reserved":
      return sql`sent_at = NULL, fault = ${asJson(end.fault)}, not_before = ${end.notBefore},
        attempts = d.attempts - ${end.isCounted ? 0 : 1}`;
    case "unconfirmed":
      return sql`fault = ${asJson(end.fault)}, channel_id = coalesce(${end.channelId ?? null}, d.channel_id),
        not_before = coalesce(${end.notBefore ?? null}::timestamptz, d.not_before),
        settled_at = ${end.notBefore === undefined ? now : null}::timestamptz`;
  }
}

function asJson(fault: string): Sql {
  return sql`${JSON.stringify(fault)}::jsonb`;
}
