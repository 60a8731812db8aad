import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type ChartPainter, createChartPainter } from "../src/charts/png.ts";
import type { Column, Row } from "./report.ts";
import type { Measure } from "./run-parts.ts";
import { sampleCharts } from "./sample-charts.ts";
import { interleaved } from "./schedule.ts";
import { median } from "./statistics.ts";

const bareWorker = new URL("./bare-charts-worker.mjs", import.meta.url);

const columns: readonly Column[] = [
  { key: "threads", title: "charts a second" },
  { key: "portfolio", title: "Portfolio", digits: 1 },
  { key: "bare", title: "chart.js alone", digits: 1 },
  { key: "ratio", title: "of chart.js alone", digits: 2 },
];

/** PNG charts a second with one thread and with two, beside chart.js alone in as many threads. */
export const measureCharts: Measure = async ({ sliceMs, rounds }, { tell, show }) => {
  const rows: Row[] = [];
  for (const threads of [1, 2]) {
    const name = threads === 1 ? "1 thread" : `${threads} threads`;
    tell(name);
    rows.push({ threads: name, ...(await measureThreads(threads, sliceMs, rounds)) });
  }
  const notes = [
    "Medians. Both draw the same data by turns, 800 × 450 at 2 ×; Portfolio's charts have a frame, labels and a sentence, and come out of a pool of threads.",
  ];
  show({ title: "Charts as PNG", columns, rows, notes });
};

async function measureThreads(threads: number, sliceMs: number, rounds: number): Promise<Row> {
  const painter = createChartPainter({ threads, idleMs: sliceMs * 2 + 30_000 });
  const perSecond: Record<"portfolio" | "bare", number[]> = { portfolio: [], bare: [] };
  try {
    // The first ones load what draws.
    await drawInPool(painter, threads, 1);
    for (const subject of interleaved(["portfolio", "bare"] as const, rounds))
      perSecond[subject].push(
        subject === "portfolio"
          ? await drawInPool(painter, threads, sliceMs)
          : await drawBareIn(threads, sliceMs),
      );
  } finally {
    await painter.close();
  }
  const portfolio = median(perSecond.portfolio) ?? 0;
  const bare = median(perSecond.bare) ?? 0;
  return { portfolio, bare, ratio: portfolio / bare };
}

async function drawInPool(painter: ChartPainter, threads: number, forMs: number): Promise<number> {
  const startMs = performance.now();
  const drawn = await Promise.all(
    Array.from({ length: threads }, async () => {
      let charts = 0;
      for (; performance.now() - startMs < forMs; charts += sampleCharts.length) await drawAll(painter);
      return charts;
    }),
  );
  return (drawn.reduce((sum, charts) => sum + charts, 0) * 1000) / (performance.now() - startMs);
}

async function drawAll(painter: ChartPainter): Promise<void> {
  for (const chart of sampleCharts)
    if (!(await painter.draw(chart))?.length) throw new Error("a chart came out empty");
}

/** Threads draw at the same time, so their speeds add up. */
async function drawBareIn(threads: number, forMs: number): Promise<number> {
  const speeds = await Promise.all(
    Array.from({ length: threads }, async () => {
      const [perSecond] = await once(new Worker(bareWorker, { workerData: forMs }), "message");
      return Number(perSecond);
    }),
  );
  return speeds.reduce((sum, perSecond) => sum + perSecond, 0);
}
