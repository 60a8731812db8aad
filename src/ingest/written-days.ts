import type { DateOrder } from "./dialect.ts";

/** What a text says before the calendar and the file's dialect are asked. */
type WrittenDay =
  | { readonly kind: "day"; readonly year: number; readonly month: number; readonly day: number }
  /** `03/04/2025`: which number is the month depends on the file. */
  | { readonly kind: "asked"; readonly year: number; readonly first: number; readonly second: number }
  /** Days since the 30th of December 1899, as spreadsheets count. */
  | { readonly kind: "serial"; readonly serial: number };

export interface WrittenMoment {
  readonly written: WrittenDay;
  readonly time: WrittenTime | undefined;
}

export interface WrittenTime {
  readonly hour: number;
  readonly minute: number;
  /** Minutes ahead of UTC; undefined when the text names no zone. */
  readonly offset: number | undefined;
}

const time =
  "(?:(?:,?\\s+|T)(?<hour>\\d{1,2}):(?<minute>[0-5]\\d)(?::[0-5]\\d(?:[.,]\\d+)?)?(?:\\s*(?<half>[AP])\\.?M\\.?)?(?:\\s*(?<zone>Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?))?)?";
const form = (day: string) => new RegExp(`^${day}${time}$`, "i");
const monthName = "(?<name>[a-z]{3,9})\\.?";
const forms = [
  form("(?<year>\\d{4})(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})"),
  form("(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4}|\\d{2})"),
  form("(?<first>\\d{1,2})(?<mark>[-/])(?<second>\\d{1,2})\\k<mark>(?<year>\\d{4}|\\d{2})"),
  form("(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})"),
  form(`(?<day>\\d{1,2})(?:\\.?\\s+|[-/])${monthName}(?:,?\\s+|[-/])(?<year>\\d{4}|\\d{2})`),
  form(`${monthName}\\s+(?<day>\\d{1,2})(?:,\\s*|\\s+)(?<year>\\d{4})`),
];
const serialForm = /^\d{5}(?:[.,]\d+)?$/;
/** About 1954 to 2119: other numbers are no days. */
const serials = { first: 20_000, last: 80_000 } as const;

const monthNames = [
  ...["january", "february", "march", "april", "may", "june"],
  ...["july", "august", "september", "october", "november", "december"],
];

/** Reads one of the ways of writing a day, with or without a time; undefined for any other text. */
export function readMoment(text: string): WrittenMoment | undefined {
  if (momentsSeen.has(text)) return momentsSeen.get(text);
  const moment = recogniseMoment(text.trim());
  if (momentsSeen.size < 50_000 && text.length < longestMoment) momentsSeen.set(text, moment);
  return moment;
}

/** Rows share their days, and files are read twice. */
const momentsSeen = new Map<string, WrittenMoment | undefined>();
const longestMoment = 40;

function recogniseMoment(trimmed: string): WrittenMoment | undefined {
  if (serialForm.test(trimmed)) {
    const serial = Number(trimmed.replace(",", "."));
    const inRange = serial >= serials.first && serial <= serials.last;
    return inRange ? { written: { kind: "serial", serial: Math.floor(serial) }, time: undefined } : undefined;
  }
  for (const pattern of forms) {
    const groups = pattern.exec(trimmed)?.groups;
    if (groups) return toMoment(groups);
  }
  return undefined;
}

/** Which order a date shows by a number over 12; undefined where the order is no question. */
export function dateOrderOf(text: string): DateOrder | "ambiguous" | undefined {
  const written = readMoment(text)?.written;
  if (written?.kind !== "asked") return undefined;
  const { first, second } = written;
  if (first === second || Math.min(first, second) < 1 || Math.min(first, second) > 12) return undefined;
  if (Math.max(first, second) <= 12) return "ambiguous";
  if (Math.max(first, second) > 31) return undefined;
  return first > second ? "dmy" : "mdy";
}

type Groups = Readonly<Record<string, string | undefined>>;

function toMoment(groups: Groups): WrittenMoment | undefined {
  const moment = groups.hour === undefined ? undefined : readTime(groups);
  if (groups.hour !== undefined && moment === undefined) return undefined;
  const year = fullYear(groups.year ?? "");
  if (groups.first !== undefined)
    return {
      written: { kind: "asked", year, first: Number(groups.first), second: Number(groups.second) },
      time: moment,
    };
  const month = groups.name === undefined ? Number(groups.month) : monthOf(groups.name);
  return month === undefined
    ? undefined
    : { written: { kind: "day", year, month, day: Number(groups.day) }, time: moment };
}

function readTime({ hour, minute, half, zone }: Groups): WrittenTime | undefined {
  const written = Number(hour);
  if (half === undefined ? written > 23 : written < 1 || written > 12) return undefined;
  const afternoon = half?.toUpperCase() === "P" ? 12 : 0;
  return {
    hour: half === undefined ? written : (written % 12) + afternoon,
    minute: Number(minute),
    offset: zone === undefined ? undefined : offsetOf(zone),
  };
}

function offsetOf(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!match) return 0;
  const [, sign, hours, minutes = "0"] = match;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Two digits are the years from 1970 to 2069. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year >= 70 ? 1900 + year : 2000 + year;
}

/** `Dec`, `Sept` or `December`; undefined for other words. */
function monthOf(name: string): number | undefined {
  const index = monthNames.findIndex((month) => month.startsWith(name.toLowerCase()));
  return index === -1 ? undefined : index + 1;
}
