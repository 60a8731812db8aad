import { addIntegrals, integrals, logDensity, type ParetoNbdParameters } from "./dropout-integrals.ts";
import { finishFit, withoutSignal } from "./finish-fit.ts";
import { fitFromStarts } from "./fit-starts.ts";
import type { Fit, Histories, TransactionModel } from "./model.ts";
import { fitNbd } from "./nbd.ts";
import { paretoNbdBoundary } from "./pareto-nbd-boundary.ts";
import { paretoNbdLikelihood } from "./pareto-nbd-likelihood.ts";
import { missingSignal } from "./purchase-moments.ts";

/**
 * The Pareto/NBD (Schmittlein, Morrison & Colombo 1987): customers buy at rates of their own until they leave, at any
 * time and unseen, at rates of their own.
 */
export function fitParetoNbd(histories: Histories): Fit<ParetoNbdParameters> {
  const missing = missingSignal(histories);
  if (missing) return withoutSignal("pareto-nbd", histories, missing);
  const nobodyLeaves = fitNbd(histories);
  const { r, alpha } = nobodyLeaves.parameters ?? { r: 1, alpha: 1 };
  const longest = histories.age.reduce((most, age) => Math.max(most, age), 0);
  // Customers who leave early, late and hardly ever. Those who stay buy the more, the more others have left.
  const starts = [
    [1.5 * r, alpha, 0.6, longest / 3],
    [1.2 * r, alpha, 2, 4 * longest],
    [r, alpha, 0.01, longest],
  ];
  const climb = fitFromStarts(histories, starts, paretoNbdLikelihood);
  const parameters = parametersOf(climb.x);
  const gain = climb.value - (nobodyLeaves.logLikelihood ?? Number.NEGATIVE_INFINITY);
  const boundary = paretoNbdBoundary(parameters, longest, gain);
  return finishFit({ model: "pareto-nbd", histories, climb, parametersOf, boundary });
}

/**
 * Predictions of the Pareto/NBD, finite for any history. What is expected of anybody from the first purchase on is that
 * of a history of zeros.
 */
export function paretoNbd(parameters: ParetoNbdParameters): TransactionModel {
  const { r, alpha, s, beta } = parameters;
  const sums = new Float64Array(integrals);
  const model: TransactionModel = {
    expected: (history, duration) => model.alive(history) * model.expectedIfAlive(history, duration),
    expectedIfAlive: ({ frequency, age }, duration) =>
      ((r + frequency) / (alpha + age)) * expectedStay(s, beta + age, duration),
    alive({ frequency, recency, age }) {
      sums.fill(0);
      addIntegrals(parameters, frequency, recency, age, sums, 0);
      const fall = logDensity(parameters, frequency, age) - logDensity(parameters, frequency, recency);
      const stayed = Math.exp(fall) * (1 + age / beta);
      return stayed / (stayed + (s / beta) * (sums[0] ?? 0));
    },
  };
  return model;
}

/** How much of the next `duration` a customer who is there now stays: the integral of (1 + y/β)^-s over it. */
function expectedStay(s: number, beta: number, duration: number): number {
  const logarithm = Math.log1p(duration / beta);
  const power = (1 - s) * logarithm;
  return beta * logarithm * (power === 0 ? 1 : Math.expm1(power) / power);
}

function parametersOf([r = 0, alpha = 0, s = 0, beta = 0]: Float64Array): ParetoNbdParameters {
  return { r, alpha, s, beta };
}
