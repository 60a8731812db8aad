import type { ValueAndGradient } from "../src/core/models/maximise.ts";

/** One pass of a likelihood and its slope over all its rows. Each time a hair beside the last, since what is the same is not summed again. */
export function passOf(likelihood: ValueAndGradient, parameters: object): () => number {
  const at = Float64Array.from(Object.values(parameters));
  const slope = new Float64Array(at.length);
  return () => {
    for (let index = 0; index < at.length; index += 1) at[index] = (at[index] ?? 0) * (1 + 1e-9);
    return likelihood(at, slope);
  };
}

/** Amounts by customer, as a floor for the summary of purchases. */
export function sumBy(places: Uint32Array, amounts: Float64Array, customers: number): Float64Array {
  const sums = new Float64Array(customers);
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row] ?? 0;
    sums[place] = (sums[place] ?? 0) + (amounts[row] ?? 0);
  }
  return sums;
}
