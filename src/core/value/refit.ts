import { type Day, daysBetween } from "../calendar.ts";
import { type ValueFit, valueDefinitions } from "./value-fit.ts";

/** Why a fit was made anew. */
export type FitCause = "first" | "schedule" | "drift" | "data" | "definition";

/** A fit this old is made anew: four weeks bring enough purchases to learn from. */
export const scheduleDays = 28;
/** Accounts of the fit's day may come and go by this share, as when two are merged, without a new fit. */
const dataShare = 0.03;
/** Purchases since the fit are off when they are by more than this share of those expected... */
const driftShare = 0.15;
/** ...and by more than so many standard deviations. */
const driftDeviations = 3;
/** Purchases of one account come in bursts: their variance is about so many times their mean. */
const dispersion = 2;

/** What is known of the time since a fit. */
export interface SinceFit {
  readonly asOf: Day;
  /** Whether it has changed what counts as a purchase, or its amount: currency, revenue mode, days of the basis. */
  readonly countsOtherwise: boolean;
  /** As the data have it now: accounts that had bought by the fit's last day, and the first day that anybody did. */
  readonly customersThen: number;
  readonly firstDay: Day | undefined;
  /** Days with a purchase after the fit's last day, of the accounts that it knew; undefined where they were not counted. */
  readonly drift: { readonly expected: number; readonly actual: number } | undefined;
}

/** Why a new fit is needed, the weightiest cause first; undefined where the previous one still holds. */
export function refitCause(previous: ValueFit | undefined, now: SinceFit): FitCause | undefined {
  if (!previous) return "first";
  if (now.countsOtherwise || previous.definitions !== valueDefinitions) return "definition";
  if (isOtherData(previous, now)) return "data";
  if (now.drift && hasDrifted(now.drift)) return "drift";
  return daysBetween(previous.asOf, now.asOf) >= scheduleDays ? "schedule" : undefined;
}

/** Whether an import, an undo or a merge has changed the time that was fitted to. */
function isOtherData(previous: ValueFit, { asOf, customersThen, firstDay }: SinceFit): boolean {
  if (asOf < previous.asOf) return true;
  const change = Math.abs(customersThen - previous.customers);
  if (change > dataShare * Math.max(previous.customers, 1)) return true;
  const days = Math.max(1, daysBetween(previous.firstDay, previous.asOf));
  const moved = firstDay === undefined ? 0 : Math.abs(daysBetween(previous.firstDay, firstDay));
  return moved > dataShare * days;
}

/** Whether purchases differ from what was expected by more than chance explains. */
export function hasDrifted({
  expected,
  actual,
}: {
  readonly expected: number;
  readonly actual: number;
}): boolean {
  const difference = Math.abs(actual - expected);
  const chance = driftDeviations * Math.sqrt(dispersion * expected);
  return difference > chance && difference > driftShare * expected;
}
