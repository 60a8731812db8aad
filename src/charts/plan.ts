import type { ChartConfiguration, Plugin } from "chart.js";
import { shortValue } from "./amounts.ts";
import type { Chart, Unit } from "./chart.ts";
import type { Area } from "./frame.ts";
import { placeName, readable } from "./labels.ts";
import type { Pen } from "./pen.ts";
import { colours, HEIGHT, MARGIN } from "./style.ts";

type ScaleOptions = NonNullable<NonNullable<ChartConfiguration<"bar" | "line">["options"]>["scales"]>[string];

/** How a plot is drawn, and what it leaves out. */
export interface Plan {
  readonly data: ChartConfiguration["data"];
  readonly type: "bar" | "line" | "pie";
  readonly options: Pick<NonNullable<ChartConfiguration["options"]>, "layout" | "indexAxis">;
  /** Its axes; their fonts are known only when all is planned. */
  readonly scales: Readonly<Record<string, NonNullable<ScaleOptions>>>;
  /** Words and lines that chart.js does not draw. */
  readonly plugins: readonly Plugin[];
  readonly notes: readonly string[];
}

/** Every kind of chart has one: fits the chart into the area. */
export type Planner = (chart: Chart, area: Area, pen: Pen) => Plan;

/** Names as they are drawn, and how many of them could not be. */
export interface DrawnNames {
  readonly names: readonly string[];
  readonly replaced: number;
}

/** Names with a number in place of those that no font can draw. `places` says where each one stood. */
export function drawnNames(
  names: readonly string[],
  places: readonly number[],
  noun: string,
  pen: Pen,
): DrawnNames {
  const drawable = names.map((name) => pen.name(readable(name)));
  const fallback = pen.name(readable(noun)) ?? "Item";
  return {
    names: drawable.map((name, index) => name ?? placeName(fallback, places[index] ?? index)),
    replaced: names.filter((name, index) => drawable[index] === undefined && readable(name) !== "").length,
  };
}

/** What a picture says of names that it replaced. */
export function replacedNote(replaced: number): readonly string[] {
  if (replaced === 0) return [];
  return [
    replaced === 1
      ? "1 name has no font here and is numbered."
      : `${replaced} names have no font here and are numbered.`,
  ];
}

/** Keeps the plot in its place. */
export function plotOptions(area: Area): Plan["options"] {
  return {
    layout: { padding: { top: area.top, bottom: HEIGHT - area.bottom, left: MARGIN, right: MARGIN } },
  };
}

/** An axis of values: few, round and with their unit. */
export function valueAxis(unit: Unit, pen: Pen) {
  // A currency's sign may need a font of its own, which has to be known before chart.js writes the first one.
  pen.width(shortValue(-1_234_567, unit));
  return {
    beginAtZero: true,
    border: { display: false },
    grid: {
      lineWidth: 1.5,
      drawTicks: false,
      color: ({ tick }: { tick: { value: number } | undefined }) =>
        tick?.value === 0 ? colours.border : colours.grid,
    },
    ticks: {
      maxTicksLimit: 5,
      padding: 14,
      callback: (value: number | string) => shortValue(Number(value), unit),
    },
  };
}

export interface NameAxis {
  readonly type: "category";
  readonly border: { readonly display: false };
  readonly grid: { readonly display: false };
  readonly title?: { readonly display: boolean; readonly text: string };
  readonly ticks: {
    readonly display?: boolean;
    readonly autoSkip: false;
    readonly minRotation?: number;
    readonly maxRotation: number;
    readonly padding: number;
    readonly callback: (value: number | string, index: number) => string;
  };
}

/** About how wide an axis of the chart's values is. */
export function valueAxisWidth({ series, unit }: Chart, pen: Pen): number {
  const values = series.flatMap((each) => each.values).filter(Number.isFinite);
  const ends = [Math.min(0, ...values), Math.max(0, ...values)];
  return Math.max(...ends.map((value) => pen.width(shortValue(value, unit)))) + 30;
}

/** An axis of names, of which some may be empty. */
export function nameAxis(labels: readonly string[]): NameAxis {
  return {
    type: "category",
    border: { display: false },
    grid: { display: false },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      padding: 6,
      callback: (_value: number | string, index: number) => labels[index] ?? "",
    },
  };
}

/** The same with the names standing upright. */
export function uprightAxis(labels: readonly string[]): ReturnType<typeof nameAxis> {
  const axis = nameAxis(labels);
  return { ...axis, ticks: { ...axis.ticks, minRotation: 90, maxRotation: 90 } };
}

/** The same with the names to the left of lying bars, in so many pixels. */
export function besideAxis(labels: readonly string[], width: number) {
  const axis = nameAxis(labels);
  return {
    ...axis,
    ticks: { ...axis.ticks, crossAlign: "far" as const },
    afterFit: (scale: { width: number }) => {
      scale.width = width;
    },
  };
}
