import { addDays, type Day } from "../core/calendar.ts";
import { parseDay } from "../ingest/parse-day.ts";
import { UsageError } from "../usage-error.ts";

/**
 * A day as people type it: `2026-11-20`, `20.11.2026`, `today`, `yesterday`. One that could be two days is not guessed.
 *
 * @throws UsageError for what is no day.
 */
export function typedDay(typed: string, today: Day): Day {
  const word = typed.toLowerCase();
  if (word === "today") return today;
  if (word === "yesterday") return addDays(today, -1);
  // A number alone is a day to a spreadsheet, and a slip here.
  const parsed = /^\d+(?:[.,]\d*)?$/.test(typed) ? undefined : parseDay(typed, { timeZone: "UTC" });
  if (parsed?.ok) return parsed.day;
  throw new UsageError(`"${typed}" is no day, or could be two. Write it as YYYY-MM-DD, such as ${today}.`);
}
