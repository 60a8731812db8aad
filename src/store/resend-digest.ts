import type { Database } from "./connect.ts";
import { reachedSchedules, requireAsker, withSchedule } from "./digest-reach.ts";
import { deliveryColumns, deliveryRow } from "./digest-rows.ts";
import type { DigestAccess, DigestDecisions, DigestDelivery } from "./digests.ts";
import { Refused } from "./refused.ts";
import { rowsOf, sql } from "./sql.ts";

/** What became of digests, and sending one again, for one access. */
export function createResends(
  database: Database,
  access: DigestAccess,
): Pick<DigestDecisions, "digestDeliveries" | "resendDigest"> {
  const { workspaceId } = access;
  return {
    async digestDeliveries(scheduleId, limit) {
      requireAsker(access);
      return rowsOf(
        database,
        deliveryRow,
        sql`SELECT ${deliveryColumns} FROM digest_delivery d
            JOIN digest_schedule s ON s.workspace_id = d.workspace_id AND s.id = d.schedule_id
            WHERE ${reachedSchedules(access)} AND s.id = ${scheduleId}
            ORDER BY d.run_at DESC, d.edition DESC, d.id DESC LIMIT ${limit}`,
      );
    },

    resendDigest: (deliveryId, now) => {
      const which = sql`EXISTS (SELECT FROM digest_delivery d
        WHERE d.workspace_id = s.workspace_id AND d.schedule_id = s.id AND d.id = ${deliveryId})`;
      return withSchedule(database, access, which, async (on, { id }) => {
        const editions = await rowsOf(
          on,
          deliveryRow,
          sql`SELECT ${deliveryColumns} FROM digest_delivery d
              WHERE d.workspace_id = ${workspaceId} AND d.schedule_id = ${id}
                AND (d.run_at, d.target) = (SELECT one.run_at, one.target FROM digest_delivery one
                  WHERE one.workspace_id = d.workspace_id AND one.id = ${deliveryId})
              ORDER BY d.edition DESC FOR UPDATE`,
        );
        const [newest] = editions;
        if (newest === undefined || editions.some(isUnderWay)) return undefined;
        requireResendable(newest, deliveryId);
        const [again] = await rowsOf(
          on,
          deliveryRow,
          sql`INSERT INTO digest_delivery AS d (workspace_id, schedule_id, run_at, target, edition, status, not_before)
              VALUES (${workspaceId}, ${id}, ${newest.runAt}, ${newest.target}, ${newest.edition + 1}, 'reserved', ${now})
              RETURNING ${deliveryColumns}`,
        );
        return again;
      });
    },
  };
}

/** Whether somebody is to send it, sends it, or looks whether it arrived. */
function isUnderWay({ status, settledAt }: DigestDelivery): boolean {
  return (
    status === "reserved" || status === "sending" || (status === "unconfirmed" && settledAt === undefined)
  );
}

/** @throws Refused for what was sent again since, or what had nothing to say. */
function requireResendable(newest: DigestDelivery, askedFor: number): void {
  if (newest.id !== askedFor)
    throw new Refused("This one was sent again already. `digest status` shows how that went.");
  if (newest.status === "silent")
    throw new Refused("Nothing was new then, so there was nothing to send. `digest preview` shows what is.");
}
