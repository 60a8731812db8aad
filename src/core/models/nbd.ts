import { nbdBoundary } from "./boundaries.ts";
import { finishFit, withoutSignal } from "./finish-fit.ts";
import { fitFromStarts } from "./fit-starts.ts";
import { createNbdLikelihood } from "./likelihoods.ts";
import type { Fit, Histories, History, TransactionModel } from "./model.ts";
import { countChances, type NbdParameters } from "./purchase-counts.ts";
import { missingSignal, nbdByMoments } from "./purchase-moments.ts";

/** Also says how the purchases of new customers are spread. */
export interface CountModel extends TransactionModel {
  /** The chance that somebody buys exactly so often again in the `duration` after the first purchase. */
  chanceOf(count: number, duration: number): number;
}

/** The negative binomial model (Ehrenberg 1959): everybody buys at a rate of their own, and nobody ever leaves. */
export function fitNbd(histories: Histories): Fit<NbdParameters> {
  const missing = missingSignal(histories);
  if (missing) return withoutSignal("nbd", histories, missing);
  const { r, alpha } = nbdByMoments(histories);
  const starts = [
    [r, alpha],
    [1, alpha / r],
  ];
  const climb = fitFromStarts(histories, starts, createNbdLikelihood);
  const parameters = parametersOf(climb.x);
  return finishFit({ model: "nbd", histories, climb, parametersOf, boundary: nbdBoundary(parameters) });
}

function parametersOf([r = 0, alpha = 0]: Float64Array): NbdParameters {
  return { r, alpha };
}

/** Nobody leaves, so that everybody is alive for certain. */
export function nbd(parameters: NbdParameters): CountModel {
  const { r, alpha } = parameters;
  const expected = ({ frequency, age }: Pick<History, "frequency" | "age">, duration: number) =>
    ((r + frequency) / (alpha + age)) * duration;
  return {
    ...{ expected, expectedIfAlive: expected },
    alive: () => 1,
    chanceOf: (count, duration) => countChances(parameters, count, duration).exactly,
  };
}
