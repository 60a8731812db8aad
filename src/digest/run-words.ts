import { Temporal } from "temporal-polyfill";
import type { Day } from "../core/calendar.ts";
import { formatDay } from "../wording.ts";
import { weekdays } from "./cron-words.ts";
import type { Run } from "./next-runs.ts";
import { wallAt } from "./wall-clock.ts";

/** A moment as people in a zone read it: `Tue 24 Nov 08:30`, with the year where it is another one than now. */
export function wordMoment(moment: Date, zone: string, now: Date): string {
  const wall = wallAt(moment, zone);
  return `${wordDay(wall.toPlainDate().toString(), wallAt(now, zone).year)} ${wall.toPlainTime().toString().slice(0, 5)}`;
}

/** The runs in their order, each with the holiday it avoids, and the zone. */
export function wordRuns(runs: readonly Run[], zone: string, now: Date): string {
  const { year } = wallAt(now, zone);
  const said = runs.map(({ at, insteadOf }) => {
    const instead = insteadOf && ` (not on ${wordDay(insteadOf.day, year)}, ${insteadOf.holiday})`;
    return `${wordMoment(at, zone, now)}${instead ?? ""}`;
  });
  return [...said, zone].join(", ");
}

function wordDay(day: Day, thisYear: number): string {
  const { dayOfWeek, year } = Temporal.PlainDate.from(day);
  const date = formatDay(day);
  const weekday = weekdays[dayOfWeek % 7]?.slice(0, 3) ?? "";
  return `${weekday} ${year === thisYear ? date.slice(0, -5) : date}`;
}
