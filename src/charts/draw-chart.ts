import type { ChartConfiguration } from "chart.js";
import { ChartJSNodeCanvas } from "chartjs-node-canvas";
import type { Chart } from "./chart.ts";
import { assertFonts } from "./fonts.ts";
import { drawFrame, type Frame, type FrameTexts, layOutFrame } from "./frame.ts";
import { readable, readableSentence } from "./labels.ts";
import { createPen, type Pen } from "./pen.ts";
import { drawnNames, type Plan, type Planner, replacedNote } from "./plan.ts";
import { planBars } from "./plan-bars.ts";
import { planFunnel } from "./plan-funnel.ts";
import { planHeatmap } from "./plan-heatmap.ts";
import { planPareto } from "./plan-pareto.ts";
import { planPie } from "./plan-pie.ts";
import { planTrend } from "./plan-trend.ts";
import { colours, HEIGHT, PIXEL_RATIO, seriesColours, TEXT_SIZE, WIDTH } from "./style.ts";

assertFonts();
const canvas = new ChartJSNodeCanvas({ width: WIDTH, height: HEIGHT });

const planners: Record<Chart["kind"], Planner> = {
  bar: planBars,
  line: planTrend,
  area: planTrend,
  pie: planPie,
  pareto: planPareto,
  heatmap: planHeatmap,
  funnel: planFunnel,
};

/** The chart as a PNG; undefined where it has nothing to draw. For a thread of its own, since it takes a while. */
export function drawChart(asked: Chart): Uint8Array | undefined {
  const chart = drawable(asked);
  if (!chart.series.some(({ values }) => values.some(Number.isFinite))) return undefined;
  const pen = createPen();
  const texts = frameTexts(asked, chart, pen);
  const { frame, plan } = layOut(chart, texts, pen);
  return canvas.renderToBufferSync(configurationOf(frame, plan, pen));
}

/** As many series as there are colours, and bars for a pie with a slice of nothing or less. A grid has one colour. */
function drawable(chart: Chart): Chart {
  const series = chart.series.slice(0, seriesOf(chart.kind)).map((each) => ({
    ...each,
    values: each.values.slice(0, chart.categories.length),
  }));
  const isWhole = chart.kind !== "pie" || series.every(({ values }) => values.every((value) => value > 0));
  return { ...chart, series, kind: isWhole ? chart.kind : "bar" };
}

/** How many series are drawn at most. */
function seriesOf(kind: Chart["kind"]): number {
  if (kind === "heatmap") return Number.POSITIVE_INFINITY;
  return kind === "pie" || kind === "pareto" ? 1 : seriesColours.length;
}

function frameTexts(asked: Chart, { series, categories, kind }: Chart, pen: Pen): FrameTexts {
  if (kind === "heatmap" || kind === "funnel") return { ...spokenTexts(asked, pen), legend: [] };
  const names = series.map(({ name }) => name);
  const legend = drawnNames(
    names,
    names.map((_, index) => index),
    "Series",
    pen,
  );
  const hidden = kind === "pie" || kind === "pareto" ? 0 : asked.series.length - series.length;
  const missing = series.flatMap(({ values }) =>
    categories.filter((_, place) => !Number.isFinite(values[place])),
  ).length;
  const spoken = spokenTexts(asked, pen);
  return {
    ...spoken,
    legend: legend.names,
    notes: [
      ...spoken.notes,
      ...(hidden > 0 ? [`${hidden} more series not shown.`] : []),
      ...(missing > 0 ? [missing === 1 ? "1 value is missing." : `${missing} values are missing.`] : []),
      ...(legend.names.length > 1 ? replacedNote(legend.replaced) : []),
    ],
  };
}

/** What the chart says of itself. */
function spokenTexts({ title, message, omission }: Chart, pen: Pen): Omit<FrameTexts, "legend"> {
  return {
    title: pen.sentence(readable(title)) || "Chart",
    message: pen.sentence(readableSentence(message)),
    notes: omission ? [pen.sentence(readableSentence(omission))] : [],
  };
}

/** What a plan leaves out needs room at the foot, which is then no longer the plot's: hence twice. */
function layOut(chart: Chart, texts: FrameTexts, pen: Pen): { readonly frame: Frame; readonly plan: Plan } {
  const plan = planners[chart.kind];
  const frame = layOutFrame(texts, pen);
  const first = plan(chart, frame.area, pen);
  if (first.notes.length === 0) return { frame, plan: first };
  const noted = (notes: readonly string[]) =>
    layOutFrame({ ...texts, notes: [...notes, ...texts.notes] }, pen);
  const second = plan(chart, noted(first.notes).area, pen);
  return { frame: noted(second.notes), plan: second };
}

function configurationOf(frame: Frame, plan: Plan, pen: Pen): ChartConfiguration {
  const font = { family: pen.family(400), size: TEXT_SIZE, lineHeight: 1.2 };
  const scales = Object.entries(plan.scales).map(([name, scale]) => [
    name,
    {
      ...scale,
      title: { color: colours.muted, font, ...("title" in scale ? scale.title : {}) },
      ticks: { color: colours.text, font, ...scale.ticks },
    },
  ]);
  return {
    type: plan.type,
    data: plan.data,
    options: {
      ...plan.options,
      devicePixelRatio: PIXEL_RATIO,
      events: [],
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: Object.fromEntries(scales),
    },
    plugins: [{ id: "frame", beforeDraw: ({ ctx }) => drawFrame(ctx, frame, pen) }, ...plan.plugins],
  };
}
