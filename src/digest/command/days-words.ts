import { UsageError } from "../../usage-error.ts";
import { weekdays } from "../cron-words.ts";
import type { Read, Rhythm } from "./rhythm-words.ts";

/** What can be typed as the days of a digest. */
export const daysUsage = "weekly mon thu, daily, monthly, monthly last, monthly first tue, monthly 15 31";

const TUESDAY = 2;
/** Words that say nothing more. */
const fillers: ReadonlySet<string> = new Set(["on", "every", "each", "and", "the"]);
const fortnights: ReadonlySet<string> = new Set(["biweekly", "bi-weekly", "fortnightly"]);
const daily: ReadonlySet<string> = new Set(["daily", "weekdays", "workdays"]);

/**
 * The days at the beginning of words: `weekly mon thu` or only `mon thu`, `daily` for working days, `monthly` for the first
 * working day, `monthly last fri`, `monthly 31`.
 *
 * @throws UsageError for every second week, which no calendar knows.
 */
export function readDays(words: readonly string[]): Read<Rhythm> | undefined {
  const start = words.findIndex((word) => !fillers.has(word.toLowerCase()));
  const [first = "", ...rest] = words.slice(Math.max(0, start)).map((word) => word.toLowerCase());
  if (fortnights.has(first) || (/^(other|2|two|second)$/.test(first) && /^weeks?$/.test(rest[0] ?? "")))
    throw fortnightly();
  const found = daysBehind(first, rest);
  return found && { words: start + found.words, said: { days: found.days } };
}

function daysBehind(first: string, rest: readonly string[]) {
  if (daily.has(first)) return { words: 1, days: "* * 1-5" };
  if (first === "monthly") return monthly(rest);
  const isWeekly = first === "weekly";
  const { words, items } = itemsIn(isWeekly ? rest : [first, ...rest], weekdayOf);
  if (items.length === 0 && !isWeekly) return undefined;
  const days = items.length === 0 ? [TUESDAY] : [...new Set(items)].sort();
  return { words: words + (isWeekly ? 1 : 0), days: `* * ${days.join(",")}` };
}

type Place = number | "last";

function monthly(rest: readonly string[]) {
  const places = itemsIn(rest, placeOf);
  const named = itemsIn(rest.slice(places.words), weekdayOf);
  return { words: 1 + places.words + named.words, days: daysOfMonth(places.items, named.items) };
}

function daysOfMonth(places: readonly Place[], days: readonly number[]): string {
  const isOne = (place: Place) => places.every((other) => other === place);
  if (days.length > 0) {
    const wished = places.length === 0 ? [1] : places;
    return `* * ${days.flatMap((day) => wished.map((place) => `${day}#${placeInMonth(place)}`)).join(",")}`;
  }
  if (places.length === 0) return "1W * *";
  if (isOne("last")) return "LW * *";
  const ends = places.map((place) => (place === "last" ? 31 : place));
  return `${[...new Set(ends)].map((day) => (day > 28 ? `${day}L` : String(day))).join(",")} * *`;
}

function placeInMonth(place: Place): string {
  if (place === "last") return "L";
  if (place <= 4) return String(place);
  throw new UsageError(
    "Before a weekday, say first, second, third, fourth or last: `digest on monthly first mon`.",
  );
}

function placeOf(word: string): Place | undefined {
  if (word === "last") return word;
  const at = ["first", "second", "third", "fourth"].indexOf(word);
  const day = at < 0 ? Number(/^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(word)?.[1]) : at + 1;
  return day >= 1 && day <= 31 ? day : undefined;
}

function weekdayOf(word: string): number | undefined {
  const short = word.replace(/\.$/, "");
  const means = (day: string) =>
    short.length >= 3 && (day.startsWith(short) || day.startsWith(short.replace(/s$/, "")));
  const at = weekdays.findIndex((day) => means(day.toLowerCase()));
  return at < 0 ? undefined : at;
}

/** What the words at the beginning say, and how many they are: `mon, thu and fri`. */
function itemsIn<Item>(words: readonly string[], read: (word: string) => Item | undefined) {
  const items: Item[] = [];
  let last = 0;
  for (const [index, word] of words.entries()) {
    const parts = word.split(",").filter((part) => part !== "");
    const found = parts.flatMap((part) => read(part) ?? []);
    if (found.length < parts.length && !fillers.has(word)) break;
    items.push(...found);
    if (found.length > 0) last = index + 1;
  }
  return { words: last, items };
}

function fortnightly(): UsageError {
  return new UsageError(
    "Every second week is on no fixed days of a calendar. Twice a month is: say which weekday of the month.",
    [
      { label: "First and third Tuesday", line: "digest on monthly first third tue at 08:30" },
      { label: "Every Tuesday", line: "digest on weekly tue at 08:30" },
    ],
  );
}
