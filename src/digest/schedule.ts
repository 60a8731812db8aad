import { dayIn } from "../core/calendar.ts";
import type { DigestSchedule } from "../store/digests.ts";
import type { Holidays } from "./holidays.ts";
import { nextRuns, type Run, runsAfter } from "./next-runs.ts";
import { momentOf, wallAt } from "./wall-clock.ts";

/** A run that was missed for longer is skipped: nobody wants to read on Friday what was for Tuesday. */
export const GRACE_MS = 6 * 3_600_000;

type Scheduled = Pick<DigestSchedule, "cron" | "zone" | "nextAt">;

/** What is to be done about a schedule now, as `DigestLedger.moveOn` takes it. */
interface DueRun {
  /** The newest run that was missed, where that is no longer ago than the grace; those before it are never made up for. */
  readonly runAt: Date | undefined;
  readonly zone: string;
  /** Always after now; undefined where it is paused or never runs again. */
  readonly nextAt: Date | undefined;
}

/**
 * Which run is due, and which is next. `zone` is the recipient's now: in another one than the next run was computed in, that run
 * waits until clocks there show its time; where they already have, it is due at once.
 */
export function runsDue(schedule: Scheduled, zone: string, now: Date, holidays: Holidays): DueRun {
  const { cron, nextAt } = schedule;
  if (nextAt === undefined) return { runAt: undefined, zone, nextAt: undefined };
  const earliest = now.getTime() - GRACE_MS;
  const from = nextAt > now ? now.getTime() : Math.max(nextAt.getTime(), earliest - 1);
  let runAt = nextAt.getTime() >= earliest && isDue(schedule, zone, now, holidays) ? nextAt : undefined;
  for (const { at } of runsAfter(cron, zone, new Date(from), holidays)) {
    if (at > now) return { runAt, zone, nextAt: at };
    runAt = at;
  }
  return { runAt, zone, nextAt: undefined };
}

/** Whether the run that was computed is still one, by the zone and the holidays of today, and its time has come. */
function isDue({ zone: before, nextAt }: Scheduled, zone: string, now: Date, holidays: Holidays): boolean {
  if (nextAt === undefined || nextAt > now || holidays.on(dayIn(nextAt, zone)) !== undefined) return false;
  return zone === before || momentOf(wallAt(nextAt, before), zone).moment <= now;
}

/** The runs that will come of a schedule if nothing changes, for people to read; none while it is paused. */
export function comingRuns(
  schedule: Scheduled,
  zone: string,
  now: Date,
  count: number,
  holidays: Holidays,
): readonly Run[] {
  const { nextAt } = schedule;
  if (nextAt === undefined) return [];
  const moment = nextAt > now ? nextAt : now;
  const { runAt } = runsDue(schedule, zone, moment, holidays);
  const later = nextRuns(schedule, zone, moment, count, holidays);
  if (runAt === undefined) return later;
  const [same] = nextRuns(schedule, zone, new Date(runAt.getTime() - 1), 1, holidays);
  const first = same?.at.getTime() === runAt.getTime() ? same : { at: runAt };
  return [first, ...later].slice(0, count);
}
