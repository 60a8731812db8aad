import type { Random } from "../random.ts";
import { allSpans, countPurchases, toldSpans } from "./count-purchases.ts";
import { emptyLife, type Life, type Lives } from "./lives.ts";
import { allQuarters, quartersOfYear, quarterWeeks, toldQuarters } from "./outlook-input.ts";
import { drawAmount } from "./spend-draws.ts";

/** How often everything is drawn, and under how many draws of the parameters. */
export const runs = 300;
export const parameterDraws = 20;

/** Told quarters, and after them one column of what comes later. */
export const pathColumns = toldQuarters + 1;

/** What came of accounts in every run: a row per run, in it `pathColumns`. Money in minor units. */
export interface Paths {
  /** Customers of today, one value per run. */
  readonly there: Float64Array;
  /** Those of them who left in a quarter; later is until the end of the tenth year. */
  readonly left: Float64Array;
  /** What they bought in it; later is in the tenth year. */
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
  const perQuarter = () => new Float64Array(runs * pathColumns);
  return { there: new Float64Array(runs), left: perQuarter(), bought: perQuarter(), lost: perQuarter() };
}

/** The parameters that hold in a run. */
export function parameterDrawOf(run: number): number {
  return run % parameterDraws;
}

/** Filled anew for every draw. */
const life: Life = emptyLife();
const counts = new Float64Array(allQuarters);

/** Draws what comes of an account in every run, and adds it as often as it counts. */
export function addPaths(lives: Lives, weight: number, random: Random, paths: Paths): GoneShares {
  const { there, left } = paths;
  let [gone, goneIn12, goneIn36] = [0, 0, 0];
  for (let run = 0; run < runs; run += 1) {
    if (!lives.draw(parameterDrawOf(run), random, life)) {
      gone += 1;
      continue;
    }
    there[run] = (there[run] ?? 0) + weight;
    const row = run * pathColumns;
    const leaves = countPurchases(life, 0, toldSpans, random, counts);
    addBought(lives.shape, weight, random, paths.bought, row);
    if (leaves >= allQuarters) continue;
    const column = row + Math.min(Math.floor(leaves), toldQuarters);
    left[column] = (left[column] ?? 0) + weight;
    if (leaves < quartersOfYear) goneIn12 += 1;
    if (leaves < toldQuarters) goneIn36 += 1;
    addLost(leaves, weight, paths.lost, row);
  }
  return { today: gone / runs, in12Months: (gone + goneIn12) / runs, in36Months: (gone + goneIn36) / runs };
}

/** Adds what the counted purchases come to: drawn for each year, and split as they are. */
function addBought(shape: number, weight: number, random: Random, bought: Float64Array, row: number): void {
  for (let from = 0; from < toldQuarters; from += quartersOfYear) {
    const purchases = countedIn(from, quartersOfYear);
    if (purchases === 0) continue;
    const each = (weight * drawAmount(purchases, life.spend, shape, random)) / purchases;
    for (let quarter = from; quarter < from + quartersOfYear; quarter += 1)
      bought[row + quarter] = (bought[row + quarter] ?? 0) + each * (counts[quarter] ?? 0);
  }
  const purchases = countedIn(allQuarters - quartersOfYear, quartersOfYear);
  if (purchases === 0) return;
  const later = row + toldQuarters;
  bought[later] = (bought[later] ?? 0) + weight * drawAmount(purchases, life.spend, shape, random);
}

/** Purchases in so many quarters. */
function countedIn(from: number, quarters: number): number {
  let purchases = 0;
  for (let quarter = from; quarter < from + quarters; quarter += 1) purchases += counts[quarter] ?? 0;
  return purchases;
}

function addLost(leaves: number, weight: number, lost: Float64Array, row: number): void {
  const perQuarter = weight * life.rate * life.spend * quarterWeeks;
  for (let quarter = Math.floor(leaves); quarter < toldQuarters; quarter += 1)
    lost[row + quarter] = (lost[row + quarter] ?? 0) + Math.min(1, quarter + 1 - leaves) * perQuarter;
}

/**
 * Draws what a newcomer buys after the first purchase, by quarter since the one in which it was, into `bought`, and whether
 * it is still there into `there`. Purchases of a life come to one drawn amount that is split as they are.
 *
 * @returns whether there is anything; else neither has a meaning.
 */
export function drawNewcomer(
  lives: Lives,
  parameterDraw: number,
  random: Random,
  { bought, there }: { readonly bought: Float64Array; readonly there: Float64Array },
): boolean {
  if (!lives.draw(parameterDraw, random, life)) return false;
  const leaves = countPurchases(life, random(), allSpans, random, counts);
  const told = countedIn(0, toldQuarters);
  const each = told > 0 ? drawAmount(told, life.spend, lives.shape, random) / told : life.spend;
  for (let quarter = 0; quarter < allQuarters; quarter += 1) {
    bought[quarter] = each * (counts[quarter] ?? 0);
    there[quarter] = quarter < Math.floor(leaves) ? 1 : 0;
  }
  return true;
}
