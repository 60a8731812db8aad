import { drawPoisson, type Random } from "../random.ts";
import { emptyLife, end, type Lives } from "./lives.ts";
import { allQuarters, quartersOfYear, quarterWeeks, toldQuarters } from "./outlook-input.ts";
import { drawAmount } from "./spend-draws.ts";

/** How often everything is drawn, and under how many draws of the parameters. */
export const runs = 300;
export const parameterDraws = 20;

/** What came of accounts in every run: a row per run, in it a value per quarter. Money in minor units. */
export interface Paths {
  /** Customers of today, one value per run. */
  readonly there: Float64Array;
  /** Those of them who left in a quarter. */
  readonly left: Float64Array;
  /** What they bought in it. */
  readonly bought: Float64Array;
  /** What those who had left would have bought in it; told quarters only. */
  readonly lost: Float64Array;
}

/** The share of the runs in which an account was gone. */
export interface GoneShares {
  readonly today: number;
  readonly in12Months: number;
  readonly in36Months: number;
}

export function emptyPaths(): Paths {
  const perQuarter = () => new Float64Array(runs * allQuarters);
  return { there: new Float64Array(runs), left: perQuarter(), bought: perQuarter(), lost: perQuarter() };
}

/** The parameters that hold in a run. */
export function parameterDrawOf(run: number): number {
  return run % parameterDraws;
}

const lastYear = allQuarters - quartersOfYear;
/** Filled anew for every draw. */
const life = emptyLife();
const counts = new Int32Array(allQuarters);

/** Draws what comes of an account in every run, and adds it as often as it counts. */
export function addPaths(lives: Lives, weight: number, random: Random, paths: Paths): GoneShares {
  const { there, left, bought, lost } = paths;
  let [gone, goneIn12, goneIn36] = [0, 0, 0];
  for (let run = 0; run < runs; run += 1) {
    lives.draw(parameterDrawOf(run), random, life);
    if (!life.isThere) {
      gone += 1;
      continue;
    }
    there[run] = (there[run] ?? 0) + weight;
    const row = run * allQuarters;
    const leftIn = countPurchases(0, random);
    for (let from = 0; from < allQuarters; from += quartersOfYear)
      // Of the time between the third year and the tenth nothing is told.
      if (from < toldQuarters || from === lastYear) addYear(from, lives.shape, weight, random, bought, row);
    if (leftIn >= allQuarters) continue;
    left[row + leftIn] = (left[row + leftIn] ?? 0) + weight;
    if (leftIn < quartersOfYear) goneIn12 += 1;
    if (leftIn < toldQuarters) goneIn36 += 1;
    const perQuarter = weight * life.rate * life.spend * quarterWeeks;
    for (let quarter = leftIn; quarter < toldQuarters; quarter += 1) {
      const share = Math.min(1, quarter + 1 - life.leavesAfter / quarterWeeks);
      lost[row + quarter] = (lost[row + quarter] ?? 0) + share * perQuarter;
    }
  }
  return { today: gone / runs, in12Months: (gone + goneIn12) / runs, in36Months: (gone + goneIn36) / runs };
}

/** Adds what the counted purchases of a year come to: drawn for the year, and split as they are. */
function addYear(
  from: number,
  shape: number,
  weight: number,
  random: Random,
  bought: Float64Array,
  row: number,
): void {
  let purchases = 0;
  for (let quarter = from; quarter < from + quartersOfYear; quarter += 1) purchases += counts[quarter] ?? 0;
  if (purchases === 0) return;
  const each = (weight * drawAmount(purchases, life.spend, shape, random)) / purchases;
  for (let quarter = from; quarter < from + quartersOfYear; quarter += 1)
    bought[row + quarter] = (bought[row + quarter] ?? 0) + each * (counts[quarter] ?? 0);
}

/** From here on purchases are counted by the quarter, and no longer placed one by one. */
const manyPurchases = 60;

/**
 * Counts a life's purchases by quarter into `counts`.
 *
 * @param offset how far into the first quarter it begins, in weeks.
 * @returns the quarter in which it leaves; `allQuarters` where it stays.
 */
function countPurchases(offset: number, random: Random): number {
  const { purchases, rate, leavesAfter, leavesBuying } = life;
  counts.fill(0);
  const span = Math.min(leavesAfter, end);
  if (purchases <= manyPurchases)
    for (let each = 0; each < purchases; each += 1) {
      const quarter = Math.floor((offset + random() * span) / quarterWeeks);
      if (quarter < allQuarters) counts[quarter] = (counts[quarter] ?? 0) + 1;
    }
  else
    for (let quarter = 0; quarter < allQuarters; quarter += 1) {
      const from = Math.max(0, quarter * quarterWeeks - offset);
      const until = Math.min(span, (quarter + 1) * quarterWeeks - offset);
      if (until > from) counts[quarter] = drawPoisson(random, rate * (until - from));
    }
  const leftIn = Math.min(allQuarters, Math.floor((offset + leavesAfter) / quarterWeeks));
  if (leavesBuying && leftIn < allQuarters) counts[leftIn] = (counts[leftIn] ?? 0) + 1;
  return leftIn;
}

/** What a newcomer buys after the first purchase, by quarter since the one in which it was, into `bought`; and how long it stays, into `there`. */
export function drawNewcomer(
  lives: Lives,
  parameterDraw: number,
  random: Random,
  bought: Float64Array,
  there: Float64Array,
): void {
  lives.draw(parameterDraw, random, life);
  if (!life.isThere) return;
  const leftIn = countPurchases(random() * quarterWeeks, random);
  for (let quarter = 0; quarter < allQuarters; quarter += 1) {
    bought[quarter] = drawAmount(counts[quarter] ?? 0, life.spend, lives.shape, random);
    if (quarter < leftIn) there[quarter] = 1;
  }
}
