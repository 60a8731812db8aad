import { curvatureOf, entry, resetTo, update } from "./inverse-curvature.ts";

/** Logarithms of parameters stay within these, about 1e-12 to 1e12. */
const reach = 27.6;
/** No logarithm moves further in one iteration. */
const longestStep = 1;
/** Share of the promised rise that a step must bring. */
const leastRise = 1e-4;
/** Shares of the value: the largest slope at which climbing ends, and that at which an end for want of digits is a maximum. */
const [flat, flatEnough] = [1e-9, 1e-6];
/** Shares of the value: a rise that drowns in rounding, and the largest slope at which its promise is believed. */
const [lost, flatToLose] = [1e-13, 1e-7];

/**
 * The value at `x`, with its derivatives by each `x` written to `gradient`. May be `NaN` or infinite where it cannot be
 * computed: such points are avoided.
 */
export type ValueAndGradient = (x: Float64Array, gradient: Float64Array) => number;

export interface Maximum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly isConverged: boolean;
  /** The largest derivative by the logarithm of a parameter that is not at its bound. */
  readonly gradientNorm: number;
}

/** A maximum, with what the way to it taught of the inverse of the curvature by the logarithms: row by row. */
export interface Summit extends Maximum {
  readonly inverse: Float64Array;
}

/**
 * Finds a local maximum over parameters above 0: BFGS with backtracking on their logarithms, which stay within bounds.
 * Where the value rises for ever, as towards the edge of a model, it ends where it hardly rises any more: what that
 * means is for the caller to see.
 *
 * @param start above 0.
 * @param inverse of the curvature, where a climb over like data has found it: the first steps are then as long as the last.
 */
export function maximise(search: {
  readonly start: readonly number[];
  readonly valueAndGradient: ValueAndGradient;
  readonly maxIterations: number;
  readonly inverse?: Float64Array;
}): Summit {
  const { valueAndGradient, maxIterations } = search;
  const size = search.start.length;
  const evaluate = onLogScale(valueAndGradient, size);
  const inverse = search.inverse?.slice() ?? new Float64Array(size * size);
  const [direction, moved, turned, work] = [zeros(size), zeros(size), zeros(size), zeros(size)];
  let at = Float64Array.from(search.start, (value) => clamp(Math.log(value)));
  let [slope, nextAt, nextSlope] = [zeros(size), zeros(size), zeros(size)];
  let value = evaluate(at, slope);
  let isFresh = search.inverse === undefined;
  let iterations = 0;
  for (; iterations < maxIterations && normOf(at, slope) > flat * scaleOf(value); iterations += 1) {
    if (isFresh) resetTo(inverse, 1 / Math.max(1, normOf(at, slope)));
    const promised = aim(direction, inverse, at, slope);
    const isLost = !isFresh && promised > 0 && promised < lost * scaleOf(value);
    if (isLost && normOf(at, slope) < flatToLose * scaleOf(value)) break;
    const next = backtrack(evaluate, at, value, slope, direction, nextAt, nextSlope);
    if (next === undefined) {
      if (isFresh) break;
      isFresh = true;
      continue;
    }
    for (let i = 0; i < size; i += 1) {
      moved[i] = entry(nextAt, i) - entry(at, i);
      turned[i] = entry(slope, i) - entry(nextSlope, i);
    }
    if (isFresh) resetTo(inverse, curvatureOf(moved, turned));
    update(inverse, moved, turned, work);
    isFresh = false;
    value = next;
    [at, nextAt] = [nextAt, at];
    [slope, nextSlope] = [nextSlope, slope];
  }
  const gradientNorm = normOf(at, slope);
  const isConverged = Number.isFinite(value) && gradientNorm <= flatEnough * scaleOf(value);
  return { x: at.map((each) => Math.exp(each)), value, iterations, isConverged, gradientNorm, inverse };
}

function onLogScale(valueAndGradient: ValueAndGradient, size: number): ValueAndGradient {
  const x = zeros(size);
  return (at, slope) => {
    for (let i = 0; i < size; i += 1) x[i] = Math.exp(entry(at, i));
    const value = valueAndGradient(x, slope);
    let isUsable = Number.isFinite(value);
    for (let i = 0; i < size; i += 1) {
      slope[i] = entry(slope, i) * entry(x, i);
      isUsable &&= Number.isFinite(entry(slope, i));
    }
    return isUsable ? value : Number.NEGATIVE_INFINITY;
  };
}

/**
 * Writes the next direction, and gives the rise that it promises; parameters at a bound do not leave it, and long steps are
 * shortened.
 */
function aim(direction: Float64Array, inverse: Float64Array, at: Float64Array, slope: Float64Array): number {
  const size = at.length;
  let [rise, longest] = [0, 0];
  for (let i = 0; i < size; i += 1) {
    let sum = 0;
    for (let j = 0; j < size; j += 1) {
      if (!isHeld(at, slope, j)) sum += entry(inverse, i * size + j) * entry(slope, j);
    }
    direction[i] = isHeld(at, slope, i) ? 0 : sum;
    rise += entry(direction, i) * entry(slope, i);
  }
  for (let i = 0; i < size; i += 1) longest = Math.max(longest, Math.abs(entry(direction, i)));
  const shortening = Math.min(1, longestStep / longest);
  for (let i = 0; i < size; i += 1) direction[i] = entry(direction, i) * shortening;
  return rise * shortening;
}

/** Halves the step until the value rises enough, and gives it; undefined where no step does. */
function backtrack(
  evaluate: ValueAndGradient,
  at: Float64Array,
  value: number,
  slope: Float64Array,
  direction: Float64Array,
  nextAt: Float64Array,
  nextSlope: Float64Array,
): number | undefined {
  for (let width = 1; width > 1e-8; width /= 2) {
    let promised = 0;
    for (let i = 0; i < at.length; i += 1) {
      nextAt[i] = clamp(entry(at, i) + width * entry(direction, i));
      promised += (entry(nextAt, i) - entry(at, i)) * entry(slope, i);
    }
    const next = evaluate(nextAt, nextSlope);
    if (next > value && next >= value + leastRise * promised) return next;
  }
  return undefined;
}

function normOf(at: Float64Array, slope: Float64Array): number {
  let norm = 0;
  for (let i = 0; i < at.length; i += 1) {
    if (!isHeld(at, slope, i)) norm = Math.max(norm, Math.abs(entry(slope, i)));
  }
  return norm;
}

/** True for a parameter at its bound that would leave it. */
function isHeld(at: Float64Array, slope: Float64Array, i: number): boolean {
  return Math.abs(entry(at, i)) >= reach && entry(at, i) * entry(slope, i) > 0;
}

function scaleOf(value: number): number {
  return Math.max(1, Math.abs(value));
}

function clamp(logarithm: number): number {
  return Math.min(Math.max(logarithm, -reach), reach);
}

function zeros(size: number): Float64Array<ArrayBuffer> {
  return new Float64Array(size);
}
