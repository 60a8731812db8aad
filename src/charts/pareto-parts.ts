import type { Plugin } from "chart.js";
import type { Chart } from "./chart.ts";
import type { Area } from "./frame.ts";
import type { Pen } from "./pen.ts";
import type { Plan } from "./plan.ts";
import { colours, seriesColour } from "./style.ts";

/** A Pareto chart, sorted, and the room for it. */
export interface ParetoShape {
  readonly chart: Chart;
  readonly cumulative: readonly number[];
  readonly area: Area;
  readonly pen: Pen;
}

const GUIDE = 0.8;
/** What an axis of shares marks. */
export const shareMarks = [0, 0.4, GUIDE, 1];
/** Beyond so many points their marks would hide the line, and gaps the bars. */
const MOST_MARKED = 40;

/** Bars, and before them the line on its own axis. */
export function dataOf(
  chart: Chart,
  bars: readonly number[],
  line: readonly number[],
  lineAxis: "share" | "x",
): Plan["data"] {
  const isDense = chart.categories.length > MOST_MARKED;
  return {
    labels: [...chart.categories],
    datasets: [
      {
        type: "line",
        data: [...line],
        ...(lineAxis === "x" ? { xAxisID: "x" } : { yAxisID: "share" }),
        borderColor: seriesColour(1),
        pointBackgroundColor: seriesColour(1),
        borderWidth: 4,
        pointRadius: isDense ? 0 : 5,
        clip: 10,
      },
      {
        type: "bar",
        data: bars.map((value) => (Number.isFinite(value) ? value : null)),
        backgroundColor: seriesColour(0),
        maxBarThickness: 80,
        categoryPercentage: isDense ? 1 : 0.82,
        barPercentage: isDense ? 1 : 0.92,
      },
    ],
  };
}

/** From nothing, or from below it, to all. */
export function shareAxis(min: number, max: number, marks = shareMarks) {
  return {
    type: "linear" as const,
    min,
    max,
    border: { display: false },
    grid: { display: false },
    ticks: { padding: 10, callback: (value: number | string) => `${Math.round(Number(value) * 100)} %` },
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      scale.ticks = marks.map((value) => ({ value }));
    },
  };
}

/** The line that is crossed where 80 % is reached. */
export function guide(axis: "share" | "x"): Plugin {
  return {
    id: "guide",
    beforeDatasetsDraw: ({ ctx, chartArea: { left, right, top, bottom }, scales }) => {
      const at = scales[axis]?.getPixelForValue(GUIDE) ?? 0;
      ctx.save();
      ctx.setLineDash([8, 6]);
      ctx.strokeStyle = colours.muted;
      ctx.lineWidth = 1.5;
      ctx.beginPath();
      ctx.moveTo(axis === "x" ? at : left, axis === "x" ? top : at);
      ctx.lineTo(axis === "x" ? at : right, axis === "x" ? bottom : at);
      ctx.stroke();
      ctx.restore();
    },
  };
}

export function valuesOf({ series }: Chart): readonly number[] {
  return series[0]?.values ?? [];
}
