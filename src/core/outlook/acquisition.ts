import { addDays, type Day, daysBetween, monthsUntil } from "../calendar.ts";

/** The newest part of the last twelve months in which who buys for the first time is new. */
export interface AcquisitionSpan {
  readonly after: Day;
  /** Its share of the twelve months. */
  readonly years: number;
}

/** How many accounts come. */
export interface Acquisition extends AcquisitionSpan {
  /** Accounts that came in the span. */
  readonly won: number;
  /** The same scaled to a year. */
  readonly perYear: number;
}

/** Who has not bought for so long before a first purchase was not a customer yet. */
const lookBackDays = 365;
/** Less than this of a year says nothing of a whole one. */
const leastYears = 0.25;

/**
 * In its first days data show everybody for the first time, old customers too. So a first purchase is that of a new
 * account only where the data reach back a year before it: all of the last twelve months count where the data have two
 * years, else the part that lies a year after their first day.
 *
 * @returns undefined where that part is shorter than a quarter.
 */
export function acquisitionSpan(firstDay: Day, asOf: Day): AcquisitionSpan | undefined {
  const yearAgo = monthsUntil(asOf, 12).after;
  const told = addDays(firstDay, lookBackDays - 1);
  const after = told > yearAgo ? told : yearAgo;
  const years = daysBetween(after, asOf) / daysBetween(yearAgo, asOf);
  return years < leastYears ? undefined : { after, years };
}

export function acquisitionOf(span: AcquisitionSpan, won: number): Acquisition {
  return { ...span, won, perYear: won / span.years };
}
