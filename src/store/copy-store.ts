import type { Database } from "./connect.ts";
import { digestTable, insertRows, type RowCounts, readRows } from "./table-rows.ts";
import { readMigrations } from "./tables.ts";
import { TransferRefused } from "./transfer-refused.ts";
import { fillEmpty, readWhole } from "./whole-store.ts";

export interface CopySummary {
  /** Rows by table, the same on both sides. */
  readonly rows: RowCounts;
}

/**
 * Copies a store, as it is at one moment, into an empty one of the same schema, and compares the two before
 * anybody sees the copy: rows and a digest of every table, computed by either side from what it has.
 * What fails leaves the target empty (`fillEmpty`). The two must be different databases.
 *
 * @throws TransferRefused when the target is not empty or the schemas differ.
 */
export function copyStore(from: Database, to: Database): Promise<CopySummary> {
  return readWhole(from, (source, tables) =>
    fillEmpty(to, async (target, targetTables) => {
      const [theirs, ours] = [await readMigrations(source), await readMigrations(target)];
      if (JSON.stringify(theirs) !== JSON.stringify(ours))
        throw new TransferRefused(
          "The two stores are of different versions of Portfolio. Open both with this one, then copy again.",
        );
      const counts: Record<string, number> = {};
      for (const table of tables) {
        const targetTable = targetTables.find(({ name }) => name === table.name);
        if (!targetTable) throw new TransferRefused(`The new store has no table ${table.name}.`);
        for await (const rows of readRows(source, table)) await insertRows(target, targetTable, rows);
        const [read, written] = [await digestTable(source, table), await digestTable(target, targetTable)];
        if (read.rows !== written.rows || read.digest !== written.digest)
          throw new Error(
            `The copy of ${table.name} differs: ${read.rows} rows read, ${written.rows} written. Nothing was copied.`,
          );
        counts[table.name] = written.rows;
      }
      return { rows: counts };
    }),
  );
}
