import { evenLabels } from "./even-labels.ts";
import { PLOT_WIDTH } from "./frame.ts";
import { nameAxis, type Planner, plotOptions, replacedNote, valueAxis, valueAxisWidth } from "./plan.ts";
import { seriesColour } from "./style.ts";

/** Beyond so many points their marks would hide the line. */
const MOST_MARKED = 40;
const MOST_MARKED_BESIDE = 8;
/** Lines that cross are told apart without their colours, too. */
const DASHES = [[], [14, 7], [4, 6], [18, 6, 4, 6], [8, 5], [2, 5]];

/** A line for each series; an area is filled down to zero. */
export const planTrend: Planner = (chart, area, pen) => {
  const { categories, series, kind } = chart;
  const shown = evenLabels(chart, { width: PLOT_WIDTH - valueAxisWidth(chart, pen), isBetween: false }, pen);
  const axis = nameAxis(shown.names);
  const isMarked = categories.length <= (series.length === 1 ? MOST_MARKED : MOST_MARKED_BESIDE);
  return {
    type: "line",
    data: {
      labels: [...categories],
      datasets: series.map(({ values }, index) => ({
        data: categories.map((_, place) => (Number.isFinite(values[place]) ? (values[place] ?? null) : null)),
        borderColor: seriesColour(index),
        backgroundColor: `${seriesColour(index)}40`,
        pointBackgroundColor: seriesColour(index),
        borderDash: kind === "line" ? [...(DASHES[index % DASHES.length] ?? [])] : [],
        borderWidth: 4,
        clip: 10,
        borderJoinStyle: "round",
        pointRadius: pointSizes(values, isMarked),
        fill: kind === "area" ? "origin" : false,
      })),
    },
    options: plotOptions(area),
    scales: {
      x: { ...axis, offset: categories.length === 1 },
      y: valueAxis(chart.unit, pen),
    },
    plugins: [],
    notes: replacedNote(shown.replaced),
  };
};

/** Points are marked where there are few, and where one stands alone, since no line shows it. */
function pointSizes(values: readonly number[], isMarked: boolean): number[] {
  const isKnown = (index: number) => Number.isFinite(values[index]);
  return values.map((_, index) => (isMarked ? 5 : isKnown(index - 1) || isKnown(index + 1) ? 0 : 5));
}
