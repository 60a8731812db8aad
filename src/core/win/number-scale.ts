import { z } from "zod";

/** How a number becomes one that is comparable with others. */
export const numberScaleSchema = z.object({
  /** Numbers are held between these. */
  low: z.number(),
  high: z.number(),
  /** Where they lean far to one side: what a signed logarithm is linear up to. */
  logFrom: z.number().optional(),
  /** Of what comes out, to be standardised. */
  mean: z.number(),
  deviation: z.number(),
});

export type NumberScale = z.infer<typeof numberScaleSchema>;

/** Numbers are held within twice the distance of these quantiles from the median; a larger lean is straightened by logarithms. */
const [tail, leaning] = [0.01, 2];

/**
 * Undefined where there is one number only, or none.
 *
 * @param filled all that are known.
 * @param sorted some of them, ascending: enough for quantiles.
 */
export function learnScale(filled: Float64Array, sorted: Float64Array): NumberScale | undefined {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [least, most] = [at(0), at(1)];
  if (sorted.length === 0 || least === most) return undefined;
  const isConcentrated = at(tail) === at(1 - tail);
  const [low, high] = isConcentrated
    ? [least, most]
    : [Math.max(least, 2 * at(tail) - at(0.5)), Math.min(most, 2 * at(1 - tail) - at(0.5))];
  const plain = { low, high, mean: 0, deviation: 1 };
  const sizes = sorted
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort();
  const logFrom = sizes[Math.floor(sizes.length / 20)] ?? 1;
  const lean = Math.abs(leanOf(standardise(sorted, plain)));
  const isBetter = lean > leaning && Math.abs(leanOf(standardise(sorted, { ...plain, logFrom }))) < lean;
  const shape = isBetter ? { ...plain, logFrom } : plain;
  const { mean, deviation } = momentsOf(standardise(filled, shape));
  return deviation > 0 ? { ...shape, mean, deviation } : undefined;
}

/** What is not known is as the mean. */
export function standardise(
  values: Float64Array,
  { low, high, logFrom, mean, deviation }: NumberScale,
): Float64Array {
  return values.map((value) => {
    if (!Number.isFinite(value)) return 0;
    const held = Math.min(high, Math.max(low, value));
    const shaped = logFrom === undefined ? held : Math.sign(held) * Math.log1p(Math.abs(held) / logFrom);
    return (shaped - mean) / deviation;
  });
}

function momentsOf(values: Float64Array): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(square) };
}

/** The skewness. */
function leanOf(values: Float64Array): number {
  const { mean, deviation } = momentsOf(values);
  return values.reduce((sum, value) => sum + ((value - mean) / deviation) ** 3, 0) / values.length;
}
