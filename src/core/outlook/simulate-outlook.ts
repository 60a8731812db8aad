import { createRandom, drawGamma, drawNormal, type Random } from "../random.ts";
import { type Acquisition, acquisitionOf, acquisitionSpan } from "./acquisition.ts";
import { createLifeModel } from "./life-model.ts";
import type { LifeModel } from "./lives.ts";
import { drawNewcomerLives, type NewcomerLives } from "./newcomers.ts";
import type { OutlookAccount, OutlookInput, OutlookMethod } from "./outlook-input.ts";
import { addPaths, emptyPaths, type GoneShares, type Paths, parameterDraws, runs } from "./paths.ts";
import { createStreams } from "./streams.ts";

/** What becomes of customers of today. */
export interface SimulatedCustomers {
  readonly method: OutlookMethod;
  readonly paths: Paths;
  /** In step with the accounts of the input. */
  readonly gone: readonly (GoneShares & { readonly account: OutlookAccount })[];
  /** In each run, how many times as much is bought as the model says: it may be wrong for all accounts at once. */
  readonly levels: Float64Array;
  /** What comes of one account alone; the same as it does among the others. */
  pathsOf(account: OutlookAccount): Paths;
}

/** A simulated portfolio, from which the outlook and what-ifs are added up. */
export interface SimulatedOutlook extends SimulatedCustomers {
  readonly seed: string;
  readonly totals: OutlookInput["totals"];
  /** Undefined where it cannot be told who is new; then nobody comes. */
  readonly acquisition: Acquisition | undefined;
  readonly newcomers: NewcomerLives;
  /** Newcomers a year, in each run: what so many in the acquisition span say of the pace. */
  readonly wonRates: Float64Array;
}

/** A model that was further off than this was not a little wrong. */
const mostMisjudged = Math.log(2);

/**
 * Draws what becomes of every account and of newcomers, in 300 runs. Yields after every account, for whoever runs it to let
 * others have their turn.
 *
 * @returns undefined where nothing tells who leaves.
 */
export function* simulateOutlook(input: OutlookInput): Generator<void, SimulatedOutlook | undefined, void> {
  const { totals, seed } = input;
  const random = createRandom(`${seed}/portfolio`);
  const model = createLifeModel(input, parameterDraws, random);
  if (model === undefined) return undefined;
  const span = acquisitionSpan(input.fit.firstDay, input.asOf);
  const acquisition = span && acquisitionOf(span, totals.won);
  const wonRates = perRun(() => (acquisition ? drawGamma(random, acquisition.won) / acquisition.years : 0));
  const customers = yield* simulateCustomers(input, model, random);
  const streams = createStreams(seed);
  streams.begin("newcomers");
  const newcomers = yield* drawNewcomerLives(model, input, streams.random);
  return { ...customers, seed, totals, acquisition, wonRates, newcomers };
}

/** Each account has draws of its own, so that it goes on as it does whoever else is there. */
export function* simulateCustomers(
  input: OutlookInput,
  model: LifeModel,
  random: Random,
): Generator<void, SimulatedCustomers, void> {
  const misjudged = misjudgedBy(input, model.method);
  const levels = perRun(() => Math.exp(misjudged * drawNormal(random)));
  const streams = createStreams(input.seed);
  const add = (account: OutlookAccount, weight: number, paths: Paths) => {
    streams.begin(account.accountId);
    return addPaths(model.livesOf(account), weight, streams.random, paths);
  };
  const paths = emptyPaths();
  const gone: (GoneShares & { readonly account: OutlookAccount })[] = [];
  for (const account of input.accounts) {
    gone.push({ account, ...add(account, account.weight, paths) });
    yield;
  }
  return {
    ...{ method: model.method, paths, gone, levels },
    pathsOf(account) {
      const alone = emptyPaths();
      add(account, 1, alone);
      return alone;
    },
  };
}

function perRun(draw: () => number): Float64Array {
  return Float64Array.from({ length: runs }, draw);
}

/** How far all purchases together were from what the model expected in the time it was not shown: as a logarithm. */
function misjudgedBy({ fit }: OutlookInput, method: OutlookMethod): number {
  if (method.kind !== "model") return 0;
  const holdout = fit.models.find((judged) => judged.fit.model === method.model)?.holdout;
  if (holdout === undefined || !(holdout.predicted > 0 && holdout.actual > 0)) return 0;
  return Math.min(mostMisjudged, Math.abs(Math.log(holdout.actual / holdout.predicted)));
}
