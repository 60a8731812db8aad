import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openTable, type TableRow } from "../../src/tables/read-table.ts";

/** A folder that is gone when the test is. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "portfolio-ingest-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

export function tempFile(content: string | Buffer, name = "puddles.csv"): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, content);
  return path;
}

export async function rowsOf(path: string): Promise<readonly TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of await openTable(path)) rows.push(row);
  return rows;
}
