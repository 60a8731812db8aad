import { type Day, dayIn, isDay } from "../core/calendar.ts";
import { serialToText } from "../tables/excel-dates.ts";
import type { DateOrder, Dialect } from "./dialect.ts";
import { readMoment, type WrittenTime } from "./written-days.ts";

export type ParsedDay =
  | { readonly ok: true; readonly day: Day }
  | { readonly ok: false; readonly reason: string };

/**
 * The day that a text means in a file's dialect. An instant, with a zone, is the day in the dialect's zone;
 * a time without a zone is dropped, since exports write days in the zone of the people who look at them.
 *
 * @example
 * parseDay("14/03/2025 10:22", { dateOrder: "dmy", timeZone: "UTC" }); // => { ok: true, day: "2025-03-14" }
 */
export function parseDay(text: string, dialect: Dialect): ParsedDay {
  const moment = readMoment(text);
  if (!moment) return { ok: false, reason: "not a date: write dates as YYYY-MM-DD" };
  const { written, time } = moment;
  if (written.kind === "serial") return { ok: true, day: serialToText(written.serial, false) ?? "" };
  const ordered = written.kind === "asked" ? inOrder(written, dialect.dateOrder) : written;
  if (ordered === undefined) return { ok: false, reason: "can be read two ways: say --dates dmy or mdy" };
  const { year, month } = ordered;
  const day = `${year}-${twoDigits(month)}-${twoDigits(ordered.day)}`.padStart(10, "0");
  if (!daysSeen.has(day) && !isDay(day))
    return {
      ok: false,
      reason:
        written.kind === "asked" && dialect.dateOrder !== undefined && month > 12
          ? `not a date with the ${dialect.dateOrder === "dmy" ? "day" : "month"} first, as the file writes them`
          : `there is no ${day} in the calendar`,
    };
  if (year < 1900 || year > 2199) return { ok: false, reason: `${day.slice(0, 4)} cannot be the year` };
  if (daysSeen.size < 50_000) daysSeen.add(day);
  return { ok: true, day: time?.offset === undefined ? day : dayOfInstant(day, time, time.offset, dialect) };
}

/** Rows share their days, and the calendar takes a microsecond for each. */
const daysSeen = new Set<Day>();

interface NumberedDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Undefined when both orders are possible and the file has none. */
function inOrder(
  { year, first, second }: { readonly year: number; readonly first: number; readonly second: number },
  dateOrder: DateOrder | undefined,
): NumberedDay | undefined {
  const order = dateOrder ?? (second > 12 ? "mdy" : first > 12 || first === second ? "dmy" : undefined);
  if (order === undefined) return undefined;
  return order === "dmy" ? { year, month: second, day: first } : { year, month: first, day: second };
}

function dayOfInstant(day: Day, { hour, minute }: WrittenTime, offset: number, { timeZone }: Dialect): Day {
  if (offset === 0 && timeZone === "UTC") return day;
  const instant = Date.parse(`${day}T${twoDigits(hour)}:${twoDigits(minute)}:00Z`) - offset * 60_000;
  if (timeZone === "UTC") return new Date(instant).toISOString().slice(0, 10);
  // Zones are whole quarters of an hour from UTC, since 1972 all of them: so the day is the quarter's.
  const quarter = Math.floor(instant / quarterMs);
  const key = `${timeZone} ${instant < firstQuarterMs ? instant : quarter * quarterMs}`;
  const known = instantsSeen.get(key);
  if (known !== undefined) return known;
  const found = dayIn(new Date(instant), timeZone);
  if (instantsSeen.size < 200_000) instantsSeen.set(key, found);
  return found;
}

const quarterMs = 15 * 60_000;
const firstQuarterMs = Date.UTC(1973, 0, 1);
/** Rows share their hours, and the zone takes microseconds for each. */
const instantsSeen = new Map<string, Day>();

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
