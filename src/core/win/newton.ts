import { factorise, solve } from "./cholesky.ts";
import { curvatureAt, type Judged, judge, type LogisticTask } from "./logistic-likelihood.ts";

export interface Climb {
  readonly at: Judged;
  readonly iterations: number;
  readonly outcome: ClimbOutcome;
}

export type ClimbOutcome =
  | { readonly kind: "converged" }
  /**
   * Weights without a penalty may have no maximum (`separated`: they tell all rows, or some, for certain) or no single one
   * (`singular`: a column follows from others). Or data are not finite, or the steps were used up.
   */
  | {
      readonly kind: "did-not-converge";
      readonly reason: "separated" | "singular" | "not-finite" | "unfinished";
    };

const [mostIterations, mostHalvings] = [100, 40];
/** The rise in log-likelihood at which the maximum is reached: weights are within a millionth of a standard error of it. */
const flat = 1e-12;
/** A step in log-odds that is larger than this where nothing rises any more is on a long way, or one without end. */
const settled = 1e-3;
/** Share of the promised rise that a step must bring, but for rounding, which is a share of the value. */
const [leastRise, rounding] = [1e-4, 1e-13];
/** A curvature is used again as long as a step leaves less than this of the promised rise. */
const slow = 0.1;

/**
 * Newton's method with backtracking. Since the curvature costs ten times what a gradient does, it is used again while it
 * serves (Shamanskii 1967).
 *
 * @param covariance of a fit to like data: the first curvature, inverted.
 */
export function climb(task: LogisticTask, start: Judged, covariance?: Float64Array): Climb {
  const { columns } = task.design;
  // With every weight penalised there is a maximum, however far away.
  const isOpen = task.penalties.some((penalty, column) => column > 0 && !(penalty > 0));
  let at = start;
  let toStep = covariance && ((gradient: Float64Array) => times(covariance, gradient));
  let before = Number.POSITIVE_INFINITY;
  for (let iterations = 0; iterations < mostIterations; iterations += 1) {
    const isUsed = toStep !== undefined;
    if (!toStep) {
      const factor = factorise(curvatureAt(task, at.predictors), columns);
      if (factor.kind !== "factor") {
        return { at, iterations, outcome: { kind: "did-not-converge", reason: "singular" } };
      }
      toStep = (gradient) => solve(factor.lower, gradient);
    }
    const step = toStep(at.gradient);
    const promised = dot(at.gradient, step);
    const isTooSlow = isUsed && !(promised >= 0 && promised <= slow * before);
    const next = isTooSlow ? undefined : backtrack(task, at, step, promised);
    if (!next) {
      if (!isUsed) return { at, iterations, outcome: { kind: "did-not-converge", reason: "unfinished" } };
      toStep = undefined;
      before = Number.POSITIVE_INFINITY;
      continue;
    }
    const moved = largestDifference(at.predictors, next.predictors);
    at = next;
    before = promised;
    if (promised > flat) continue;
    if (moved <= settled) return { at, iterations: iterations + 1, outcome: { kind: "converged" } };
    if (isOpen) {
      return { at, iterations: iterations + 1, outcome: { kind: "did-not-converge", reason: "separated" } };
    }
  }
  return { at, iterations: mostIterations, outcome: { kind: "did-not-converge", reason: "unfinished" } };
}

/** Halves the step until the value rises enough; undefined where no step does. */
function backtrack(task: LogisticTask, at: Judged, step: Float64Array, promised: number): Judged | undefined {
  for (let width = 1, halvings = 0; halvings <= mostHalvings; width /= 2, halvings += 1) {
    const next = judge(
      task,
      at.weights.map((weight, column) => weight + width * (step[column] ?? 0)),
    );
    const least = at.value + leastRise * width * promised - rounding * (1 + Math.abs(at.value));
    if (next.value >= least && next.gradient.every(Number.isFinite)) return next;
  }
  return undefined;
}

/** A square matrix, row by row, times a vector. */
function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, row) => {
    let sum = 0;
    for (let column = 0; column < size; column += 1) {
      sum += (matrix[row * size + column] ?? 0) * (vector[column] ?? 0);
    }
    return sum;
  });
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < left.length; place += 1) sum += (left[place] ?? 0) * (right[place] ?? 0);
  return sum;
}

function largestDifference(left: Float64Array, right: Float64Array): number {
  let largest = 0;
  for (let place = 0; place < left.length; place += 1) {
    largest = Math.max(largest, Math.abs((left[place] ?? 0) - (right[place] ?? 0)));
  }
  return largest;
}
