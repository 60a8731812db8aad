import { Temporal } from "temporal-polyfill";
import { dayIn } from "./calendar.ts";

/** Every snapshot is kept for so long; of older ones the last of each week. */
const KEEP_ALL_DAYS = 90;

const millisecondsADay = 86_400_000;

/** A snapshot that can be asked for; a higher id is newer. */
export interface Kept {
  readonly id: number;
  readonly createdAt: Date;
}

/** The ids of the snapshots to remove: those older than 90 days that are not the last of their week (ISO 8601). */
export function expiredSnapshots(snapshots: readonly Kept[], now: Date, timeZone: string): readonly number[] {
  const lastOfWeek = new Map<string, number>();
  for (const { id, createdAt } of snapshots) {
    const week = weekOf(createdAt, timeZone);
    lastOfWeek.set(week, Math.max(id, lastOfWeek.get(week) ?? id));
  }
  const newest = Math.max(...snapshots.map(({ id }) => id));
  return snapshots
    .filter(
      ({ id, createdAt }) =>
        id !== newest &&
        now.getTime() - createdAt.getTime() > KEEP_ALL_DAYS * millisecondsADay &&
        id !== lastOfWeek.get(weekOf(createdAt, timeZone)),
    )
    .map(({ id }) => id);
}

function weekOf(instant: Date, timeZone: string): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(dayIn(instant, timeZone));
  return `${yearOfWeek} ${weekOfYear}`;
}
