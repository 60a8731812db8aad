import { plainValue, unitName } from "./amounts.ts";
import {
  addsUp,
  firstCategories,
  isComplete,
  isTrend,
  largestCategories,
  onlyCategories,
  sumOtherCategories,
} from "./categories.ts";
import type { Chart } from "./chart.ts";
import { distinctLabels, readable, readableNames, shorten, within } from "./labels.ts";

/** Slack's own chart, which `@slack/types` may not know: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export interface NativeChart {
  readonly type: "data_visualization";
  readonly title: string;
  readonly chart: NativePie | NativePlot;
}

interface NativePie {
  readonly type: "pie";
  readonly segments: readonly Point[];
}

interface NativePlot {
  readonly type: "bar" | "line" | "area";
  readonly series: readonly { readonly name: string; readonly data: readonly Point[] }[];
  readonly axis_config: {
    readonly categories: readonly string[];
    readonly x_label: string;
    readonly y_label: string;
  };
}

interface Point {
  readonly label: string;
  readonly value: number;
}

/** The limits of Slack's chart; see the page above. */
const MOST_SEGMENTS = 6;
const MOST_CATEGORIES = 20;
const MOST_SERIES = 6;
const LABEL = within(20);
const TITLE = within(50);

/** The chart for Slack to draw, or undefined where Slack's chart cannot say the same. */
export function nativeChart(chart: Chart): NativeChart | undefined {
  const { kind, categories, series } = chart;
  if (categories.length === 0 || series.length === 0 || !isComplete(chart)) return undefined;
  if (kind === "pareto" || kind === "heatmap" || kind === "funnel" || series.length > MOST_SERIES)
    return undefined;
  const drawn = kind === "pie" ? pie(chart) : plot(chart, kind);
  if (drawn === undefined) return undefined;
  return {
    type: "data_visualization",
    title: shorten(readable(chart.title) || "Chart", TITLE),
    chart: drawn,
  };
}

/** Slices of more than nothing; from the seventh on they are merged into one. */
function pie(chart: Chart): NativePie | undefined {
  const isWhole = chart.categories.length <= MOST_SEGMENTS;
  const shown = isWhole ? chart : sumOtherCategories(chart, largestCategories(chart, MOST_SEGMENTS - 1));
  // A negative slice hidden in the sum of the others would be as wrong as one that is drawn.
  if (chart.series[0]?.values.some((value) => value <= 0)) return undefined;
  const segments = pointsOf(shown, shown.series[0]?.values ?? [], labelsOf(shown));
  return segments.every(({ value }) => value > 0) ? { type: "pie", segments } : undefined;
}

/** Of more than 20 bars the first are drawn; a run of months cut short would not say the same. */
function plot(chart: Chart, type: NativePlot["type"]): NativePlot | undefined {
  const left = chart.categories.length - MOST_CATEGORIES;
  if (left > 0 && isTrend(chart)) return undefined;
  const shown = left > 0 ? fewerBars(chart) : { chart, remark: "" };
  const labels = labelsOf(shown.chart);
  const names = distinctLabels(
    readableNames(
      shown.chart.series.map(({ name }) => name),
      "Series",
    ),
    LABEL,
  );
  return {
    type,
    series: shown.chart.series.map(({ values }, index) => ({
      name: names[index] ?? "",
      data: pointsOf(shown.chart, values, labels),
    })),
    axis_config: {
      categories: labels,
      x_label: axisTitle(chart.categoryTitle, shown.remark),
      y_label: shorten(unitName(chart.unit), TITLE),
    },
  };
}

function fewerBars(chart: Chart): { readonly chart: Chart; readonly remark: string } {
  if (addsUp(chart)) {
    const kept = firstCategories(chart, MOST_CATEGORIES - 1);
    const rest = chart.categories.length - kept.length;
    return { chart: sumOtherCategories(chart, kept), remark: `; Other sums ${rest} more` };
  }
  const kept = firstCategories(chart, MOST_CATEGORIES);
  const rest = chart.categories.length - kept.length;
  return { chart: onlyCategories(chart, kept), remark: `; ${rest} more not shown` };
}

function axisTitle(title: string, remark: string): string {
  return `${shorten(readable(title) || "Category", (text) => TITLE(text + remark))}${remark}`;
}

function labelsOf({ categories, categoryTitle }: Chart): readonly string[] {
  return distinctLabels(readableNames(categories, categoryTitle), LABEL);
}

function pointsOf(chart: Chart, values: readonly number[], labels: readonly string[]): readonly Point[] {
  return labels.map((label, index) => ({ label, value: plainValue(values[index] ?? 0, chart.unit) }));
}
