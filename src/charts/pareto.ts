import { sumOf } from "./categories.ts";
import type { Chart } from "./chart.ts";

/**
 * What share of the total each category of a Pareto chart and those before it make, as fractions; above 1 where credits
 * follow. Undefined where the total is not above zero. The order stays: of groups, a later one may be the larger.
 */
export function cumulativeShares({ categories, series }: Chart): readonly number[] | undefined {
  const values = categories.map((_, index) => series[0]?.values[index] ?? Number.NaN);
  const known = values.map((value) => (Number.isFinite(value) ? value : 0));
  const total = sumOf(known);
  if (!(total > 0)) return undefined;
  let sum = 0;
  return known.map((value) => {
    sum += value;
    return sum / total;
  });
}
