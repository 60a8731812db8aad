import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Ended {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface TerminalProcess {
  readonly ended: Promise<Ended>;
  /** At once, as when the power goes: nothing is closed or cleaned up. */
  kill(): void;
}

/** `portfolio …` in a process of its own, as `npm run portfolio` starts it. */
export function startTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): TerminalProcess {
  const child = spawn(process.execPath, [...nodeOptions, "--import", "tsx", "src/cli.ts", ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: "", NODE_OPTIONS: "", FORCE_COLOR: "0", LOG_LEVEL: "error", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    errors += data.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ code, output, errors }));
  });
  return { ended, kill: () => void child.kill("SIGKILL") };
}
