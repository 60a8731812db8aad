// The embedded store's own process: it alone opens the data directory, and every other process (the
// bot, a command line beside it) connects to its socket. It starts when the first one needs it and
// leaves when the last one has gone. Started by `embedded.ts`; argument: the data directory.
import { fstatSync, openSync, statSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { tryLock } from "fs-native-extensions";
import { canConnect, socketPath } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { servePostgres } from "./wire-server.ts";

const IDLE_EXIT_MS = 3_000;
const WATCH_MS = 100;
const LOCK_WAIT_MS = 60_000;

const directory = process.argv[2];
if (!directory) throw new Error("usage: embedded-server <data directory>");
// A Ctrl-C in the terminal is meant for the program in front; this process leaves by itself.
process.on("SIGINT", () => {});

const lock = await lockDirectory(directory);
if (lock !== undefined) await serve(directory, lock);

/**
 * The open lock file; undefined when another process serves the directory already. The system frees the
 * lock when its holder dies.
 */
async function lockDirectory(dir: string): Promise<number | undefined> {
  const file = openSync(lockPath(dir), "a+");
  for (const deadline = Date.now() + LOCK_WAIT_MS; Date.now() < deadline; await sleep(50)) {
    if (tryLock(file)) return file;
    if (await canConnect(dir)) return undefined;
  }
  throw new Error(`${dir} is locked by a process that does not answer.`);
}

/** Whether the directory is still the one that was locked: somebody may have deleted it, and made it anew. */
function holdsDirectory(dir: string, file: number): boolean {
  return statSync(lockPath(dir), { throwIfNoEntry: false })?.ino === fstatSync(file).ino;
}

function lockPath(dir: string): string {
  return join(dir, "lock");
}

async function serve(dir: string, file: number): Promise<void> {
  const path = socketPath(dir);
  await rm(path, { force: true });
  const database = await PGlite.create({ dataDir: join(dir, "database"), extensions: { pg_trgm } });
  await migrate({
    script: async (sql) => void (await database.exec(sql)),
    rows: async (sql) => (await database.query<Record<string, unknown>>(sql)).rows,
  });
  const wire = await servePostgres(database, path);
  writeFileSync(join(dir, "server.pid"), String(process.pid));

  let lastSeen = Date.now();
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    clearInterval(watch);
    await wire.close();
    await database.close();
    process.exit(0);
  };
  const watch = setInterval(() => {
    // Closing the database would now write into files of its successor.
    if (!holdsDirectory(dir, file)) process.exit(1);
    if (wire.connections() > 0) lastSeen = Date.now();
    else if (Date.now() - lastSeen > IDLE_EXIT_MS) void stop();
  }, WATCH_MS);
  process.on("SIGTERM", () => void stop());
}
