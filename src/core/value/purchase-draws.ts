import type { Day } from "../calendar.ts";
import { drawPoisson, type Random } from "../random.ts";
import { type Course, type Courses, guessedCourses, modelCourses } from "./courses.ts";
import { daysPerWeek, entryOf } from "./history-columns.ts";
import type { AccountHistory, ValueFit } from "./value-fit.ts";

/** One way in which the time ahead of an account may go. */
export interface PurchaseDraw {
  /** Days with a purchase. */
  readonly purchases: number;
  /** Whether it is still a customer at the end. */
  readonly isAlive: boolean;
}

/** Draws one way in which so many weeks may go. */
export type DrawPurchases = (weeks: number, random: Random) => PurchaseDraw;

/**
 * Creates, for an account, what draws ways in which its time ahead may go. What is known of it is worked out once, after
 * which a draw takes about a microsecond. Where the predictor cannot say who leaves, the teller says who is there at the
 * end, if there is one; with neither, everybody is.
 */
export function createPurchaseDraws(fit: ValueFit, asOf: Day): (history: AccountHistory) => DrawPurchases {
  const courses = predictorCourses(fit, asOf);
  const tells = fit.predictor !== "nbd" && fit.predictor !== "same-as-calibration";
  const teller = tells ? undefined : coursesNamed(fit, fit.teller);
  const counts = new Float64Array(1);
  return (account) => {
    const history = historyOf(account, asOf);
    const [draw, drawTold] = [courses(history), teller?.(history)];
    return (weeks, random) => {
      const isThere = follow(draw(random), weeks, random, counts);
      const purchases = counts[0] ?? 0;
      return { purchases, isAlive: drawTold ? follow(drawTold(random), weeks, random, counts) : isThere };
    };
  };
}

/** Courses by what people are shown. */
export function predictorCourses(fit: ValueFit, asOf: Day): Courses {
  return coursesNamed(fit, fit.predictor) ?? guessedCourses(fit, asOf);
}

/** In weeks. */
export function historyOf(account: AccountHistory, asOf: Day) {
  const { frequency, recencyDays, ageDays } = entryOf(account, asOf);
  return { frequency, recency: recencyDays / daysPerWeek, age: ageDays / daysPerWeek };
}

/**
 * Draws the purchases of a course in each of several steps of time, and returns whether the account is there at the end. As
 * several purchases on a day are one, there are no more than days.
 */
export function follow(course: Course, stepWeeks: number, random: Random, counts: Float64Array): boolean {
  const weeks = counts.length * stepWeeks;
  drawArrivals(Math.min(course.rate, daysPerWeek), Math.min(course.stay, weeks), stepWeeks, random, counts);
  const days = Math.floor(stepWeeks * daysPerWeek);
  let bought = 0;
  for (let step = 0; step < counts.length; step += 1) {
    const count = Math.min(counts[step] ?? 0, course.purchases - bought, days);
    counts[step] = count;
    bought += count;
  }
  return course.stay > weeks && bought < course.purchases;
}

/** Of a Poisson process. Where they are few, all of them are drawn at once, and for each when it comes. */
function drawArrivals(
  perWeek: number,
  weeks: number,
  stepWeeks: number,
  random: Random,
  counts: Float64Array,
): void {
  if (perWeek * weeks >= counts.length) {
    for (let step = 0; step < counts.length; step += 1) {
      const within = Math.min(stepWeeks, Math.max(0, weeks - step * stepWeeks));
      counts[step] = drawPoisson(random, perWeek * within);
    }
    return;
  }
  counts.fill(0);
  for (let left = drawPoisson(random, perWeek * weeks); left > 0; left -= 1) {
    const step = Math.min(counts.length - 1, Math.floor((random() * weeks) / stepWeeks));
    counts[step] = (counts[step] ?? 0) + 1;
  }
}

function coursesNamed(fit: ValueFit, name: string | undefined): Courses | undefined {
  const judged = fit.models.find((each) => each.fit.model === name);
  return judged && modelCourses(judged.fit);
}
