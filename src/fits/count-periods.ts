/** A renewal is due at the end of each. */
export const periodUnits = ["day", "week", "month", "quarter", "year"] as const;
export type PeriodUnit = (typeof periodUnits)[number];

const days = { day: 1, week: 7 } as const;
const months = { month: 1, quarter: 3, year: 12 } as const;
const dayMs = 86_400_000;

/**
 * The day so many periods after another one, both as days since 1970. Months end on their last day where they are too
 * short: a month after the 31st of January is the end of February.
 */
export function addPeriods(day: number, periods: number, unit: PeriodUnit): number {
  if (unit === "day" || unit === "week") return day + periods * days[unit];
  const from = new Date(day * dayMs);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + periods * months[unit]];
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), length)) / dayMs;
}

/** How many whole periods lie between two days, the later of which is not before the other. */
export function wholePeriods(from: number, to: number, unit: PeriodUnit): number {
  const shortest = unit === "day" || unit === "week" ? days[unit] : 28 * months[unit];
  let periods = Math.floor((to - from) / shortest);
  while (addPeriods(from, periods, unit) > to) periods -= 1;
  return periods;
}
