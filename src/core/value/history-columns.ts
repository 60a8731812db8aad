import { type Day, daysBetween } from "../calendar.ts";
import type { Seen } from "../models/baselines.ts";

import type { AccountHistory } from "./value-fit.ts";

/** Models count in weeks. */
export const daysPerWeek = 7;

/** Histories of accounts as columns that run in step, in whole days from each account's first purchase. */
export interface HistoryColumns {
  /** Days with a purchase after the first one. */
  readonly frequency: Float64Array;
  /** When the last one was; 0 without one. */
  readonly recencyDays: Float64Array;
  /** How long the account has been looked at; at least the recency. */
  readonly ageDays: Float64Array;
}

/** Besides, what was bought after the first day, net, in minor units. */
export interface SpendColumns extends HistoryColumns {
  readonly repeatMinor: Float64Array;
}

/** One account's entry in such columns, as of a day. */
export interface HistoryEntry {
  readonly frequency: number;
  readonly recencyDays: number;
  readonly ageDays: number;
  readonly repeatMinor: number;
}

export function entryOf(history: AccountHistory, asOf: Day): HistoryEntry {
  const recencyDays = Math.max(0, daysBetween(history.firstOn, history.lastOn));
  return {
    frequency: Math.max(0, history.purchaseDays - 1),
    recencyDays,
    ageDays: Math.max(recencyDays, daysBetween(history.firstOn, asOf)),
    repeatMinor: history.repeatMinor,
  };
}

/** The unit of models. */
export function inWeeks({ frequency, recencyDays, ageDays }: HistoryColumns) {
  const weeks = (days: Float64Array) => days.map((each) => each / daysPerWeek);
  return { frequency, recency: weeks(recencyDays), age: weeks(ageDays) };
}

/** Both the first and the last day count: three days are three, though only two lie between them. */
export function seenIn({ frequency }: HistoryColumns, firstDay: Day, lastDay: Day): Seen {
  return {
    span: (Math.max(0, daysBetween(firstDay, lastDay)) + 1) / daysPerWeek,
    purchases: frequency.reduce((sum, each) => sum + each, 0),
    customers: frequency.length,
  };
}
