// The embedded store's own process: it alone opens the data directory, and every other process (the
// bot, a command line beside it) connects to its socket. It starts when the first one needs it and
// leaves when the last one has gone. Started by `embedded.ts`; argument: the data directory.
import { openSync, writeFileSync } from "node:fs";
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
const LOCK_WAIT_MS = 15_000;

const directory = process.argv[2];
if (!directory) throw new Error("usage: embedded-server <data directory>");
// A Ctrl-C in the terminal is meant for the program in front; this process leaves by itself.
process.on("SIGINT", () => {});

if (await lockDirectory(directory)) await serve(directory);

/** False when another process serves the directory already. The system frees the lock when its holder dies. */
async function lockDirectory(dir: string): Promise<boolean> {
  const file = openSync(join(dir, "lock"), "a+");
  for (const deadline = Date.now() + LOCK_WAIT_MS; Date.now() < deadline; await sleep(50)) {
    if (tryLock(file)) return true;
    if (await canConnect(dir)) return false;
  }
  throw new Error(`${dir} is locked by a process that does not answer.`);
}

async function serve(dir: string): Promise<void> {
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
    if (wire.connections() > 0) lastSeen = Date.now();
    else if (Date.now() - lastSeen > IDLE_EXIT_MS) void stop();
  }, 250);
  process.on("SIGTERM", () => void stop());
}
