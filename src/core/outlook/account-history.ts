import { type Day, daysBetween } from "../calendar.ts";
import type { History } from "../models/model.ts";
import type { AccountHistory } from "../value/value-fit.ts";

/** A history as models have it: in weeks since the first purchase, which is no repeat. */
export function historyIn({ purchaseDays, firstOn, lastOn }: AccountHistory, asOf: Day): History {
  const frequency = Math.max(0, purchaseDays - 1);
  const age = Math.max(0, daysBetween(firstOn, asOf)) / 7;
  const recency = frequency > 0 ? Math.min(age, Math.max(0, daysBetween(firstOn, lastOn)) / 7) : 0;
  return { frequency, recency, age };
}

/** Who has just bought for the first time. */
export const newcomer = { purchaseDays: 1, repeatMinor: 0 };
export const newcomerHistory: History = { frequency: 0, recency: 0, age: 0 };
