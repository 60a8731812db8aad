import { type BackupHeader, damaged, decodeBackup } from "./backup-format.ts";
import type { Database } from "./connect.ts";
import { insertRows, type RowCounts } from "./table-rows.ts";
import { type Migration, readMigrations } from "./tables.ts";
import { TransferRefused } from "./transfer-refused.ts";
import { fillEmpty } from "./whole-store.ts";

export interface RestoreSummary {
  /** When the backup was made. */
  readonly createdAt: Date;
  /** Rows by table; tables without rows are left out. */
  readonly rows: RowCounts;
}

/**
 * Loads a backup, unzipped, into an empty store. Nothing is seen of it before its footer has proved that it
 * is whole; a store for which that fails is as empty as before (`fillEmpty`).
 *
 * The backup must be of the very schema that the store has: older rows lack what later migrations computed
 * from them. Its own version restores it, and a newer version brings such a store up to date when it starts.
 *
 * @throws TransferRefused when the store is not empty, the schema differs, or the backup is damaged.
 */
export function restore(database: Database, bytes: AsyncIterable<Uint8Array>): Promise<RestoreSummary> {
  return fillEmpty(database, async (on, tables) => {
    const migrations = await readMigrations(on);
    const tablesByName = new Map(tables.map((table) => [table.name, table]));
    let createdAt = new Date(0);
    const batches = decodeBackup(bytes, (header) => {
      refuseOtherSchema(header, migrations);
      createdAt = header.createdAt;
    });
    for (;;) {
      const next = await batches.next();
      if (next.done) return { createdAt, rows: next.value };
      const table = tablesByName.get(next.value.table);
      if (!table) throw damaged(`there is no table ${next.value.table}`);
      await insertRows(on, table, next.value.rows);
    }
  });
}

/** Reads a backup to its end, to see that it is whole, before a store is touched. */
export async function checkBackup(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const batches = decodeBackup(bytes, () => {});
  while (!(await batches.next()).done);
}

function refuseOtherSchema({ migrations: theirs }: BackupHeader, ours: readonly Migration[]): void {
  const checksums = new Map(ours.map(({ name, checksum }) => [name, checksum]));
  const unknown = theirs.filter(({ name, checksum }) => checksums.get(name) !== checksum);
  if (unknown.length > 0)
    throw new TransferRefused(
      `This backup was made by a newer or another version of Portfolio (its schema has ${unknown.map(({ name }) => name).join(", ")}). Update Portfolio, then restore it.`,
    );
  if (theirs.length < ours.length)
    throw new TransferRefused(
      `This backup was made by an older version of Portfolio (its schema ends with ${theirs.at(-1)?.name ?? "nothing"}). Restore it with that version, then start this one on the restored store: it brings the data up to date.`,
    );
}
