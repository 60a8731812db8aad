import type { Plugin } from "chart.js";
import { shortValue } from "./amounts.ts";
import type { Chart } from "./chart.ts";
import { writeText } from "./frame.ts";
import type { Pen } from "./pen.ts";
import { colours } from "./style.ts";

/** The axis along which the names of bars stand. */
type NameAxis = "x" | "y";

/** Writes every value at the end of its bar. */
export function valueLabels(chart: Chart, names: NameAxis, pen: Pen): Plugin {
  const values = chart.series[0]?.values ?? [];
  return {
    id: "values",
    afterDatasetsDraw: (drawn) => {
      for (const [index, bar] of drawn.getDatasetMeta(0).data.entries()) {
        const value = values[index];
        if (value === undefined || !Number.isFinite(value)) continue;
        const away = value < 0 ? -1 : 1;
        const text = shortValue(value, chart.unit);
        if (names === "x")
          writeText(drawn.ctx, pen, { text, x: bar.x, y: bar.y - away * 18, align: "center" });
        else
          writeText(drawn.ctx, pen, {
            text,
            x: bar.x + away * 8,
            y: bar.y,
            align: away < 0 ? "right" : "left",
          });
      }
    },
  };
}

/** The line on which bars stand where there is no axis. */
export function zeroLine(names: NameAxis): Plugin {
  return {
    id: "zero",
    afterDatasetsDraw: ({ ctx, chartArea, scales }) => {
      const zero = scales[names === "x" ? "y" : "x"]?.getPixelForValue(0) ?? 0;
      const [from, to] =
        names === "x" ? [chartArea.left, chartArea.right] : [chartArea.top, chartArea.bottom];
      ctx.beginPath();
      ctx.strokeStyle = colours.border;
      ctx.lineWidth = 1.5;
      ctx.moveTo(...((names === "x" ? [from, zero] : [zero, from]) as [number, number]));
      ctx.lineTo(...((names === "x" ? [to, zero] : [zero, to]) as [number, number]));
      ctx.stroke();
    },
  };
}
