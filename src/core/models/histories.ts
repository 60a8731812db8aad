import type { Histories } from "./model.ts";
import {
  type Bought,
  boughtUntil,
  listPurchases,
  type Purchase,
  type PurchaseLists,
} from "./purchase-lists.ts";

const daysPer = { day: 1, week: 7 } as const;

interface Looking {
  /** The last day that models are shown. */
  readonly until: number;
  /** The last day of the holdout; without one there is none. */
  readonly end?: number;
  readonly unit: keyof typeof daysPer;
}

/** Customers who bought on or before the last day that models are shown, in order of their first row; all lists run in step. */
export interface CustomerHistories {
  readonly ids: readonly string[];
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  /** Of all repeat purchases; 0 where no amounts were given. */
  readonly repeatAmount: Float64Array;
  /** Days with a purchase in the holdout. */
  readonly heldOut: Float64Array;
  /** The same without ids and with equal ones as one, sorted by frequency, recency and age. */
  readonly collapsed: Histories;
}

/** The histories of all customers, from purchases in any order; several on one day are one. */
export function createHistories(purchases: Iterable<Purchase>, looking: Looking): CustomerHistories {
  return historiesOf(listPurchases(purchases), looking);
}

/** The same from lists. */
export function historiesOf(
  purchases: PurchaseLists,
  { until, end = until, unit }: Looking,
): CustomerHistories {
  const bought = boughtUntil(purchases, until);
  const { ids, firstDay } = bought;
  const [frequency, recency, age] = [zeros(ids.length), zeros(ids.length), zeros(ids.length)];
  const heldOut = zeros(ids.length);
  forEachDay(bought, end, (customer, day) => {
    const first = firstDay[customer] ?? 0;
    age[customer] = until - first;
    if (day > until) heldOut[customer] = (heldOut[customer] ?? 0) + 1;
    else if (day > first) {
      frequency[customer] = (frequency[customer] ?? 0) + 1;
      recency[customer] = day - first;
    }
  });
  const collapsed = collapse(frequency, recency, age, daysPer[unit]);
  const inUnit = (days: Float64Array) => days.map((each) => each / daysPer[unit]);
  return {
    ...{ ids, frequency, recency: inUnit(recency), age: inUnit(age) },
    ...{ repeatAmount: repeatAmounts(bought, until), heldOut, collapsed },
  };
}

/** Every day on which a customer bought, once; each customer's days in order. */
function forEachDay(bought: Bought, end: number, see: (customer: number, day: number) => void): void {
  const start = smallest(bought.firstDay);
  const span = end - start + 1;
  // One number per customer and day: sorting numbers is many times quicker than sorting rows.
  const keys = zeros(bought.days.length);
  for (let at = 0; at < keys.length; at += 1) {
    const day = bought.days[at] ?? 0;
    keys[at] = day > end ? -1 : (bought.customers[at] ?? 0) * span + (day - start);
  }
  keys.sort();
  let last = -1;
  for (const key of keys) {
    if (key === last) continue;
    last = key;
    see(Math.floor(key / span), (key % span) + start);
  }
}

function repeatAmounts({ ids, firstDay, customers, days, amounts }: Bought, until: number): Float64Array {
  const sums = zeros(ids.length);
  for (let at = 0; at < days.length; at += 1) {
    const [customer = 0, day = 0] = [customers[at], days[at]];
    if (day > (firstDay[customer] ?? 0) && day <= until)
      sums[customer] = (sums[customer] ?? 0) + (amounts[at] ?? 0);
  }
  return sums;
}

/** From histories in days; the whole numbers stay exact up to frequencies of thousands over two thousand years. */
export function collapse(
  frequency: Float64Array,
  recency: Float64Array,
  age: Float64Array,
  daysPerUnit: number,
): Histories {
  const span = age.reduce((most, each) => Math.max(most, each), 0) + 1;
  const keys = frequency.map((each, at) => (each * span + (recency[at] ?? 0)) * span + (age[at] ?? 0)).sort();
  const distinct = keys.filter((key, at) => key !== keys[at - 1]);
  const customers = zeros(distinct.length);
  let place = 0;
  for (const key of keys) {
    if (key !== distinct[place]) place += 1;
    customers[place] = (customers[place] ?? 0) + 1;
  }
  return {
    frequency: distinct.map((key) => Math.floor(key / (span * span))),
    recency: distinct.map((key) => (Math.floor(key / span) % span) / daysPerUnit),
    age: distinct.map((key) => (key % span) / daysPerUnit),
    customers,
    total: frequency.length,
  };
}

function smallest(values: Int32Array): number {
  return values.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
}

function zeros(size: number): Float64Array {
  return new Float64Array(size);
}
