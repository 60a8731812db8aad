import { addDays, type Day, daysBetween } from "../calendar.ts";

/** The holdout is a quarter of the time, but no longer than a year: a year is what lifetime values look ahead. */
const [heldOutShare, mostHeldOutDays] = [0.25, 365];
/** In less than sixteen weeks the quarter held out is less than a month, in which chance says more than any model. */
const leastDays = 16 * 7;

/**
 * The last day that models are shown when they are judged by what came after it; undefined where the time from the first
 * purchase to the last day of the data is too short for that.
 */
export function holdoutAfter(firstDay: Day, asOf: Day): Day | undefined {
  const days = daysBetween(firstDay, asOf);
  if (days < leastDays) return undefined;
  return addDays(asOf, -Math.min(mostHeldOutDays, Math.round(days * heldOutShare)));
}
