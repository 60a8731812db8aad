import { ChartJSNodeCanvas } from "chartjs-node-canvas";
import { assertFonts, familyOf } from "../src/charts/fonts.ts";
import { HEIGHT, PIXEL_RATIO, WIDTH } from "../src/charts/style.ts";
import { bareConfiguration, sampleCharts } from "./sample-charts.ts";

/** Draws with chart.js alone until the time is over; how many a second it were. */
export function drawBare(forMs: number): number {
  // Without a font the texts would silently be left out.
  assertFonts();
  const family = familyOf([], 400);
  const canvas = new ChartJSNodeCanvas({ width: WIDTH, height: HEIGHT });
  const drawAll = () => {
    for (const chart of sampleCharts)
      if (canvas.renderToBufferSync(bareConfiguration(chart, PIXEL_RATIO, family)).length === 0)
        throw new Error("chart.js drew nothing");
  };
  // The first ones compile.
  drawAll();
  const startMs = performance.now();
  let charts = 0;
  for (; performance.now() - startMs < forMs; charts += sampleCharts.length) drawAll();
  return (charts * 1000) / (performance.now() - startMs);
}
