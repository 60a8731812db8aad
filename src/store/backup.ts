import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { encodeBackup, type RowBatch } from "./backup-format.ts";
import type { Database } from "./connect.ts";
import type { Executor } from "./sql.ts";
import { type RowCounts, readRows } from "./table-rows.ts";
import { readMigrations, type Table } from "./tables.ts";
import { readWhole } from "./whole-store.ts";

export interface BackupSummary {
  readonly createdAt: Date;
  /** Rows by table; tables without rows are left out. */
  readonly rows: RowCounts;
}

/**
 * Writes every row of every table, as it was at one moment, and ends the writable; a failure destroys it.
 * On the embedded store everybody else waits meanwhile (`readWhole` says why).
 *
 * What is not yet visible comes along: an import or a snapshot that was under way is dead in the store it is
 * restored to, and the next one there removes it, as it does after a crash.
 */
export async function backup(
  database: Database,
  writable: Writable,
  now: () => Date,
): Promise<BackupSummary> {
  try {
    return await readWhole(database, async (on, tables) => {
      const createdAt = now();
      const lines = encodeBackup({ createdAt, migrations: await readMigrations(on) }, rowsOfAll(on, tables));
      let rows: RowCounts = {};
      // A stream does not pass a generator's result on.
      const text = (async function* () {
        rows = yield* lines;
      })();
      await pipeline(Readable.from(text), writable);
      return { createdAt, rows };
    });
  } catch (error) {
    writable.destroy();
    throw error;
  }
}

async function* rowsOfAll(on: Executor, tables: readonly Table[]): AsyncGenerator<RowBatch> {
  for (const table of tables) for await (const rows of readRows(on, table)) yield { table: table.name, rows };
}
