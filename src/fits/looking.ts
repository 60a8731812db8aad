import { type Day, daysBetween } from "../core/calendar.ts";
import { parseDay } from "../ingest/parse-day.ts";
import { UsageError } from "../usage-error.ts";
import { formatDay } from "../wording.ts";

interface Days {
  /** The last day that the model is shown. */
  readonly until: number;
  /** The last day of the holdout. */
  readonly end?: number;
}

/** What is shown to a model, and what is held back; days since the first of January 1970. */
export interface Looking extends Days {
  readonly unit: "day" | "week";
}

export interface TypedDays {
  readonly until?: string;
  readonly holdout?: string;
}

export interface TypedLooking extends TypedDays {
  readonly unit: Looking["unit"];
}

interface Known {
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Without an end of looking, all is shown. Throws a `UsageError` for days that make no sense. */
export function decideLooking({ unit, ...typed }: TypedLooking, known: Known): Looking {
  return { ...decideDays(typed, known, "Nobody bought"), unit };
}

/** @param nobody what is true of the days before the first one: "Nobody bought". */
export function decideDays(
  { until, holdout }: TypedDays,
  { firstDay, lastDay }: Known,
  nobody: string,
): Days {
  const shown = until === undefined ? lastDay : typedDay("--until", until);
  if (shown < firstDay)
    throw new UsageError(`${nobody} until ${wordDay(shown)}: the first day is ${wordDay(firstDay)}.`);
  if (holdout === undefined) return { until: shown };
  const end = typedDay("--holdout", holdout);
  if (until === undefined)
    throw new UsageError(`Say --until too: the last day that the model is shown, before ${wordDay(end)}.`);
  if (end <= shown)
    throw new UsageError(
      `--holdout ${holdout} is not after --until ${until}: the holdout is the time between them, which the model is not shown.`,
    );
  return { until: shown, end };
}

export function dayOf(number: number): Day {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

function wordDay(number: number): string {
  return formatDay(dayOf(number));
}

const dayMs = 86_400_000;

function typedDay(option: string, text: string): number {
  const parsed = parseDay(text, { timeZone: "UTC" });
  if (!parsed.ok) throw new UsageError(`${option} ${text}: ${parsed.reason}.`);
  return daysBetween("1970-01-01", parsed.day);
}
