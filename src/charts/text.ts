import stringWidth from "string-width";
import { exactValue, shortValue } from "./amounts.ts";
import { addsUp, firstCategories, isTrend, largestCategories, onlyCategories, sumOf } from "./categories.ts";
import type { Chart } from "./chart.ts";
import { funnelText } from "./funnel-text.ts";
import { heatmapText } from "./heatmap-text.ts";
import { distinctLabels, placeName, readable, readableNames, readableSentence } from "./labels.ts";
import { cumulativeShares } from "./pareto.ts";
import { sparkline } from "./sparkline.ts";

const MOST_ROWS = 12;
const MOST_SERIES = 6;
const LABEL = (text: string) => stringWidth(text) <= 28;
const BAR_CELLS = 20;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** The chart in words and bars that line up where all characters are equally wide, at most about 20 lines. */
export function chartText(chart: Chart): string {
  const isEmpty = chart.categories.length === 0 || chart.series.length === 0;
  return [
    ...said(chart.title),
    ...said(chart.message),
    ...(isEmpty ? ["Nothing to show."] : drawn(chart)),
    ...said(chart.omission ?? ""),
  ].join("\n");
}

function said(sentence: string): readonly string[] {
  const text = readableSentence(sentence);
  return text === "" ? [] : [text];
}

function drawn(chart: Chart): readonly string[] {
  if (chart.kind === "heatmap") {
    const { rows, remarks } = heatmapText(chart);
    return [...aligned(rows, 1), ...remarks];
  }
  if (chart.kind === "funnel" && chart.along) {
    const { rows, remarks } = funnelText(chart, chart.along);
    return [...aligned(rows, 1), ...remarks];
  }
  const series = chart.series.slice(0, MOST_SERIES);
  const shown = { ...chart, series };
  const rest = chart.series.length - series.length;
  const isRun = isTrend(chart) && chart.categories.length * series.length > MOST_ROWS;
  return [...(isRun ? trends(shown) : bars(shown)), ...(rest > 0 ? [`${rest} more series not shown.`] : [])];
}

/** A row for each value. */
function bars(chart: Chart): readonly string[] {
  const cumulative = chart.kind === "pareto" ? cumulativeShares(chart) : undefined;
  const most = Math.floor(MOST_ROWS / chart.series.length);
  const kept = chart.kind === "pareto" ? firstCategories(chart, most) : largestCategories(chart, most);
  const shown = onlyCategories(chart, kept);
  const names = distinctLabels(readableNames(shown.categories, chart.categoryTitle), LABEL);
  const titles = distinctLabels(
    readableNames(
      shown.series.map(({ name }) => name),
      "Series",
    ),
    LABEL,
  );
  const total = chart.kind === "pie" ? sumOf(chart.series[0]?.values ?? []) : 0;
  const largest = Math.max(
    ...shown.series.flatMap(({ values }) => values.map((value) => Math.abs(value) || 0)),
  );
  const rows = names.flatMap((name, row) =>
    shown.series.map(({ values }, index) => {
      const value = values[row] ?? Number.NaN;
      const share = cumulative ? cumulative[row] : total > 0 ? value / total : undefined;
      return [
        index === 0 ? name : "",
        ...(shown.series.length > 1 ? [titles[index] ?? ""] : []),
        exactValue(value, chart.unit),
        ...(share === undefined ? [] : [exactValue(share, { kind: "share" })]),
        bar(value, largest),
      ];
    }),
  );
  const words = shown.series.length > 1 ? 2 : 1;
  return [...aligned(rows, words), ...leftOut(chart, kept)];
}

/** A row for each series: how it runs, where it starts and where it ends. */
function trends({ series, categories, categoryTitle, unit }: Chart): readonly string[] {
  const [first, last] = [0, categories.length - 1].map(
    (place) => readable(categories[place] ?? "") || placeName(categoryTitle, place),
  );
  const names = distinctLabels(
    readableNames(
      series.map(({ name }) => name),
      "Series",
    ),
    LABEL,
  );
  const rows = series.map(({ values }, index) => [
    names[index] ?? "",
    exactValue(values[0], unit),
    exactValue(values[categories.length - 1], unit),
    sparkline(values.slice(0, categories.length), 2 * BAR_CELLS),
  ]);
  return [`${categories.length} points, from ${first} to ${last}:`, ...aligned(rows, 1)];
}

/** Columns side by side: words to the left, figures to the right, a drawing last. */
function aligned(rows: readonly (readonly string[])[], words: number): readonly string[] {
  const last = (rows[0]?.length ?? 0) - 1;
  const widths = Array.from({ length: last }, (_, column) =>
    Math.max(...rows.map((row) => stringWidth(row[column] ?? ""))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = " ".repeat((widths[column] ?? 0) - (column < last ? stringWidth(cell) : 0));
        return column < words ? cell + space : space + cell;
      })
      .join("  ")
      .trimEnd(),
  );
}

/** As long as the value is large; a shaded one is below zero. */
function bar(value: number, most: number): string {
  if (!Number.isFinite(value) || !(most > 0)) return "";
  const eighths = Math.max(Math.round((Math.abs(value) / most) * BAR_CELLS * 8), value === 0 ? 0 : 1);
  if (value < 0) return "▒".repeat(Math.max(1, Math.round(eighths / 8)));
  return "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
}

function leftOut(chart: Chart, kept: readonly number[]): readonly string[] {
  const places = new Set(kept);
  const count = chart.categories.length - kept.length;
  if (count === 0) return [];
  const rest = (chart.series[0]?.values ?? []).filter(
    (value, place) => !places.has(place) && Number.isFinite(value),
  );
  const sum =
    addsUp(chart) && chart.series.length === 1 ? `, together ${shortValue(sumOf(rest), chart.unit)}` : "";
  return [`… and ${count} more${sum}.`];
}
