import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The bot in a process of its own, as `npm start` starts it. */
export interface BotProcess {
  /** Everything it has printed so far, also to standard error. */
  output(): string;
  readonly ended: Promise<number | null>;
  /** Asks it to stop, and waits. */
  stop(): Promise<number | null>;
  /** At once, as when the power goes. */
  kill(): Promise<number | null>;
}

/** Resolves once it answers Slack; rejects with what it printed when it ends before. */
export async function startBot(env: Readonly<Record<string, string>>): Promise<BotProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: "", NODE_OPTIONS: "", LOG_LEVEL: "warn", HOST: "127.0.0.1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  const printed = await readyOutput(child, ended);
  return { output: printed, ended, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

async function readyOutput(child: ChildProcess, ended: Promise<unknown>): Promise<() => string> {
  let output = "";
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (data: Buffer) => {
        output += data.toString();
        if (output.includes("Portfolio answers Slack")) resolve();
      });
  });
  await Promise.race([ready, ended]);
  if (child.exitCode !== null) throw new Error(`the bot did not start:\n${output}`);
  return () => output;
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
