import type { Design } from "../win/design.ts";
import { fitLogistic, weightCovariance } from "../win/logistic.ts";

/** Enough to tell how far the levels of a feature lie apart. */
const mostRows = 20_000;
const mostRounds = 15;
/** A faint belief that weights are about ±.14: a feature is never quite left out, so that its doubt stays. */
const [beliefCount, beliefSquares] = [1, 0.02];

/**
 * A penalty of each column, the same for all of one feature: the one under which what came is most likely, whatever the weights
 * are (MacKay 1992, at each round by the curvature at the weights). A feature that tells nothing is drawn to nothing, one that
 * tells much is hardly held back.
 *
 * @param features by column, which feature it is of; -1 for the intercept.
 */
export function choosePenalties(design: Design, won: Uint8Array, features: readonly number[]): Float64Array {
  const step = Math.max(1, Math.ceil(design.rows / mostRows));
  const rows = Int32Array.from({ length: Math.ceil(design.rows / step) }, (_, at) => at * step);
  let penalty = new Float64Array(design.columns).fill(1);
  let weights: Float64Array | undefined;
  // Few rows stand for many: the penalty is of the weights, and does not depend on how many rows there are.
  for (let round = 0; round < mostRounds; round += 1) {
    const fit = fitLogistic(design, won, { penalty, rows, ...(weights && { start: { weights } }) });
    weights = fit.weights;
    const covariance = weightCovariance(design, weights, { penalty, rows });
    if (!covariance || fit.outcome.kind === "one-outcome") break;
    const next = nextPenalties(weights, covariance, penalty, features);
    const moved = Math.max(
      ...next.map((value, column) => Math.abs(Math.log(value / (penalty[column] ?? 1)))),
    );
    penalty = next;
    if (moved < 0.05) break;
  }
  return penalty;
}

function nextPenalties(
  weights: Float64Array,
  covariance: Float64Array,
  penalty: Float64Array,
  features: readonly number[],
): Float64Array<ArrayBuffer> {
  const size = weights.length;
  const [told, squares] = [new Map<number, number>(), new Map<number, number>()];
  for (const [column, feature] of features.entries()) {
    const free = 1 - (penalty[column] ?? 0) * (covariance[column * size + column] ?? 0);
    told.set(feature, (told.get(feature) ?? 0) + Math.max(0, free));
    squares.set(feature, (squares.get(feature) ?? 0) + (weights[column] ?? 0) ** 2);
  }
  return Float64Array.from(features, (feature) => {
    return ((told.get(feature) ?? 0) + beliefCount) / ((squares.get(feature) ?? 0) + beliefSquares);
  });
}
