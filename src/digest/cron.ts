import { Cron } from "croner";
import { Temporal } from "temporal-polyfill";
import { keepNewest } from "../core/keep-newest.ts";

const HOUR_MS = 3_600_000;
/** Any Monday: from here on it shows how close runs lie, and whether there are any. */
const LOOKED_AT_FROM = Temporal.PlainDateTime.from("2024-01-01T00:00");

/** Digits, names, lists, ranges and steps; `#`, `L` and `W` are for the third Tuesday and the last or next working day. */
const FIELDS = /^[\dA-Z*,/#-]+(?: [\dA-Z*,/#-]+){4}$/i;

/** Why five fields are no schedule. */
type CronFault = "malformed" | "never" | "too-often";

/** Whether five fields say when digests may go out: at some time, and an hour apart or more. */
export function cronFault(cron: string): CronFault | undefined {
  if (!FIELDS.test(cron)) return "malformed";
  const first: Temporal.PlainDateTime[] = [];
  try {
    for (const wall of wallRuns(cron, LOOKED_AT_FROM)) if (first.push(wall) === 2) break;
  } catch {
    return "malformed";
  }
  const [one, other] = first;
  if (one === undefined) return "never";
  // Runs that are closer are within one hour, which is the first that has any.
  return other && one.until(other).total("milliseconds") < HOUR_MS ? "too-often" : undefined;
}

/**
 * What clocks show when five fields say so, from a time on, as if no clock were ever changed. Beside what cron knows, `30L` is
 * the 30th or, in a month that has none, its last day.
 *
 * @throws TypeError, RangeError where the fields are malformed.
 */
export function* wallRuns(cron: string, from: Temporal.PlainDateTime): Generator<Temporal.PlainDateTime> {
  const { runs, isDay } = parsed(cron);
  let last = new Date(from.toZonedDateTime("UTC").epochMilliseconds - 1);
  for (;;) {
    const next = runs.nextRun(last);
    if (next === null) return;
    const wall = Temporal.PlainDateTime.from(next.toISOString().slice(0, 16));
    if (isDay(wall)) yield wall;
    last = next;
  }
}

/** Schedules are asked about over and over, and most are alike. */
const MOST_KEPT = 100;
const kept = new Map<string, ReturnType<typeof parse>>();

function parsed(cron: string): ReturnType<typeof parse> {
  const known = kept.get(cron) ?? parse(cron);
  keepNewest(kept, cron, known, MOST_KEPT);
  return known;
}

function parse(cron: string) {
  const { pattern, isDay } = withMonthEnds(cron);
  // As if in UTC, where every time exists once.
  return { runs: new Cron(pattern, { timezone: "UTC", mode: "5-part" }), isDay };
}

/** The fields as cron knows them, and which of the days that they name are meant. */
function withMonthEnds(cron: string) {
  const [minute, hour, days = "", ...others] = cron.split(" ");
  const named = days.split(",");
  const ends = named.filter((day) => /^\d+L$/i.test(day)).map((day) => Number.parseInt(day, 10));
  if (ends.length === 0) return { pattern: cron, isDay: () => true };
  const plain = named.map((day) => Number.parseInt(day, 10));
  return {
    pattern: [minute, hour, [...plain, "L"].join(","), ...others].join(" "),
    isDay: ({ day, daysInMonth }: Temporal.PlainDateTime) =>
      plain.includes(day) || (day === daysInMonth && ends.some((end) => end > day)),
  };
}
