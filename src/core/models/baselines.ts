import type { History } from "./model.ts";

/** What a model has to beat: guesses that take no model. */
export const baselineNames = ["same-as-calibration", "nobody-buys-again", "everybody-buys-the-mean"] as const;
export type BaselineName = (typeof baselineNames)[number];

/** What a guess needs to know of the time that the model saw, in the unit of the histories. */
export interface Seen {
  /** From the first purchase of anybody to the end of looking. */
  readonly span: number;
  /** Of all customers, repeat purchases in that time. */
  readonly purchases: number;
  readonly customers: number;
}

/**
 * How many purchases each baseline expects of a customer in the `duration` after what was seen. "Same as calibration" is in
 * proportion to the whole span and not to the customer's own age: who came last week and bought twice is not
 * expected to buy a hundred times a year.
 */
export function createBaselines(
  { span, purchases, customers }: Seen,
  duration: number,
): Readonly<Record<BaselineName, (history: History) => number>> {
  const share = span > 0 ? duration / span : 0;
  const mean = customers > 0 ? (purchases / customers) * share : 0;
  return {
    "same-as-calibration": ({ frequency }) => frequency * share,
    "nobody-buys-again": () => 0,
    "everybody-buys-the-mean": () => mean,
  };
}
