import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { isCurrency } from "../core/money.ts";
import { FileFault } from "../tables/file-fault.ts";
import { headerKey } from "../tables/headers.ts";
import { openTable, type Table, type TableOptions } from "../tables/read-table.ts";
import { type Dialect, type DialectOptions, decideDialect } from "./dialect.ts";
import { type MappedPreset, mappingFor, mappingPresets, requireColumns } from "./mapping.ts";
import type { Preset } from "./preset.ts";
import { notRecognised, recognise } from "./presets.ts";
import { surveyTable } from "./survey-table.ts";

/** Rows read to see which currency a file is in. */
const CURRENCY_SAMPLE = 1_000;

/** What a person may say about files that do not say it themselves. */
export interface ReadingOptions
  extends Pick<TableOptions, "encoding" | "sheet">,
    Pick<DialectOptions, "dates" | "decimal"> {
  /** For files with columns of their own; it goes before what we know. */
  readonly mapping?: readonly MappedPreset[];
}

/** A file that is known well enough to be loaded. */
export interface RecognisedFile {
  readonly table: Table;
  readonly preset: Preset;
  readonly dialect: Dialect;
}

/**
 * Opens every file, finds out what it is, and how it writes its days and amounts. Nothing is loaded before
 * all of them are known.
 *
 * @throws FileFault for a file that is no table, is not recognised, or leaves open how it is to be read.
 */
export async function recogniseFiles(
  paths: readonly string[],
  { mapping = [], timeZone, ...said }: ReadingOptions & { readonly timeZone: string },
): Promise<readonly RecognisedFile[]> {
  const files: RecognisedFile[] = [];
  for (const path of paths) {
    const mapped = mappingFor(mapping, path);
    const table = await openTable(path, { ...mapped?.open, ...said });
    const preset = mapped ?? recognise(table.headers);
    if (!preset) throw notRecognised(path, table.headers);
    if (mapped) requireColumns(mapped, path, table.headers);
    const evidence = await surveyTable(table, preset);
    files.push({
      table,
      preset,
      dialect: decideDialect(path, evidence, { timeZone, ...mapped?.dialect, ...said }),
    });
  }
  return files;
}

/** Reads a mapping file; throws a `FileFault` for one that cannot be read or has mistakes. */
export async function readMapping(path: string): Promise<readonly MappedPreset[]> {
  const yaml = await readFile(path, "utf8").catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw new FileFault(path, `cannot be read${code}`, `Check the path: ${path}`);
  });
  return mappingPresets(yaml, basename(path));
}

/** The currency that the files name most often; undefined where they name none. */
export async function currencyOf(files: readonly RecognisedFile[]): Promise<string | undefined> {
  const counts = new Map<string, number>();
  for (const { table } of files) {
    const header = table.headers.find((name) => currencyHeaders.has(headerKey(name)));
    let rows = 0;
    if (header === undefined) continue;
    for await (const row of table) {
      const code = "cells" in row ? (row.cells[header] ?? "").trim().toUpperCase() : "";
      if (isCurrency(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
      rows += 1;
      if (rows >= CURRENCY_SAMPLE) break;
    }
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

const currencyHeaders = new Set(["currency", "currencyisocode", "amount currency"]);
