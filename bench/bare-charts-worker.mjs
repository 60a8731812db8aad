// A thread that draws charts for a while. It is plain JavaScript, since a thread does not inherit what reads TypeScript.
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { drawBare } = await import("./bare-charts.ts");
parentPort?.postMessage(drawBare(workerData));
