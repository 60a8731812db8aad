import type { DigestSchedule } from "../../src/store/digests.ts";
import { rawRows } from "./workspace.ts";

/** What a test says of a schedule; the rest is usual. */
export interface ScheduleFields {
  readonly target?: string;
  readonly nextAt?: Date;
  readonly fixedZone?: string;
  readonly zone?: string;
  readonly filters?: string;
  readonly saysNothing?: boolean;
}

/** Writes a schedule as it stands, weekly on Tuesdays at 08:30, and returns its id. Channels begin with C. */
export async function addSchedule(workspaceId: string, fields: ScheduleFields = {}): Promise<number> {
  const { target = "C0SALES", nextAt = new Date("2026-11-24T07:30:00Z"), zone = "Europe/Berlin" } = fields;
  const [row] = await rawRows(
    `INSERT INTO digest_schedule (workspace_id, target, target_name, is_channel, owner_id, cron, fixed_zone, zone, filters,
       says_nothing, next_at, created_at, changed_at)
     VALUES ($1, $2, $3, $4, 'U0OWNER', '30 8 * * 2', $5, $6, $7, $8, $9, $9, $9) RETURNING id`,
    [
      ...[workspaceId, target, target.startsWith("C") ? "#sales" : "Ann Archer", target.startsWith("C")],
      ...[fields.fixedZone ?? null, zone, fields.filters ?? "", fields.saysNothing ?? false, nextAt],
    ],
  );
  return Number(row?.id);
}

/** A schedule that no store knows. */
export function scheduleOf(fields: Partial<DigestSchedule> = {}): DigestSchedule {
  const target = fields.target ?? "C0SALES";
  const isChannel = target.startsWith("C");
  return {
    workspaceId: "w",
    id: 1,
    target,
    targetName: isChannel ? "#sales" : "Ann Archer",
    isChannel,
    ownerId: "U0OWNER",
    cron: "30 8 * * 2",
    fixedZone: undefined,
    zone: "Europe/Berlin",
    filters: "",
    saysNothing: false,
    paused: undefined,
    nextAt: new Date("2026-11-24T07:30:00Z"),
    createdAt: new Date("2026-11-01T00:00:00Z"),
    ...fields,
  };
}
