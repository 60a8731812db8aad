import { daysPerWeek } from "./history-columns.ts";
import type { ValueTerms } from "./value-fit.ts";

const monthsPerYear = 12;
export const yearDays = 365;
/** All months are of one length. */
export const monthWeeks = yearDays / monthsPerYear / daysPerWeek;

/** One month of the horizon; months count from 1. */
export interface HorizonMonth {
  /** When it ends, in weeks from now. */
  readonly end: number;
  /** What money of this month is worth now. */
  readonly discount: number;
}

/**
 * The months of the horizon. What is bought in a month is discounted as if it were paid at the end of the month, as in
 * `customer_lifetime_value` of the Python package lifetimes: a little less than by the day.
 */
export function horizonOf({
  discountPercent,
  horizonMonths,
}: Pick<ValueTerms, "discountPercent" | "horizonMonths">): readonly HorizonMonth[] {
  return Array.from({ length: horizonMonths }, (_, index) => ({
    end: (index + 1) * monthWeeks,
    discount: (1 + discountPercent / 100) ** (-(index + 1) / monthsPerYear),
  }));
}

/** The sum of what comes in each month, discounted. @param upTo what comes until the end of a month, never less than before. */
export function discountedSum(months: readonly HorizonMonth[], upTo: (end: number) => number): number {
  let [sum, before] = [0, 0];
  for (const { end, discount } of months) {
    const now = upTo(end);
    sum += (now - before) * discount;
    before = now;
  }
  return sum;
}
