import { createRandom, drawPoisson, type Random } from "../random.ts";
import type { LifeModel } from "./lives.ts";
import { allQuarters, type OutlookInput, quartersOfYear, toldQuarters } from "./outlook-input.ts";
import { drawNewcomer, parameterDrawOf, parameterDraws, runs } from "./paths.ts";

/** Newcomers drawn under each draw of the parameters, from whom those of a run are picked. */
const drawnLives = 100;
/** From so many newcomers in a quarter on, picked ones stand for several. */
const mostPicked = 25;

/** How newcomers may go on. Per draw of the parameters; quarters count from the one of the first purchase. */
export interface NewcomerLives {
  /** What a first purchase may be: what newcomers of the last year bought first, drawn again. */
  readonly firsts: readonly Float64Array[];
  /** What each buys after it: `drawnLives` rows of quarters. */
  readonly repeats: readonly Float64Array[];
  readonly meanFirst: Float64Array;
  /** What one buys after it, on average, and the share of them who are still there. */
  readonly meanRepeats: readonly Float64Array[];
  readonly meanThere: readonly Float64Array[];
}

export function drawNewcomerLives(
  model: LifeModel,
  { firstPurchases, fit }: Pick<OutlookInput, "firstPurchases" | "fit">,
  random: Random,
): NewcomerLives {
  const lives = model.newcomerLives();
  const seen = (firstPurchases.length > 0 ? firstPurchases : [fit.meanPurchase]).map((amount) =>
    Math.max(0, amount),
  );
  const perDraw = Array.from({ length: parameterDraws }, (_, parameterDraw) => {
    const firsts = Float64Array.from(seen, () => seen[Math.floor(random() * seen.length)] ?? 0);
    const repeats = new Float64Array(drawnLives * allQuarters);
    const there = new Float64Array(drawnLives * allQuarters);
    for (let each = 0; each < drawnLives; each += 1) {
      const [from, to] = [each * allQuarters, (each + 1) * allQuarters];
      drawNewcomer(lives, parameterDraw, random, repeats.subarray(from, to), there.subarray(from, to));
    }
    return { firsts, repeats, meanRepeats: meanByQuarter(repeats), meanThere: meanByQuarter(there) };
  });
  return {
    firsts: perDraw.map(({ firsts }) => firsts),
    repeats: perDraw.map(({ repeats }) => repeats),
    meanFirst: Float64Array.from(
      perDraw,
      ({ firsts }) => firsts.reduce((sum, each) => sum + each, 0) / firsts.length,
    ),
    meanRepeats: perDraw.map(({ meanRepeats }) => meanRepeats),
    meanThere: perDraw.map(({ meanThere }) => meanThere),
  };
}

function meanByQuarter(rows: Float64Array): Float64Array {
  const means = new Float64Array(allQuarters);
  for (let row = 0; row < rows.length; row += allQuarters)
    for (let quarter = 0; quarter < allQuarters; quarter += 1)
      means[quarter] = (means[quarter] ?? 0) + (rows[row + quarter] ?? 0) / drawnLives;
  return means;
}

/** Those who come within the told quarters: a row of quarters per run. */
export interface Newcomers {
  readonly won: Float64Array;
  /** What they buy first, and after that. */
  readonly first: Float64Array;
  readonly repeated: Float64Array;
}

/**
 * Newcomers at so many times the pace of the last year. Those of a slower pace are among those of a faster one, so that less
 * acquisition never brings more.
 *
 * @param wonRates newcomers a year, in each run.
 */
export function drawNewcomers(
  lives: NewcomerLives,
  wonRates: Float64Array,
  pace: number,
  seed: string,
): Newcomers {
  const perQuarter = () => new Float64Array(runs * toldQuarters);
  const newcomers = { won: perQuarter(), first: perQuarter(), repeated: perQuarter() };
  for (let times = 0; times < pace; times += 1)
    addNewcomers(
      lives,
      wonRates,
      Math.min(1, pace - times),
      createRandom(`${seed}/newcomers/${times}`),
      newcomers,
    );
  return newcomers;
}

function addNewcomers(
  lives: NewcomerLives,
  wonRates: Float64Array,
  share: number,
  random: Random,
  { won, first, repeated }: Newcomers,
): void {
  for (let run = 0; run < runs; run += 1) {
    const firsts = lives.firsts[parameterDrawOf(run)] ?? new Float64Array();
    const repeats = lives.repeats[parameterDrawOf(run)] ?? new Float64Array();
    for (let quarter = 0; quarter < toldQuarters; quarter += 1) {
      const count = drawPoisson(random, (wonRates[run] ?? 0) / quartersOfYear);
      const picked = Math.min(count, mostPicked);
      for (let each = 0; each < picked; each += 1) {
        const [mark, own, like] = [random(), random(), random()];
        const weight = (count / picked) * (count > mostPicked ? share : mark < share ? 1 : 0);
        const at = run * toldQuarters + quarter;
        won[at] = (won[at] ?? 0) + weight;
        first[at] = (first[at] ?? 0) + weight * (firsts[Math.floor(own * firsts.length)] ?? 0);
        const row = Math.floor(like * drawnLives) * allQuarters;
        for (let later = 0; quarter + later < toldQuarters; later += 1)
          repeated[at + later] = (repeated[at + later] ?? 0) + weight * (repeats[row + later] ?? 0);
      }
    }
  }
}
