import type { Day } from "../calendar.ts";
import { discountedSum, horizonOf, yearDays } from "./discounting.ts";
import { predictorOf, tellerOf } from "./forecast.ts";
import { daysPerWeek } from "./history-columns.ts";
import { remembering } from "./remembering.ts";
import type { ValueFit, ValueTerms } from "./value-fit.ts";

/** What is expected of whoever has one history. */
export interface Expectation {
  /** The chance of still being a customer; undefined where no model can tell. */
  readonly alive: number | undefined;
  /** Purchases in the next year. */
  readonly year: number;
  /** Purchases within the horizon, discounted. */
  readonly discounted: number;
}

/**
 * Creates what says what is expected of a history, in whole days. An account that is still there buys by its frequency and
 * its age; only whether it is there depends on when it last bought. Accounts share both by the thousand: each is
 * worked out once.
 */
export function createExpectations(
  fit: ValueFit,
  terms: ValueTerms,
  asOf: Day,
): (frequency: number, recencyDays: number, ageDays: number) => Expectation {
  const [predictor, teller] = [predictorOf(fit, asOf), tellerOf(fit)];
  const months = horizonOf(terms);
  const ifAlive = remembering((frequency, age) => ({
    year: predictor.expectedIfAlive({ frequency, age }, yearDays / daysPerWeek),
    discounted: discountedSum(months, (end) => predictor.expectedIfAlive({ frequency, age }, end)),
    byRecency: new Map<number, Expectation>(),
  }));
  return (frequency, recencyDays, ageDays) => {
    const { year, discounted, byRecency } = ifAlive(frequency, ageDays);
    const found = byRecency.get(recencyDays);
    if (found) return found;
    const history = { frequency, recency: recencyDays / daysPerWeek, age: ageDays / daysPerWeek };
    const there = predictor.alive(history);
    const alive = fit.teller === fit.predictor ? there : teller?.alive(history);
    const expectation = { alive, year: there * year, discounted: there * discounted };
    byRecency.set(recencyDays, expectation);
    return expectation;
  };
}
