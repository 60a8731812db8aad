import { dataOf, guide, type ParetoShape, shareAxis, valuesOf } from "./pareto-parts.ts";
import { type NameAxis, type Plan, plotOptions, valueAxis } from "./plan.ts";

/** Standing bars with an axis of values, and an axis of shares for the line. */
export function standingPareto({ chart, cumulative, area, pen }: ParetoShape, names: NameAxis): Plan {
  const values = valuesOf(chart);
  const most = Math.max(1, ...cumulative);
  const low = Math.min(0, ...values.filter(Number.isFinite));
  const high = Math.max(...values.filter(Number.isFinite));
  const axis = valueAxis(chart.unit, pen);
  return {
    type: "bar",
    data: dataOf(chart, values, cumulative, "share"),
    options: plotOptions(area),
    scales: {
      x: names,
      // Both start from one zero, also where credits reach below it.
      y: low < 0 ? { ...axis, min: low, max: high, ticks: { ...axis.ticks, includeBounds: false } } : axis,
      share: { ...shareAxis(low < 0 ? (low / high) * most : 0, most), position: "right" },
    },
    plugins: [guide("share")],
    notes: [],
  };
}
