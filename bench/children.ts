import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const endWithParent = new URL("./end-with-parent.mjs", import.meta.url).href;
const STOPPED_WITHIN_MS = 15_000;

/** A process of its own; it ends with the bench, whatever happens. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves with a text that the first matching line of the output has, rejects when it ends without. */
  line(pattern: RegExp): Promise<string>;
  /** Resolves once it has ended by itself; rejects, with what it said, when it failed. */
  succeeded(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a script of the repository as `npm start` does, without npm: that is no part of the app. */
export function startChild(
  script: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Child {
  const child = spawn(process.execPath, ["--import", "tsx", "--import", endWithParent, script, ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: "", NODE_OPTIONS: "", LOG_LEVEL: "error", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "advanced",
  });
  let said = "";
  child.stderr?.on("data", (data: Buffer) => {
    said = (said + data.toString()).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const failure = (code: number | null) => new Error(`${script} ended with ${code}: ${said.trim()}`);
  const lines = child.stdout && createInterface({ input: child.stdout });
  return {
    process: child,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        lines?.on("line", (line) => {
          const found = pattern.exec(line)?.[1];
          if (found !== undefined) resolve(found);
        });
        void ended.then((code) => reject(failure(code)));
      }),
    succeeded: async () => {
      const code = await ended;
      if (code !== 0) throw failure(code);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const kill = setTimeout(() => child.kill("SIGKILL"), STOPPED_WITHIN_MS);
      child.kill("SIGTERM");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      clearTimeout(kill);
    },
  };
}
