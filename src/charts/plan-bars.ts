import { shortValue } from "./amounts.ts";
import { barData, valueRange } from "./bar-data.ts";
import { addsUp, isTrend, largestCategories, onlyCategories, sumOf } from "./categories.ts";
import type { Chart } from "./chart.ts";
import { evenLabels } from "./even-labels.ts";
import { type Area, PLOT_WIDTH } from "./frame.ts";
import type { Pen } from "./pen.ts";
import {
  besideAxis,
  type DrawnNames,
  drawnNames,
  nameAxis,
  type Plan,
  type Planner,
  plotOptions,
  replacedNote,
  uprightAxis,
  valueAxis,
  valueAxisWidth,
} from "./plan.ts";
import { LINE_HEIGHT, TEXT_SIZE } from "./style.ts";
import { valueLabels, zeroLine } from "./value-labels.ts";

const AXIS_HEIGHT = LINE_HEIGHT + 6;
/** Names beside lying bars, and those that stand upright below their bars. */
const MOST_BESIDE = 300;
const MOST_UPRIGHT = 130;

/** Standing bars where the names fit below them, lying ones where they fit beside them, the largest of too many. */
export const planBars: Planner = (chart, area, pen) => {
  const rows = rowsThatFit(chart, area);
  return (
    flatBars(chart, area, pen) ??
    (chart.categories.length <= rows ? lyingBars(chart, area, pen) : undefined) ??
    (isTrend(chart) ? thinBars(chart, area, pen) : undefined) ??
    uprightBars(chart, area, pen) ??
    largestBars(chart, rows, area, pen)
  );
};

/** Names below their bars; undefined where one does not fit. */
function flatBars(chart: Chart, area: Area, pen: Pen): Plan | undefined {
  const room = (PLOT_WIDTH - (isLabelled(chart) ? 0 : valueAxisWidth(chart, pen))) / chart.categories.length;
  if (room < TEXT_SIZE) return undefined;
  const every = allNames(chart, pen);
  const values = isLabelled(chart) ? valuesOf(chart).map((value) => shortValue(value, chart.unit)) : [];
  const widest = Math.max(...[...every.names, ...values].map((text) => pen.width(text)));
  if (widest + 14 > room) return undefined;
  return standingBars(chart, every, { axis: nameAxis(every.names), area, pen });
}

/** Short names that stand below bars too thin for them. */
function uprightBars(chart: Chart, area: Area, pen: Pen): Plan | undefined {
  if ((PLOT_WIDTH - valueAxisWidth(chart, pen)) / chart.categories.length < LINE_HEIGHT) return undefined;
  const every = allNames(chart, pen);
  if (every.names.some((name) => pen.width(name) > MOST_UPRIGHT)) return undefined;
  return standingBars(chart, every, { axis: uprightAxis(every.names), area, pen });
}

/** As many bars as there are months, of which some are named. */
function thinBars(chart: Chart, area: Area, pen: Pen): Plan {
  const shown = evenLabels(chart, { width: PLOT_WIDTH - valueAxisWidth(chart, pen), isBetween: true }, pen);
  return standingBars(chart, shown, { axis: nameAxis(shown.names), area, pen });
}

/** The largest bars, and how many more there are. */
function largestBars(chart: Chart, rows: number, area: Area, pen: Pen): Plan {
  const kept = largestCategories(chart, rows);
  const places = new Set(kept);
  const rest = valuesOf(chart).filter((value, place) => !places.has(place) && Number.isFinite(value));
  const sum = addsUp(chart) && isLabelled(chart) ? `, together ${shortValue(sumOf(rest), chart.unit)}` : "";
  const note = `The ${rows} largest of ${chart.categories.length}; ${chart.categories.length - rows} more${sum}.`;
  const plan = lyingBars(onlyCategories(chart, kept), area, pen, kept);
  return { ...plan, notes: [note, ...plan.notes] };
}

interface Standing {
  readonly axis: ReturnType<typeof nameAxis>;
  readonly area: Area;
  readonly pen: Pen;
}

function standingBars(chart: Chart, { names, replaced }: DrawnNames, { axis, area, pen }: Standing): Plan {
  const isFlat = isLabelled(chart) && axis.ticks.maxRotation === 0 && names.every((name) => name !== "");
  const values = isFlat
    ? valueRange(valuesOf(chart), LINE_HEIGHT / (area.bottom - area.top - AXIS_HEIGHT))
    : {};
  return {
    type: "bar",
    data: barData(chart),
    options: plotOptions(area),
    scales: { x: axis, y: { ...valueAxis(chart.unit, pen), display: !isFlat, ...values } },
    plugins: isFlat ? [zeroLine("x"), valueLabels(chart, "x", pen)] : [],
    notes: replacedNote(replaced),
  };
}

function lyingBars(chart: Chart, area: Area, pen: Pen, places?: readonly number[]): Plan {
  const { names, replaced } = allNames(chart, pen, places);
  const labels = pen.labels(names, MOST_BESIDE);
  const beside = Math.max(...labels.map((label) => pen.width(label))) + 14;
  const texts = valuesOf(chart).map((value) => pen.width(shortValue(value, chart.unit)) + 12);
  const range = valueRange(valuesOf(chart), Math.max(...texts) / (PLOT_WIDTH - beside));
  return {
    type: "bar",
    data: barData(chart),
    options: { ...plotOptions(area), indexAxis: "y" },
    scales: {
      y: besideAxis(labels, beside),
      x: { ...valueAxis(chart.unit, pen), ...(isLabelled(chart) ? { display: false, ...range } : {}) },
    },
    plugins: isLabelled(chart) ? [zeroLine("y"), valueLabels(chart, "y", pen)] : [],
    notes: replacedNote(replaced),
  };
}

/** Bars of one series have their values beside them, and then need no axis. */
function isLabelled({ series }: Chart): boolean {
  return series.length === 1;
}

function valuesOf({ series }: Chart): readonly number[] {
  return series[0]?.values ?? [];
}

function rowsThatFit(chart: Chart, { top, bottom }: Area): number {
  const row = Math.max(LINE_HEIGHT, chart.series.length * 14 + 8);
  return Math.max(1, Math.floor((bottom - top - (isLabelled(chart) ? 0 : AXIS_HEIGHT)) / row));
}

function allNames({ categories, categoryTitle }: Chart, pen: Pen, places?: readonly number[]): DrawnNames {
  return drawnNames(categories, places ?? categories.map((_, index) => index), categoryTitle, pen);
}
