import { basename } from "node:path";
import { type ColumnLog, createColumnLog, type TextColumn } from "../core/win/text-column.ts";
import type { Progress } from "../ingest/import-source.ts";
import { FileFault } from "../tables/file-fault.ts";
import { headerKey } from "../tables/headers.ts";
import { openTable, type TableOptions } from "../tables/read-table.ts";
import { closestNames } from "./closest-names.ts";

export interface ReadColumns {
  /** In the order of the file; every one has as many rows. */
  readonly columns: readonly TextColumn[];
  readonly rows: number;
  /** Rows that could not be read as cells. */
  readonly unreadable: number;
  /** The columns that were asked for, as the file heads them. */
  readonly named: readonly string[];
  readonly notes: readonly string[];
}

const progressRows = 10_000;

/**
 * Reads a whole table, column by column: numbers as such, and each text of a column once.
 *
 * @param wanted columns that there must be, matched without case; all their texts are kept.
 * @throws FileFault for a file that is no table, or lacks one of them.
 */
export async function readColumns(
  path: string,
  wanted: readonly string[],
  { progress, ...options }: TableOptions & { readonly progress?: Progress },
): Promise<ReadColumns> {
  const table = await openTable(path, options);
  const named = wanted.map((name) => findHeader(path, name, table.headers));
  const logs = table.headers.map((name): readonly [string, ColumnLog] => [
    name,
    createColumnLog(name, { keepsAll: named.includes(name) }),
  ]);
  let [rows, unreadable] = [0, 0];
  const faults: string[] = [];
  for await (const row of table) {
    if ("fault" in row) {
      if (unreadable === 0) faults.push(`cannot be read in line ${row.line}: ${row.fault}`);
      unreadable += 1;
      continue;
    }
    rows += 1;
    if (rows % progressRows === 0)
      progress?.(basename(path), rows, Math.min(0.99, table.bytesRead / table.bytesTotal));
    for (const [name, log] of logs) log.add(row.cells[name] ?? "");
  }
  if (rows >= progressRows) progress?.(basename(path), rows, 1);
  return {
    columns: logs.map(([, log]) => log.column()),
    rows,
    unreadable,
    named,
    notes: [...table.notes, ...faults],
  };
}

function findHeader(path: string, name: string, headers: readonly string[]): string {
  const found = headers.find((header) => headerKey(header) === headerKey(name));
  if (found !== undefined) return found;
  const near = closestNames(name, headers);
  throw new FileFault(path, `has no column "${name}"`, `The nearest are ${near.join(", ")}`);
}
