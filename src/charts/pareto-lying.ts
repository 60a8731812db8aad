import type { Plugin } from "chart.js";
import { shortValue } from "./amounts.ts";
import { sumOf } from "./categories.ts";
import { type Area, writeText } from "./frame.ts";
import { dataOf, guide, type ParetoShape, shareAxis, shareMarks, valuesOf } from "./pareto-parts.ts";
import type { Pen } from "./pen.ts";
import { besideAxis, drawnNames, type Plan, plotOptions, replacedNote } from "./plan.ts";
import { colours, LINE_HEIGHT } from "./style.ts";

const MOST_BESIDE = 300;

/** How many lying bars fit above their axis. */
export function lyingRows({ top, bottom }: Area): number {
  return Math.floor((bottom - top - LINE_HEIGHT - 6) / LINE_HEIGHT);
}

/** Lying bars with names beside them, on the line's own axis of shares. */
export function lyingPareto({ chart, cumulative, area, pen }: ParetoShape): Plan {
  const places = chart.categories.map((_, index) => index);
  const { names, replaced } = drawnNames(chart.categories, places, chart.categoryTitle, pen);
  const labels = pen.labels(names, MOST_BESIDE);
  const total = sumOf(valuesOf(chart).filter(Number.isFinite));
  const shares = valuesOf(chart).map((value) => value / total);
  const low = Math.min(0, ...shares.filter(Number.isFinite));
  return {
    type: "bar",
    data: dataOf(chart, shares, cumulative, "x"),
    options: { ...plotOptions(area), indexAxis: "y" },
    scales: {
      y: besideAxis(labels, Math.max(...labels.map((label) => pen.width(label))) + 14),
      x: shareAxis(low, Math.max(1, ...cumulative), shareMarks.slice(0, -1)),
    },
    plugins: [
      guide("x"),
      amounts(
        valuesOf(chart).map((value) => shortValue(value, chart.unit)),
        pen,
      ),
    ],
    notes: replacedNote(replaced),
  };
}

/** Writes every amount into its bar, or beside it where it is too short. */
function amounts(texts: readonly string[], pen: Pen): Plugin {
  return {
    id: "amounts",
    afterDatasetsDraw: (drawn) => {
      const zero = drawn.scales.x?.getPixelForValue(0) ?? 0;
      for (const [index, bar] of drawn.getDatasetMeta(1).data.entries()) {
        const text = texts[index] ?? "";
        const isInside = bar.x - zero > pen.width(text) + 20;
        const place = isInside
          ? { x: bar.x - 14, align: "right" as const, colour: colours.ground }
          : { x: Math.max(bar.x, zero) + 8 };
        writeText(drawn.ctx, pen, { text, y: bar.y, ...place });
      }
    },
  };
}
