// Stands for what draws charts, and does what a chart's title says.

import { setTimeout } from "node:timers/promises";
import { threadId } from "node:worker_threads";

export default async function draw({ title }) {
  if (title === "crash") process.exit(1);
  if (title === "throw") throw new Error("no such font");
  while (title === "hang") await setTimeout(1000);
  while (title === "spin");
  return Uint8Array.of(threadId);
}
