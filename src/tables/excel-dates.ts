import { addDays } from "../core/calendar.ts";

/** Number formats that Excel knows by number: dates and times, and the same in East Asian files. */
const builtinDates = [
  ...[14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 47],
  ...[27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58],
];

export function isBuiltinDate(formatId: number): boolean {
  return builtinDates.includes(formatId);
}

/** Whether a custom number format shows a date or a time of day; `[h]:mm` is a span and stays a number. */
export function isDateFormat(format: string): boolean {
  const [shown = ""] = format
    .replace(/"[^"]*"?|\\.|_.|\*./g, "")
    .replace(/\[[^\]]*\]/g, (bracket) => (/^\[(?:h+|m+|s+)\]$/i.test(bracket) ? "#" : ""))
    .split(";");
  return /[dmyhs]/i.test(shown) && !/[#?]|general/i.test(shown) && (/s/i.test(shown) || !shown.includes("0"));
}

const secondsPerDay = 86_400;
/** The 31st of December 9999. */
const lastSerial = 2_958_465;

/**
 * A serial as `YYYY-MM-DD`, as `YYYY-MM-DDTHH:MM:SS` when it has a time, and as `HH:MM:SS` when it has no
 * day; undefined for what Excel shows as `####`.
 *
 * @example
 * serialToText(44927.5, false); // => "2023-01-01T12:00:00"
 */
export function serialToText(serial: number, from1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < lastSerial + 1)) return undefined;
  const seconds = Math.round(serial * secondsPerDay);
  const days = Math.floor(seconds / secondsPerDay);
  const time = timeOf(seconds % secondsPerDay);
  if (days === 0 && !from1904) return time;
  const day = from1904 ? dayFrom("1904-01-01", days) : dayOf1900(days);
  return seconds % secondsPerDay === 0 ? day : `${day}T${time}`;
}

/** Excel's 1900 has a 29th of February, as Lotus 1-2-3 had it: every day before it is one off. */
function dayOf1900(days: number): string {
  if (days === 60) return "1900-02-29";
  return dayFrom(days < 60 ? "1899-12-31" : "1899-12-30", days);
}

function dayFrom(first: string, days: number): string {
  const key = `${first}+${days}`;
  const known = daysSeen.get(key);
  if (known !== undefined) return known;
  const day = addDays(first, days);
  if (daysSeen.size < 50_000) daysSeen.set(key, day);
  return day;
}

/** Rows share their days, and the calendar takes microseconds for each. */
const daysSeen = new Map<string, string>();

function timeOf(seconds: number): string {
  return [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}
