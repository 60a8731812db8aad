import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream";
import { pipeline as finished } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { type BackupSummary, backup } from "./backup.ts";
import { damaged } from "./backup-format.ts";
import type { Database } from "./connect.ts";
import { checkBackup, type RestoreSummary, restore } from "./restore.ts";
import { TransferRefused } from "./transfer-refused.ts";

/** Only who made it may read it: it holds every customer and every amount. */
const OWNER_ONLY = 0o600;

/**
 * Backs the store up to a new gzip file, which has its name only when it is whole and on the disk.
 *
 * @throws TransferRefused when the file exists or cannot be written.
 */
export async function backupToFile(
  database: Database,
  path: string,
  now: () => Date,
): Promise<BackupSummary> {
  const partial = `${path}.partial`;
  // The empty file holds the name against a second backup: renaming alone would overwrite.
  await (await openNew(path)).close();
  try {
    await rm(partial, { force: true });
    const summary = await writeTo(partial, database, now);
    await rename(partial, path);
    await syncFolder(dirname(path));
    return summary;
  } catch (error) {
    await rm(partial, { force: true });
    await rm(path, { force: true });
    throw error;
  }
}

/**
 * Restores a backup file into an empty store. The file is read twice: to its end before the store is
 * touched, so that a damaged one is told at once, and then to load it.
 *
 * @throws TransferRefused when the store is not empty, the schema differs, or the file cannot be read or is damaged.
 */
export async function restoreFromFile(database: Database, path: string): Promise<RestoreSummary> {
  await checkBackup(unzipped(path));
  return restore(database, unzipped(path));
}

async function writeTo(path: string, database: Database, now: () => Date): Promise<BackupSummary> {
  const gzip = createGzip();
  const file = createWriteStream(path, { flags: "wx", mode: OWNER_ONLY, flush: true });
  // Whichever of the two fails ends the other, and both are over before the file is renamed or removed.
  const [summary, written] = await Promise.allSettled([backup(database, gzip, now), finished(gzip, file)]);
  if (written.status === "rejected" && isOfSystem(written.reason)) throw unwritable(path, written.reason);
  if (summary.status === "rejected") throw summary.reason;
  if (written.status === "rejected") throw written.reason;
  return summary.value;
}

async function openNew(path: string) {
  return open(path, "wx", OWNER_ONLY).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EEXIST"
      ? new TransferRefused(`${path} exists already and is not overwritten. Name another file.`)
      : unwritable(path, error);
  });
}

function unwritable(path: string, { code }: NodeJS.ErrnoException): TransferRefused {
  return new TransferRefused(
    `${path} cannot be written (${code}). Name a file in a folder that you may write to and that has room.`,
  );
}

/** Whether the operating system refused, as with ENOSPC; what streams say of each other is not of that kind. */
function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** A name survives a power cut only when its folder is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function* unzipped(path: string): AsyncGenerator<Buffer> {
  try {
    // An error of either stream comes out of reading the last one.
    yield* pipeline(createReadStream(path), createGunzip(), () => {});
  } catch (error) {
    throw worded(path, error);
  }
}

/** What went wrong with a file, as a sentence. */
function worded(path: string, error: unknown): unknown {
  if (isOfSystem(error))
    return new TransferRefused(`${path} cannot be read (${error.code}). Check the name of the file.`);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR") return damaged("its end is missing");
  return code.startsWith("Z_") ? damaged("it is no gzip file, or it was altered") : error;
}
