// Preloaded into every process that the bench starts: it ends when the bench does, however that ends. It is plain
// JavaScript, since the process's threads preload it too, and they do not inherit what reads TypeScript.
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  process.once("disconnect", () => process.exit(1));
  // It must not keep a process that has done its work.
  process.channel?.unref();
}
