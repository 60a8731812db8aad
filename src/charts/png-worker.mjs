// A thread that draws charts. It is plain JavaScript, since a thread does not inherit what reads TypeScript.

import { constants, setPriority } from "node:os";

// Answers come first, also while the rest loads. Elsewhere this would be about the whole process.
if (process.platform === "linux") setPriority(0, constants.priority.PRIORITY_LOW);
const { register } = await import("tsx/esm/api");
register();
// Fonts of the machine would make one chart look different on two of them.
process.env.DISABLE_SYSTEM_FONTS_LOAD = "1";

/** Loads what draws only now, so that what fails then fails the drawing and not the thread. */
export default async function draw(chart) {
  const { drawChart } = await import("./draw-chart.ts");
  return drawChart(chart);
}
