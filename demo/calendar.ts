import { Temporal } from "temporal-polyfill";
import { elementAt, type Random } from "./random.ts";

/**
 * Days are counted from the demo's as-of date: 0 is that day, −1 the day before. `firstDay` is the first
 * of the three years.
 */
export interface Calendar {
  readonly firstDay: number;
  /** `2025-03-14`. */
  dateText(day: number): string;
  /** A business day from `from` to `to`, likelier at quarter ends and in later years, rarer in August. */
  businessDay(random: Random, from: number, to: number): number;
  weekdayOnOrBefore(day: number): number;
  isQuarterEndMonth(day: number): boolean;
}

const heaviestDay = 1000;

/** How much business a day sees, as a whole number up to `heaviestDay`: business grows over the years. */
function dayWeight(date: Temporal.PlainDate, dayIndex: number, dayCount: number): number {
  if (date.dayOfWeek > 5) return 0;
  const growth = 480 + Math.floor((170 * dayIndex) / dayCount);
  const isQuarterEnd = date.month % 3 === 0;
  const season = isQuarterEnd ? (date.day > 15 ? 145 : 120) : date.month === 8 ? 65 : 90;
  return Math.floor((growth * season) / 100);
}

export function createCalendar(asOf: string): Calendar {
  const lastDate = Temporal.PlainDate.from(asOf);
  const dayCount = lastDate.subtract({ months: 36 }).until(lastDate).days;
  const firstDay = 1 - dayCount;
  const dateAt = (day: number) => lastDate.add({ days: day });
  const weights = Array.from({ length: dayCount }, (_, index) =>
    dayWeight(dateAt(firstDay + index), index, dayCount),
  );
  return {
    firstDay,
    dateText: (day) => dateAt(day).toString(),
    weekdayOnOrBefore: (day) => day - Math.max(0, dateAt(day).dayOfWeek - 5),
    isQuarterEndMonth: (day) => dateAt(day).month % 3 === 0,
    businessDay(random, from, to) {
      // Drawing again until a day is accepted needs whole numbers only, so every machine agrees.
      for (;;) {
        const day = random.integer(from, to);
        if (random.integer(1, heaviestDay) <= elementAt(weights, day - firstDay)) return day;
      }
    },
  };
}
