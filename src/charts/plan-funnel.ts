import type { ChartDataset } from "chart.js";
import type { Chart } from "./chart.ts";
import { PLOT_WIDTH } from "./frame.ts";
import { type FunnelPoint, funnelPoints, limitCurve } from "./funnel.ts";
import { funnelNames } from "./funnel-names.ts";
import type { Pen } from "./pen.ts";
import { drawnNames, type Planner, plotOptions, replacedNote, valueAxis } from "./plan.ts";
import { planBars } from "./plan-bars.ts";
import { colours, seriesColour } from "./style.ts";

const STEPS = 120;
const DASHES = [
  [12, 7],
  [3, 6],
] as const;
/** How far above and below the middle is always to be seen, so that little differences look little. */
const LEAST_REACH = 0.25;
/** Beyond so much of what was expected limits are cut off: they say nothing of points there are. */
const FARTHEST_LIMIT = 0.4;

/** Points between the curves of what chance alone brings, with the names of those that stand out. */
export const planFunnel: Planner = (chart, area, pen) => {
  const points = funnelPoints(chart);
  const { along } = chart;
  if (along === undefined || points.length === 0)
    return planBars({ ...chart, kind: "bar", series: chart.series.slice(0, 1) }, area, pen);
  const ends = { min: 0, max: Math.max(...points.map((point) => point.along)) * 1.12 };
  const limits = chart.series.slice(1, 5);
  const range = rangeOf(points, limitsAt(chart, points), limitsAt(chart, points.slice(-1)));
  const outside = new Set(points.filter((point) => isOutside(chart, point)).map(({ place }) => place));
  const { names, replaced } = namesOf(chart, pen);
  const axis = { ...valueAxis(along.unit, pen), type: "linear" as const, ...ends };
  return {
    type: "line",
    data: {
      datasets: [
        ...limits.map((_, index) => limitLine(chart, points, index, ends.max)),
        {
          data: points.map(({ along: x, share: y }) => ({ x, y })),
          showLine: false,
          pointRadius: points.length > 60 ? 5 : 8,
          pointBackgroundColor: points.map(({ place }) => seriesColour(outside.has(place) ? 1 : 0)),
          pointBorderColor: colours.ground,
          pointBorderWidth: 1.5,
          clip: 12,
        },
      ],
    },
    options: plotOptions(area),
    scales: {
      x: {
        ...axis,
        grid: { display: false },
        ticks: { ...axis.ticks, padding: 6, includeBounds: false },
        title: { display: true, text: pen.sentence(along.title), padding: 0 },
      },
      y: {
        ...valueAxis({ kind: "share" }, pen),
        beginAtZero: false,
        ...range,
        grid: { lineWidth: 1.5, drawTicks: false, color: middleLine },
        afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
          scale.ticks = sharesBetween(range).map((value) => ({ value }));
        },
      },
    },
    plugins: [funnelNames({ points, names, dataset: limits.length, named: along.named }, pen)],
    notes: [
      ...(limits.length === 4 ? ["By chance: 95 % within dashes, 99.8 % within dots."] : []),
      ...replacedNote(replaced),
    ],
  };
};

function namesOf(chart: Chart, pen: Pen) {
  const places = chart.along?.named ?? [];
  const drawn = drawnNames(
    places.map((place) => chart.categories[place] ?? ""),
    places,
    chart.categoryTitle,
    pen,
  );
  const labels = pen.labels(drawn.names, PLOT_WIDTH / 3);
  return {
    names: new Map(places.map((place, index) => [place, labels[index] ?? ""])),
    replaced: drawn.replaced,
  };
}

function limitLine(
  { series }: Chart,
  points: readonly FunnelPoint[],
  index: number,
  to: number,
): ChartDataset<"line", { x: number; y: number }[]> {
  const values = series[index + 1]?.values ?? [];
  const known = points
    .map(({ along, place }) => ({ along, share: values[place] ?? Number.NaN }))
    .filter(({ share }) => Number.isFinite(share));
  const places = Array.from({ length: STEPS }, (_, step) => (to * (step + 1)) / STEPS);
  return {
    data: [...limitCurve(known, places)],
    borderColor: colours.muted,
    borderWidth: 2,
    borderDash: [...(DASHES[Math.floor(index / 2)] ?? [])],
    pointRadius: 0,
  };
}

/** The ends of every range at the points themselves. */
function limitsAt({ series }: Chart, points: readonly FunnelPoint[]): readonly number[] {
  return series
    .slice(1, 5)
    .flatMap(({ values }) => points.map(({ place }) => values[place] ?? Number.NaN))
    .filter(Number.isFinite);
}

/** All points, the limits that stand near them, and the narrowest ones, with a little air. */
function rangeOf(
  points: readonly FunnelPoint[],
  limits: readonly number[],
  narrowest: readonly number[],
): { readonly min: number; readonly max: number } {
  const shares = points.map(({ share }) => share);
  const [lowest, highest] = [Math.min(1, ...shares), Math.max(1, ...shares)];
  const near = limits.filter(
    (limit) => limit >= lowest - FARTHEST_LIMIT && limit <= highest + FARTHEST_LIMIT,
  );
  const low = Math.min(1 - LEAST_REACH, lowest, ...near, ...narrowest);
  const high = Math.max(1 + LEAST_REACH, highest, ...near, ...narrowest);
  const air = (high - low) * 0.06;
  return { min: lowest >= 0 ? Math.max(0, low - air) : low - air, max: high + air };
}

/** Round shares, the middle among them, that leave room for one another. */
function sharesBetween({ min, max }: { readonly min: number; readonly max: number }): readonly number[] {
  const steps = [0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100];
  const step = steps.find((each) => (max - min) / each <= 5) ?? (max - min) / 4;
  const first = Math.ceil((min - 1) / step);
  return Array.from(
    { length: Math.floor((max - 1) / step) - first + 1 },
    (_, index) => 1 + (first + index) * step,
  );
}

function middleLine({ tick }: { readonly tick: { readonly value: number } | undefined }): string {
  return tick !== undefined && Math.abs(tick.value - 1) < 1e-9 ? colours.text : colours.grid;
}

/** Beyond the narrower range. */
function isOutside({ series }: Chart, { place, share }: FunnelPoint): boolean {
  const [low = Number.NaN, high = Number.NaN] = [1, 2].map((index) => series[index]?.values[place]);
  return share < low || share > high;
}
