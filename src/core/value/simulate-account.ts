import type { Day } from "../calendar.ts";
import type { Random } from "../random.ts";
import { horizonOf, monthWeeks } from "./discounting.ts";
import {
  createPurchaseDraws,
  follow,
  historyOf,
  type PurchaseDraw,
  predictorCourses,
} from "./purchase-draws.ts";
import { createSpendDraws } from "./spend-draws.ts";
import type { AccountHistory, ValueFit, ValueTerms } from "./value-fit.ts";

/**
 * What an account may be worth: margin within the horizon, discounted, in so many draws of how it may go on; in minor
 * units, ascending. Their mean is its worth but for chance.
 */
export function simulateAccount(
  fit: ValueFit,
  terms: ValueTerms,
  asOf: Day,
  account: AccountHistory,
  random: Random,
  draws: number,
): Float64Array {
  const history = historyOf(account, asOf);
  const drawCourse = predictorCourses(fit, asOf)(history);
  const drawSpend = createSpendDraws(fit)(history.frequency, account.repeatMinor);
  const months = horizonOf(terms);
  const counts = new Float64Array(months.length);
  const worth = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    follow(drawCourse(random), monthWeeks, random, counts);
    const spend = drawSpend(random);
    let sum = 0;
    for (let month = 0; month < counts.length; month += 1) {
      const count = counts[month] ?? 0;
      if (count > 0) sum += (months[month]?.discount ?? 0) * spend(count);
    }
    worth[draw] = Math.min(Math.round((terms.margin / 1000) * sum), Number.MAX_SAFE_INTEGER);
  }
  return worth.sort();
}

/** What an account will most likely be worth: in four of five cases, it will be within these. In minor units. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * The middle 80 % of draws, widened where the worth lies outside of it: of an account that will most likely buy nothing
 * and may buy much, the mean is above most of what can happen.
 */
export function rangeOf(draws: Float64Array, worthMinor: number): Range {
  const at = (share: number) =>
    draws[Math.min(draws.length - 1, Math.floor(share * draws.length))] ?? worthMinor;
  return { low: Math.min(at(0.1), worthMinor), high: Math.max(at(0.9), worthMinor) };
}

/** One way in which so many weeks may go; for many of them, or many accounts, `createPurchaseDraws` is far quicker. */
export function simulatePurchases(
  fit: ValueFit,
  asOf: Day,
  history: AccountHistory,
  weeks: number,
  random: Random,
): PurchaseDraw {
  return createPurchaseDraws(fit, asOf)(history)(weeks, random);
}
