import { factorise, invert } from "./cholesky.ts";
import type { Design } from "./design.ts";
import {
  countOutcomes,
  curvatureAt,
  type Judged,
  judge,
  type LogisticRows,
  predictorsAt,
} from "./logistic-likelihood.ts";
import { type ClimbOutcome, climb } from "./newton.ts";

export interface LogisticOptions {
  /** λ in λ/2 · w², the same for every column or one for each; the intercept has none, whatever is said here. */
  readonly penalty: number | Float64Array;
  /** The rows to learn from; all without. One may be there twice. */
  readonly rows?: Int32Array;
  /** How much each row of the design counts, 0 or more; all alike without. */
  readonly rowWeights?: ArrayLike<number>;
  /** Log-odds of each row of the design that are known and have no weight. */
  readonly offsets?: ArrayLike<number>;
  /** Of a fit to like data. With its covariance too, a fit to nearly the same rows needs no curvature of its own. */
  readonly start?: { readonly weights: Float64Array; readonly covariance?: Float64Array };
}

/** Weights are finite whatever the outcome. */
export interface LogisticFit {
  /** By column. */
  readonly weights: Float64Array;
  /** Without what the weights cost; undefined where it cannot be computed. */
  readonly logLikelihood: number | undefined;
  readonly iterations: number;
  readonly outcome: LogisticOutcome;
}

export type LogisticOutcome =
  | ClimbOutcome
  /** All rows ended alike, or there are none: the weights say so, short of certainty (Jeffreys), for every row. */
  | { readonly kind: "one-outcome" };

/**
 * Ridge logistic regression: the maximum of the log-likelihood − Σ λ/2 · w² (le Cessie & van Houwelingen 1992). With λ > 0
 * there is one, whatever the data; it is found where numbers are of about the same size.
 *
 * @param outcomes by row of the design: 0, 1, or a share.
 */
export function fitLogistic(
  design: Design,
  outcomes: ArrayLike<number>,
  options: LogisticOptions,
): LogisticFit {
  const task = { ...rowsOf(design, options), outcomes };
  const { total, won } = countOutcomes(task);
  const isOneSided = !(won > 0 && won < total);
  const share = isOneSided ? (won + 0.5) / (total + 1) : won / total;
  const flatWeights = new Float64Array(design.columns);
  flatWeights[0] = Number.isFinite(share) ? Math.log(share / (1 - share)) : 0;
  const simplest = judge(task, flatWeights);
  if (!Number.isFinite(simplest.value) || !simplest.gradient.every(Number.isFinite)) {
    return fitOf(simplest, 0, { kind: "did-not-converge", reason: "not-finite" });
  }
  if (isOneSided) return fitOf(simplest, 0, { kind: "one-outcome" });
  const started = options.start && judge(task, options.start.weights.slice());
  // From a start that is worse than none, the way may be long.
  const isHelped = started !== undefined && started.value >= simplest.value;
  const { at, iterations, outcome } = isHelped
    ? climb(task, started, options.start?.covariance)
    : climb(task, simplest);
  return fitOf(at, iterations, outcome);
}

/**
 * The covariance of the weights of a fit, given the penalty: the inverse of the curvature, row by row. It is asked for apart
 * from the fit, since it costs about as much. Undefined where the data leave a weight open.
 */
export function weightCovariance(
  design: Design,
  weights: Float64Array,
  options: Omit<LogisticOptions, "start">,
): Float64Array | undefined {
  const rows = rowsOf(design, options);
  const factor = factorise(curvatureAt(rows, predictorsAt(rows, weights)), design.columns);
  return factor.kind === "factor" ? invert(factor.lower, design.columns) : undefined;
}

function rowsOf(design: Design, options: LogisticOptions): LogisticRows {
  const { penalty, rows, rowWeights, offsets } = options;
  const penalties = new Float64Array(design.columns).map((_, column) =>
    column === 0 ? 0 : typeof penalty === "number" ? penalty : (penalty[column] ?? 0),
  );
  return {
    design,
    penalties,
    ...(rows && { rows }),
    ...(rowWeights && { rowWeights }),
    ...(offsets && { offsets }),
  };
}

function fitOf(at: Judged, iterations: number, outcome: LogisticOutcome): LogisticFit {
  const logLikelihood = Number.isFinite(at.logLikelihood) ? at.logLikelihood : undefined;
  return { weights: at.weights, logLikelihood, iterations, outcome };
}
