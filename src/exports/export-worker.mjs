// A thread that writes one long list as a file and ends. It is plain JavaScript, since a thread does not inherit
// what reads TypeScript.

import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { writeList } = await import("./export-list.ts");
parentPort?.postMessage(await writeList(workerData));
