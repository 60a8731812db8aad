import { Temporal } from "temporal-polyfill";
import { addDays, type Day } from "../core/calendar.ts";
import type { DigestSchedule } from "../store/digests.ts";
import { wallRuns } from "./cron.ts";
import type { Holidays } from "./holidays.ts";
import { momentOf, wallAt } from "./wall-clock.ts";

/** One time that a digest goes out. */
export interface Run {
  readonly at: Date;
  /** The holiday that it was moved from. */
  readonly insteadOf?: { readonly day: Day; readonly holiday: string };
}

/** Runs that a holiday or a clock change moved give way to a regular one that comes first or within the hour. */
const LEAST_APART_MS = 3_600_000;

/**
 * The next runs after a moment, in their order. Each is at the wished time of clocks in the zone: where they skip it, as soon
 * as they have; where they show it twice, the first time only. One that falls on a public holiday moves to the next day that is
 * neither that nor at a weekend, unless the regular one after it comes first.
 */
export function nextRuns(
  schedule: Pick<DigestSchedule, "cron">,
  zone: string,
  after: Date,
  count: number,
  holidays: Holidays,
): readonly Run[] {
  const found: Run[] = [];
  for (const run of runsAfter(schedule.cron, zone, after, holidays)) {
    if (found.length === count) break;
    found.push(run);
  }
  return found;
}

/** Every run after a moment; there may be no end to them. */
export function* runsAfter(cron: string, zone: string, after: Date, holidays: Holidays): Generator<Run> {
  let last = after;
  /** A run that was moved, until it is known when the regular one after it comes. */
  let moved: Run | undefined;
  for (const wall of wallRuns(cron, startOf(after, zone, holidays))) {
    const { run, regularAt, isMoved } = plan(wall, zone, holidays);
    if (moved && moved.at > last && regularAt.getTime() - moved.at.getTime() >= LEAST_APART_MS) {
      last = moved.at;
      yield moved;
    }
    moved = isMoved ? run : undefined;
    if (!isMoved && run.at > last) {
      last = run.at;
      yield run;
    }
  }
  if (moved && moved.at > last) yield moved;
}

/** A run as it will be, and when it would be if there were no holidays. */
function plan(wall: Temporal.PlainDateTime, zone: string, holidays: Holidays) {
  const { moment: regularAt, isSkipped } = momentOf(wall, zone);
  const day = wall.toPlainDate().toString();
  const holiday = holidays.on(day);
  if (holiday === undefined) return { run: { at: regularAt }, regularAt, isMoved: isSkipped };
  const working = Temporal.PlainDate.from(nextWorkingDay(day, holidays));
  const { moment: at } = momentOf(working.toPlainDateTime(wall.toPlainTime()), zone);
  return { run: { at, insteadOf: { day, holiday } }, regularAt, isMoved: true };
}

/** Early enough to meet every run that is moved to after a moment. */
function startOf(after: Date, zone: string, holidays: Holidays): Temporal.PlainDateTime {
  let day = addDays(wallAt(after, zone).toPlainDate().toString(), -1);
  while (isOff(day, holidays)) day = addDays(day, -1);
  return Temporal.PlainDate.from(day).toPlainDateTime();
}

function nextWorkingDay(day: Day, holidays: Holidays): Day {
  let next = addDays(day, 1);
  while (isOff(next, holidays)) next = addDays(next, 1);
  return next;
}

function isOff(day: Day, holidays: Holidays): boolean {
  return Temporal.PlainDate.from(day).dayOfWeek > 5 || holidays.on(day) !== undefined;
}
