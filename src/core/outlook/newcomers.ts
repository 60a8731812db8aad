import { createRandom, drawPoisson, type Random } from "../random.ts";
import type { LifeModel, Lives } from "./lives.ts";
import { allQuarters, type OutlookInput, quartersOfYear, toldQuarters } from "./outlook-input.ts";
import { drawNewcomer, parameterDrawOf, parameterDraws, runs } from "./paths.ts";

/** Newcomers drawn under each draw of the parameters, from whom those of a run are picked. */
const drawnLives = 400;
/** From so many newcomers in a quarter on, picked ones stand for several. */
const mostPicked = 25;

/** How newcomers may go on. Per draw of the parameters; quarters count from the one of the first purchase. */
export interface NewcomerLives {
  /** What a first purchase may be: what newcomers of the last year bought first, drawn again. */
  readonly firsts: readonly Float64Array[];
  /** What each buys after it: `drawnLives` rows of told quarters. */
  readonly repeats: readonly Float64Array[];
  readonly meanFirst: Float64Array;
  /** What one buys after it, on average, and the share of them who are still there. */
  readonly meanRepeats: readonly Float64Array[];
  readonly meanThere: readonly Float64Array[];
}

/** Yields after every draw of the parameters. */
export function* drawNewcomerLives(
  model: LifeModel,
  { firstPurchases, fit }: Pick<OutlookInput, "firstPurchases" | "fit">,
  random: Random,
): Generator<void, NewcomerLives, void> {
  const lives = model.newcomerLives();
  const seen = (firstPurchases.length > 0 ? firstPurchases : [fit.meanPurchase]).map((amount) =>
    Math.max(0, amount),
  );
  const perDraw: ReturnType<typeof drawLives>[] = [];
  for (let parameterDraw = 0; parameterDraw < parameterDraws; parameterDraw += 1) {
    perDraw.push(drawLives(lives, seen, parameterDraw, random));
    yield;
  }
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

function drawLives(lives: Lives, seen: readonly number[], parameterDraw: number, random: Random) {
  const firsts = Float64Array.from(seen, () => seen[Math.floor(random() * seen.length)] ?? 0);
  const repeats = new Float64Array(drawnLives * toldQuarters);
  const meanRepeats = new Float64Array(allQuarters);
  const meanThere = new Float64Array(allQuarters);
  const drawn = { bought: new Float64Array(allQuarters), there: new Float64Array(allQuarters) };
  for (let each = 0; each < drawnLives; each += 1) {
    if (!drawNewcomer(lives, parameterDraw, random, drawn)) continue;
    repeats.set(drawn.bought.subarray(0, toldQuarters), each * toldQuarters);
    for (let quarter = 0; quarter < allQuarters; quarter += 1) {
      meanRepeats[quarter] = (meanRepeats[quarter] ?? 0) + (drawn.bought[quarter] ?? 0) / drawnLives;
      meanThere[quarter] = (meanThere[quarter] ?? 0) + (drawn.there[quarter] ?? 0) / drawnLives;
    }
  }
  return { firsts, repeats, meanRepeats, meanThere };
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
        const row = Math.floor(like * drawnLives) * toldQuarters;
        for (let later = 0; quarter + later < toldQuarters; later += 1)
          repeated[at + later] = (repeated[at + later] ?? 0) + weight * (repeats[row + later] ?? 0);
      }
    }
  }
}
