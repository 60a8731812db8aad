import type { Logger } from "pino";
import type { DigestLedger, DigestSchedule } from "../store/digests.ts";
import { type Holidays, noHolidays } from "./holidays.ts";
import type { Messenger } from "./messenger.ts";
import { runsDue } from "./schedule.ts";

const AT_ONCE = 200;

export interface DueParts {
  readonly ledger: Pick<DigestLedger, "dueSchedules" | "moveOn">;
  readonly messenger: Pick<Messenger, "recipient">;
  /** The holidays that a workspace keeps; undefined where its settings name some that are not known. */
  readonly holidaysOf: (workspaceId: string) => Promise<Holidays | undefined>;
  /** The one workspace that is seen to; every one when left out. */
  readonly workspaceId?: string;
  readonly now: () => Date;
  readonly log: Pick<Logger, "error">;
}

/**
 * Moves every schedule on whose next run has come, and reserves what is to be sent for it; safe to do in many processes at
 * once. Returns how many were moved.
 */
export async function moveDue(parts: DueParts): Promise<number> {
  const { ledger, now, workspaceId } = parts;
  let moved = 0;
  for (;;) {
    const due = await ledger.dueSchedules(now(), AT_ONCE, workspaceId);
    const outcomes = await Promise.all(due.map((schedule) => moveOne(parts, schedule)));
    const those = outcomes.filter((isMoved) => isMoved).length;
    moved += those;
    // What could not be moved stays due, and must not be tried for ever.
    if (those === 0 || due.length < AT_ONCE) return moved;
  }
}

async function moveOne(parts: DueParts, schedule: DigestSchedule): Promise<boolean> {
  const { ledger, log, now } = parts;
  const { workspaceId, id } = schedule;
  try {
    const [zone, holidays = noHolidays] = await Promise.all([
      zoneNow(parts, schedule),
      parts.holidaysOf(workspaceId),
    ]);
    const moment = now();
    return await ledger.moveOn(schedule, runsDue(schedule, zone, moment, holidays), moment);
  } catch (err) {
    log.error({ err, workspaceId, scheduleId: id }, "a digest that is due could not be reserved");
    return false;
  }
}

/** The zone that a schedule goes by today: people move. While Slack does not say, it is the one of last time. */
async function zoneNow({ messenger }: DueParts, schedule: DigestSchedule): Promise<string> {
  const { workspaceId, isChannel, ownerId, target, fixedZone, zone } = schedule;
  if (fixedZone !== undefined) return fixedZone;
  const recipient = await messenger.recipient(workspaceId, isChannel ? ownerId : target);
  return recipient?.person.timeZone ?? zone;
}
