import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { StoreUnavailable } from "./store-unavailable.ts";

const START_LIMIT_MS = 60_000;
/** As PostgreSQL's clients expect it to be named. */
const SOCKET = ".s.PGSQL.5432";
/** What the operating systems allow for a socket's path, less the terminating zero. */
const SOCKET_PATH_LIMIT = 103;

const server = fileURLToPath(new URL("embedded-server.ts", import.meta.url));

/**
 * The folder of a directory's socket: the directory itself, or one of ours in the system's temporary folder
 * where the operating system's limit for socket paths leaves no room.
 */
export function socketFolder(directory: string): string {
  if (Buffer.byteLength(join(directory, SOCKET)) <= SOCKET_PATH_LIMIT) return directory;
  const name = createHash("sha256").update(directory).digest("hex").slice(0, 20);
  const folder = join(tmpdir(), `portfolio-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  // Whoever made this folder before us could answer in the store's place.
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0)
    throw new StoreUnavailable(
      `${folder} belongs to somebody else. Remove it, or choose a shorter DATA_DIR.`,
    );
  return folder;
}

/** Where the embedded store of a directory listens. */
export function socketPath(directory: string): string {
  return join(socketFolder(directory), SOCKET);
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
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK);
    return realpathSync(directory);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw new StoreUnavailable(
      `DATA_DIR ${directory} cannot be used${code}. Name a folder you may write to.`,
    );
  }
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
  throw new StoreUnavailable(
    `The embedded store in ${directory} did not start:\n${readFileSync(logFile, "utf8").slice(0, 2_000)}`,
  );
}
