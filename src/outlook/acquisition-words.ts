import type { Line } from "../command.ts";
import { addDays, type Day, daysBetween, monthsUntil } from "../core/calendar.ts";
import type { Acquisition } from "../core/outlook/acquisition.ts";
import type { OutlookMethod } from "../core/outlook/outlook-input.ts";
import type { ValueFit } from "../core/value/value-fit.ts";
import { formatCount, formatDay } from "../wording.ts";

/** Data that begins so many days into a year still has nearly all of it. */
const SLACK_DAYS = 31;

/** "68 came in the last twelve months"; "12 came since 9 May 2026, 41 a year". */
export function wordCame(acquisition: Acquisition): string {
  const { won, years, perYear } = acquisition;
  return years === 1
    ? `${formatCount(won)} came in the last twelve months`
    : `${formatCount(won)} came since ${wordFirstDay(acquisition)}, ${formatCount(Math.round(perYear))} a year`;
}

/** The first day that counts. */
export function wordFirstDay({ after }: Acquisition): string {
  return formatDay(addDays(after, 1));
}

/** Says so where it cannot be told, or not of all of the last twelve months, who is new. */
export function acquisitionLines(
  acquisition: Acquisition | undefined,
  { firstDay }: ValueFit,
): readonly Line[] {
  if (acquisition?.years === 1) return [];
  const begins = `the data begin on ${formatDay(firstDay)}, and whoever they show for the first time within a year of that may well be an old customer`;
  return acquisition
    ? [[`New accounts are counted since ${wordFirstDay(acquisition)} only and scaled to a year: ${begins}.`]]
    : [
        [
          { text: "How many accounts are new cannot be told", style: "bold" },
          `: ${begins}. So this is what becomes of today's customers alone; new ones are counted from fifteen months of data on.`,
        ],
      ];
}

/** The rule, for Explain. */
export const acquisitionRule =
  "first purchases of the last twelve months that lie a year or more after the first day of the data, scaled to a year; none where that is less than a quarter of one";

/** Who bought in the few days that are known of a year buys often, and stays more likely than others. */
export function beginningNotes(method: OutlookMethod, { firstDay }: ValueFit, asOf: Day): readonly string[] {
  const yearBegins = monthsUntil(asOf, 24).after;
  if (method.kind === "model" || daysBetween(yearBegins, firstDay) <= SLACK_DAYS) return [];
  return [
    `Of the year before the last twelve months only what came from ${formatDay(firstDay)} on is known. Who buys often is more likely to be in that part, so more may leave than this says.`,
  ];
}
