import { gammaGammaLikelihood, type Spends } from "./gamma-gamma-likelihood.ts";
import { type Maximum, maximise, type ValueAndGradient } from "./maximise.ts";

/** Of more entries, starts are tried on every so many-th. */
const sampleSize = 5_000;
const maxIterations = 300;
/** `p`, `q` and `v` for amounts around 1: purchases differ, customers differ, neither does much, both do widely. */
const starts = [
  [1.5, 6, 4],
  [6, 2.5, 0.4],
  [20, 20, 1],
  [0.5, 0.7, 1],
];
/** Of the steps in `v` over all customers: the first one and the longest, in its logarithm. */
const [firstStep, longestStep] = [0.01, 0.5];
const mostSteps = 30;
/** Done where the slope is below the first share of the value; converged where it is below the second. */
const [flat, flatEnough] = [1e-9, 1e-6];

/**
 * The highest likelihood over `p`, `q` and `v`, from several starts on a sample and from the best of them on over all.
 *
 * @param spends with amounts around 1.
 */
export function searchGammaGamma(spends: Spends, likelihood: ValueAndGradient): Maximum {
  const stride = Math.ceil(spends.frequency.length / sampleSize);
  const valueAndGradient = stride > 1 ? gammaGammaLikelihood(sample(spends, stride)) : likelihood;
  const best = starts
    .map((start) => maximise({ start, valueAndGradient, maxIterations }))
    .reduce((highest, each) => (each.value > highest.value ? each : highest));
  return stride > 1 ? climbByScale(likelihood, best.x) : best;
}

/**
 * Goes on with all customers by steps of `v` alone, each to where the slope would be 0 if it were a line: the best `p` and
 * `q` for a `v` follow from sums over frequencies, so that few steps look at every customer.
 */
function climbByScale(likelihood: ValueAndGradient, [p = 1, q = 1, v = 1]: Float64Array): Maximum {
  let logarithm = Math.log(v);
  let best = bestShapes(likelihood, [p, q], v);
  let step = Math.sign(best.slope) * firstStep;
  let iterations = 0;
  for (; iterations < mostSteps && Math.abs(best.slope) > flat * Math.abs(best.value); iterations += 1) {
    const next = bestShapes(likelihood, best.shapes, Math.exp(logarithm + step));
    const bend = (best.slope - next.slope) / step;
    logarithm += step;
    best = next;
    const towards = bend > 0 ? best.slope / bend : Math.sign(best.slope) * longestStep;
    step = Math.min(Math.max(towards, -longestStep), longestStep);
  }
  const gradientNorm = Math.abs(best.slope);
  return {
    x: Float64Array.of(...best.shapes, Math.exp(logarithm)),
    value: best.value,
    iterations,
    isConverged: gradientNorm <= flatEnough * Math.abs(best.value),
    gradientNorm,
  };
}

/** The best `p` and `q` for a `v`, sought from others, and the slope by the logarithm of `v` there. */
function bestShapes(likelihood: ValueAndGradient, start: readonly number[], v: number) {
  const slopes = new Float64Array(3);
  const valueAt = ([p = 1, q = 1]: Iterable<number>) => likelihood(Float64Array.of(p, q, v), slopes);
  const valueAndGradient: ValueAndGradient = (shapes, gradient) => {
    const value = valueAt(shapes);
    gradient.set(slopes.subarray(0, 2));
    return value;
  };
  const { x } = maximise({ start, valueAndGradient, maxIterations });
  return { shapes: [...x], value: valueAt(x), slope: (slopes[2] ?? 0) * v };
}

function sample({ frequency, meanAmount, customers }: Spends, stride: number): Spends {
  const pick = (values: Float64Array) => values.filter((_, index) => index % stride === 0);
  return { frequency: pick(frequency), meanAmount: pick(meanAmount), customers: pick(customers) };
}
