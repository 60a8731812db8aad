import { stringify } from "csv-stringify/sync";
import type { Issue } from "../store/imports.ts";
import { harmlessCsv } from "./export-csv.ts";

const COLUMNS = ["kind", "file", "line", "column", "value", "rows", "reason"] as const;
/** Issues that make one piece of the file. */
const PIECE = 1_000;

/**
 * What an import did not load and found suspect, as CSV, piece by piece. Values come from other people's files:
 * one that a spreadsheet would run as a formula is kept as text by an apostrophe.
 *
 * @param options.byteOrderMark for a file that people open: without the mark Excel does not read it as UTF-8.
 */
export async function* issuesCsv(
  issues: AsyncIterable<Issue>,
  { byteOrderMark = false }: { readonly byteOrderMark?: boolean } = {},
): AsyncGenerator<string> {
  yield stringify([[...COLUMNS]], { ...harmlessCsv, bom: byteOrderMark });
  let waiting: (string | number | undefined)[][] = [];
  for await (const issue of issues) {
    waiting.push(COLUMNS.map((column) => issue[column]));
    if (waiting.length < PIECE) continue;
    yield stringify(waiting, harmlessCsv);
    waiting = [];
  }
  if (waiting.length > 0) yield stringify(waiting, harmlessCsv);
}
