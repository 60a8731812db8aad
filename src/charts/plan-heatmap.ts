import { shortValue } from "./amounts.ts";
import type { Chart } from "./chart.ts";
import { type Area, PLOT_WIDTH } from "./frame.ts";
import { finalValues, type Grid, heatmapGrid } from "./heatmap-grid.ts";
import type { Pen } from "./pen.ts";
import { drawnNames, type Planner, plotOptions, replacedNote } from "./plan.ts";
import { LINE_HEIGHT, MARGIN } from "./style.ts";

/** Names to the left of their rows. */
const MOST_BESIDE = 260;
/** Cells larger than this belong to a small grid, which need not fill the picture. */
const [WIDEST, TALLEST] = [130, 64];
/** Smaller cells are a blur. */
const [THINNEST, LOWEST] = [8, 6];
/** The least height of a row whose values can be read. */
const READABLE = 26;
const GAP = 14;
const GAP_ABOVE = 8;

/** Shaded cells with their values in them, where these can be read in all of them. */
export const planHeatmap: Planner = (chart, area, pen) => {
  const shown = whatFits(chart, area);
  const rows = allNames(shown.categories, chart.categoryTitle, pen);
  const columns = allNames(
    shown.series.map(({ name }) => name),
    "Column",
    pen,
  );
  const names = pen.labels(rows.names, MOST_BESIDE);
  const left = MARGIN + Math.max(...names.map((name) => pen.width(name))) + GAP;
  const width = Math.min(WIDEST, (MARGIN + PLOT_WIDTH - left) / shown.series.length);
  const top = area.top + LINE_HEIGHT;
  const height = Math.min(TALLEST, (area.bottom - top) / shown.categories.length);
  const { textOf, note } = wordValues(shown, { width, height }, pen);
  const grid: Grid = {
    ...{ chart: shown, left, top, width, height, textOf },
    rows: spaced(names, height, () => READABLE),
    columns: spaced(
      pen.labels(columns.names, WIDEST - GAP_ABOVE),
      width,
      (name) => pen.width(name) + GAP_ABOVE,
    ),
  };
  return {
    type: "bar",
    data: { labels: [], datasets: [] },
    options: plotOptions(area),
    scales: { x: { type: "category", display: false }, y: { type: "linear", display: false } },
    plugins: [heatmapGrid(grid, pen)],
    notes: [
      ...leftOut(chart, shown),
      ...(note === undefined ? [] : [note]),
      ...(shown.series.some(isUnfinished) ? ["White: not over yet."] : []),
      ...replacedNote(rows.replaced + columns.replaced),
    ],
  };
};

function isUnfinished({ unfinished = [], values }: Chart["series"][number]): boolean {
  return unfinished.some((place) => Number.isFinite(values[place]));
}

/** The first rows and columns, as many as can be told apart. */
function whatFits(chart: Chart, { top, bottom }: Area): Chart {
  const rows = Math.max(1, Math.floor((bottom - top - LINE_HEIGHT) / LOWEST));
  const columns = Math.floor((PLOT_WIDTH - MOST_BESIDE - GAP) / THINNEST);
  return {
    ...chart,
    categories: chart.categories.slice(0, rows),
    series: chart.series
      .slice(0, columns)
      .map((series) => ({ ...series, values: series.values.slice(0, rows) })),
  };
}

function leftOut(chart: Chart, shown: Chart): readonly string[] {
  const first = (what: string, some: number, all: number) =>
    some < all ? [`The first ${some} of ${all} ${what}.`] : [];
  return [
    ...first("rows", shown.categories.length, chart.categories.length),
    ...first("columns", shown.series.length, chart.series.length),
  ];
}

/** Values as cells hold them: with their unit, without it where that is too wide, or none of them. */
function wordValues(
  chart: Chart,
  { width, height }: Pick<Grid, "width" | "height">,
  pen: Pen,
): { readonly textOf: (value: number) => string; readonly note: string | undefined } {
  const { series, unit } = chart;
  const values = series.flatMap((each) => each.values).filter(Number.isFinite);
  const fits = (textOf: (value: number) => string) =>
    height >= READABLE && values.every((value) => pen.width(textOf(value)) + 8 <= width);
  const whole = (value: number) => `${Math.round(value * 100)}`;
  if (unit.kind !== "share") {
    const short = (value: number) => shortValue(value, unit);
    if (fits(short)) return { textOf: short, note: undefined };
  } else {
    const percent = (value: number) => `${whole(value)} %`;
    if (fits(percent)) return { textOf: percent, note: undefined };
    if (fits(whole)) return { textOf: whole, note: "Figures in %." };
  }
  const final = finalValues(chart);
  const [low, high] = [Math.min(...final), Math.max(...final)].map((value) => shortValue(value, unit));
  return {
    textOf: () => "",
    note: final.length === 0 ? undefined : `Darker is more: from ${low} to ${high}.`,
  };
}

/** Every name, or every nth where they would touch; the others are empty. */
function spaced(names: readonly string[], step: number, sizeOf: (name: string) => number): readonly string[] {
  const every = Math.max(1, Math.ceil(Math.max(...names.map(sizeOf)) / step));
  return names.map((name, index) => (index % every === 0 ? name : ""));
}

function allNames(names: readonly string[], noun: string, pen: Pen) {
  return drawnNames(
    names,
    names.map((_, index) => index),
    noun,
    pen,
  );
}
