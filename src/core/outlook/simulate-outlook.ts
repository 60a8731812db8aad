import { createRandom, drawGamma, drawNormal } from "../random.ts";
import { createLifeModel } from "./life-model.ts";
import { drawNewcomerLives, type NewcomerLives } from "./newcomers.ts";
import type { OutlookAccount, OutlookInput, OutlookMethod } from "./outlook-input.ts";
import { addPaths, emptyPaths, type GoneShares, type Paths, parameterDraws, runs } from "./paths.ts";
import { createStreams } from "./streams.ts";

/** A simulated portfolio, from which the outlook and what-ifs are added up. */
export interface SimulatedOutlook {
  readonly method: OutlookMethod;
  readonly seed: string;
  readonly totals: OutlookInput["totals"];
  readonly paths: Paths;
  /** In step with the accounts of the input. */
  readonly gone: readonly (GoneShares & { readonly account: OutlookAccount })[];
  readonly newcomers: NewcomerLives;
  /** Newcomers a year, in each run: what so many last year say of the pace. */
  readonly wonRates: Float64Array;
  /** In each run, how many times as much is bought as the model says: it may be wrong for all accounts at once. */
  readonly levels: Float64Array;
  /** What comes of one account alone; the same as it does among the others. */
  pathsOf(account: OutlookAccount): Paths;
}

/** A model that was further off than this was not a little wrong. */
const mostMisjudged = Math.log(2);

/**
 * Draws what becomes of every account, in 300 runs. Each account has draws of its own, so that it goes on as it does whoever
 * else is there. Yields after every account, for whoever runs it to let others have their turn.
 *
 * @returns undefined where nothing tells who leaves.
 */
export function* simulateOutlook(input: OutlookInput): Generator<void, SimulatedOutlook | undefined, void> {
  const { accounts, totals, seed } = input;
  const random = createRandom(`${seed}/portfolio`);
  const model = createLifeModel(input, parameterDraws, random);
  if (model === undefined) return undefined;
  const perRun = (draw: () => number) => Float64Array.from({ length: runs }, draw);
  const wonRates = perRun(() => drawGamma(random, totals.won));
  const misjudged = misjudgedBy(input, model.method);
  const levels = perRun(() => Math.exp(misjudged * drawNormal(random)));

  const streams = createStreams(seed);
  streams.begin("newcomers");
  const newcomers = drawNewcomerLives(model, input, streams.random);

  const add = (account: OutlookAccount, weight: number, paths: Paths) => {
    streams.begin(account.accountId);
    return addPaths(model.livesOf(account), weight, streams.random, paths);
  };
  const paths = emptyPaths();
  const gone: (GoneShares & { readonly account: OutlookAccount })[] = [];
  for (const account of accounts) {
    gone.push({ account, ...add(account, account.weight, paths) });
    yield;
  }
  return {
    ...{ method: model.method, seed, totals, paths, gone, newcomers, wonRates, levels },
    pathsOf(account) {
      const alone = emptyPaths();
      add(account, 1, alone);
      return alone;
    },
  };
}

/** How far all purchases together were from what the model expected in the time it was not shown: as a logarithm. */
function misjudgedBy({ fit }: OutlookInput, method: OutlookMethod): number {
  if (method.kind !== "model") return 0;
  const holdout = fit.models.find((judged) => judged.fit.model === method.model)?.holdout;
  if (holdout === undefined || !(holdout.predicted > 0 && holdout.actual > 0)) return 0;
  return Math.min(mostMisjudged, Math.abs(Math.log(holdout.actual / holdout.predicted)));
}
