import { type Day, daysBetween } from "../core/calendar.ts";
import { tiers } from "../core/tiers.ts";
import { predictorOf } from "../core/value/forecast.ts";
import { daysPerWeek } from "../core/value/history-columns.ts";
import type { ValueFit } from "../core/value/value-fit.ts";
import type { HistoriesThen } from "./portfolio-histories.ts";
import type { Drift, DriftFigures } from "./values.ts";

/** Sooner, chance is more than any drift. */
const LEAST_DAYS = 14;

/** Whether so much time has gone by since a fit that its drift can be told. */
export function canDrift(fit: ValueFit, asOf: Day): boolean {
  return daysBetween(fit.asOf, asOf) >= LEAST_DAYS;
}

/**
 * How what accounts bought since a fit compares with what it expected of them on its last day, over all and by the tier
 * that they had then.
 */
export function measureDrift(fit: ValueFit, asOf: Day, then: HistoriesThen): Drift {
  const model = predictorOf(fit, fit.asOf);
  const weeks = daysBetween(fit.asOf, asOf) / daysPerWeek;
  const figures = [0, ...tiers].map(() => ({ accounts: 0, expected: 0, actual: 0 }));
  for (const [account, frequency] of then.frequency.entries()) {
    const own = figures[then.tier[account] ?? 0];
    if (!own) continue;
    const [recency, age] = [then.recencyDays[account] ?? 0, then.ageDays[account] ?? 0];
    own.accounts += 1;
    own.expected += model.expected(
      { frequency, recency: recency / daysPerWeek, age: age / daysPerWeek },
      weeks,
    );
    own.actual += then.heldOut[account] ?? 0;
  }
  return {
    since: fit.asOf,
    all: figures.reduce(sum),
    tiers: tiers.flatMap((tier, index) => {
      const own = figures[index + 1];
      return own && own.accounts > 0 ? [{ tier, ...own }] : [];
    }),
  };
}

function sum(left: DriftFigures, right: DriftFigures): DriftFigures {
  return {
    accounts: left.accounts + right.accounts,
    expected: left.expected + right.expected,
    actual: left.actual + right.actual,
  };
}
