import { Temporal } from "temporal-polyfill";

/** A day without a time, as `YYYY-MM-DD`: such strings sort as the days do. */
export type Day = string;

/** A span of days: after the first, up to and including the second. */
export interface Window {
  readonly after: Day;
  readonly until: Day;
}

/** The window of so many months that ends with `until`. */
export function monthsUntil(until: Day, months: number): Window {
  return { after: Temporal.PlainDate.from(until).subtract({ months }).toString(), until };
}

export function daysUntil(until: Day, days: number): Window {
  return { after: addDays(until, -days), until };
}

export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The same day of another year; the 29th of February is the 28th where there is none. */
export function addYears(day: Day, years: number): Day {
  return Temporal.PlainDate.from(day).add({ years }).toString();
}

/** Whole years from one day to another; below 1 year, 0. */
export function yearsBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "year" }).years;
}

/** The last day of a day's month. */
export function endOfMonth(day: Day): Day {
  const date = Temporal.PlainDate.from(day);
  return date.with({ day: date.daysInMonth }).toString();
}

export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

/** The day an instant falls on in an IANA zone. */
export function dayIn(instant: Date, timeZone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** True for an IANA zone such as `Europe/Berlin`. */
export function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return /^(?:UTC|[A-Za-z_]+(?:\/[\w+-]+)+)$/.test(text);
  } catch {
    return false;
  }
}

/** True for an existing day written `YYYY-MM-DD`; the 30th of February is none. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first and the last day of a quarter (`2025Q1`) or a year (`2025`); undefined for other text. A year that begins in
 * another month than January is called after the year it ends in.
 *
 * @example
 * periodOf("2026Q1", 4); // => { first: "2025-04-01", last: "2025-06-30" }
 */
export function periodOf(
  text: string,
  firstMonth = 1,
): { readonly first: Day; readonly last: Day } | undefined {
  const match = /^(\d{4})(?:-?Q([1-4]))?$/i.exec(text);
  if (!match) return undefined;
  const quarter = match[2] === undefined ? undefined : Number(match[2]);
  const year = Number(match[1]) - (firstMonth > 1 ? 1 : 0);
  const first = Temporal.PlainDate.from({ year, month: firstMonth, day: 1 }).add({
    months: quarter === undefined ? 0 : (quarter - 1) * 3,
  });
  const last = first.add({ months: quarter === undefined ? 12 : 3 }).subtract({ days: 1 });
  return { first: first.toString(), last: last.toString() };
}

/** The quarter a day lies in: `2025Q1`. */
export function quarterOf(day: Day): string {
  const { year, month } = Temporal.PlainDate.from(day);
  return `${year}Q${Math.ceil(month / 3)}`;
}
