import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, realpathSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const START_LIMIT_MS = 60_000;
/** What the operating systems allow for a socket's path, less the terminating zero. */
const SOCKET_PATH_LIMIT = 103;

const server = fileURLToPath(new URL("embedded-server.ts", import.meta.url));

/** Where the embedded store of a directory listens, named as PostgreSQL's clients expect it. */
export function socketPath(directory: string): string {
  return join(directory, ".s.PGSQL.5432");
}

/** Whether a store answers for the directory now. */
export function canConnect(directory: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath(directory));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Makes the directory if need be and returns its real path, which every process must agree on. */
export function prepareDirectory(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = realpathSync(directory);
  if (Buffer.byteLength(socketPath(path)) > SOCKET_PATH_LIMIT)
    throw new Error(`DATA_DIR is too long for a socket (${path}). Choose a path of at most 85 characters.`);
  return path;
}

/** Starts the directory's store unless one answers already, and returns when it does. */
export async function ensureEmbedded(directory: string): Promise<void> {
  if (await canConnect(directory)) return;
  const logFile = join(directory, "store.log");
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, ["--import", "tsx", server, directory], {
    // Where "tsx" is found, whatever directory the first process runs in.
    cwd: dirname(server),
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let failed = false;
  child.once("exit", (code) => {
    failed = code !== 0;
  });
  child.unref();
  for (const deadline = Date.now() + START_LIMIT_MS; Date.now() < deadline; await sleep(25)) {
    if (await canConnect(directory)) return;
    if (failed) break;
  }
  throw new Error(
    `The embedded store in ${directory} did not start:\n${readFileSync(logFile, "utf8").slice(0, 2_000)}`,
  );
}
