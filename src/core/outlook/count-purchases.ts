import { drawBeta, drawGamma, drawPoisson, type Random } from "../random.ts";
import type { Life } from "./lives.ts";
import { allQuarters, quartersOfYear, quarterWeeks, toldQuarters } from "./outlook-input.ts";

/** What counts of the quarters to come, as those between two. */
type Spans = readonly (readonly [from: number, until: number])[];

/** All that is told of an account: three years, and the tenth. */
export const toldSpans: Spans = [
  [0, toldQuarters],
  [allQuarters - quartersOfYear, allQuarters],
];
export const allSpans: Spans = [[0, allQuarters]];

/** From here on purchases are counted by the quarter, and no longer placed one by one. */
const manyPurchases = 60;

/**
 * Counts a life's purchases in the quarters of some spans into `counts`; what stands there of other quarters has no meaning.
 *
 * @param offset how far into the first quarter it begins, as a share of it.
 * @returns when it leaves, in quarters from the beginning of the first; infinite where that is after the last.
 */
export function countPurchases(
  life: Life,
  offset: number,
  spans: Spans,
  random: Random,
  counts: Float64Array,
): number {
  counts.fill(0);
  const rate = life.rate * quarterWeeks;
  const most = rate * (allQuarters - offset);
  // Nobody buys so much more often than expected: it leaves with a purchase that does not come.
  if (life.purchases > most + 10 * Math.sqrt(most) + 20)
    return countUntil(offset + life.stay / quarterWeeks, rate, offset, spans, random, counts);
  return life.purchases <= manyPurchases
    ? placeFew(life.purchases, rate, offset, random, counts)
    : countMany(life.purchases, rate, offset, random, counts);
}

/** Purchases that come at any time until somebody leaves. */
function countUntil(
  leaves: number,
  rate: number,
  offset: number,
  spans: Spans,
  random: Random,
  counts: Float64Array,
): number {
  for (const [from, until] of spans) {
    const begins = Math.max(from, offset);
    const time = Math.min(until, leaves) - begins;
    if (time <= 0) break;
    const mean = rate * time;
    if (mean > manyPurchases)
      for (let quarter = from; quarter < Math.min(until, leaves); quarter += 1)
        counts[quarter] = drawPoisson(
          random,
          rate * (Math.min(quarter + 1, leaves) - Math.max(quarter, offset)),
        );
    else place(drawPoisson(random, mean), begins, time, random, counts);
  }
  return leaves < allQuarters ? leaves : Number.POSITIVE_INFINITY;
}

/** The last of so many purchases comes after a time that is gamma distributed, the others anywhere before it. */
function placeFew(
  purchases: number,
  rate: number,
  offset: number,
  random: Random,
  counts: Float64Array,
): number {
  const time = drawGamma(random, purchases) / rate;
  place(purchases - 1, offset, time, random, counts);
  const leaves = offset + time;
  if (!(leaves < allQuarters)) return Number.POSITIVE_INFINITY;
  add(Math.floor(leaves), counts);
  return leaves;
}

/** The same, quarter by quarter until the last one has come. */
function countMany(
  purchases: number,
  rate: number,
  offset: number,
  random: Random,
  counts: Float64Array,
): number {
  let left = purchases;
  for (let quarter = 0; quarter < allQuarters; quarter += 1) {
    const begins = Math.max(quarter, offset);
    const count = drawPoisson(random, rate * (quarter + 1 - begins));
    counts[quarter] = Math.min(count, left);
    // Purchases lie in the time as drawn points do: of so many in order, this one is beta distributed.
    if (count >= left) return begins + (quarter + 1 - begins) * drawBeta(random, left, count - left + 1);
    left -= count;
  }
  return Number.POSITIVE_INFINITY;
}

function place(purchases: number, begins: number, time: number, random: Random, counts: Float64Array): void {
  for (let each = 0; each < purchases; each += 1) add(Math.floor(begins + random() * time), counts);
}

function add(quarter: number, counts: Float64Array): void {
  if (quarter < allQuarters) counts[quarter] = (counts[quarter] ?? 0) + 1;
}
