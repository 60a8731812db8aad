import { type Day, daysBetween } from "../core/calendar.ts";
import { parseDay } from "../ingest/parse-day.ts";
import { UsageError } from "../usage-error.ts";
import { formatDay } from "../wording.ts";

/** What is shown to a model, and what is held back; days since the first of January 1970. */
export interface Looking {
  /** The last day that the model is shown. */
  readonly until: number;
  /** The last day of the holdout. */
  readonly end?: number;
  readonly unit: "day" | "week";
}

export interface TypedLooking {
  readonly until?: string;
  readonly holdout?: string;
  readonly unit: Looking["unit"];
}

/** Without an end of looking, all is shown. Throws a `UsageError` for days that make no sense. */
export function decideLooking(
  { until, holdout, unit }: TypedLooking,
  { firstDay, lastDay }: { readonly firstDay: number; readonly lastDay: number },
): Looking {
  const shown = until === undefined ? lastDay : typedDay("--until", until);
  if (shown < firstDay)
    throw new UsageError(
      `Nobody bought until ${wordDay(shown)}: the first purchase is on ${wordDay(firstDay)}.`,
    );
  if (holdout === undefined) return { until: shown, unit };
  const end = typedDay("--holdout", holdout);
  if (until === undefined)
    throw new UsageError(`Say --until too: the last day that the model is shown, before ${wordDay(end)}.`);
  if (end <= shown)
    throw new UsageError(
      `--holdout ${holdout} is not after --until ${until}: the holdout is the time between them, which the model is not shown.`,
    );
  return { until: shown, end, unit };
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
