import { detachedText } from "./detached-text.ts";
import { FileFault } from "./file-fault.ts";
import { kindOfBytes } from "./file-kinds.ts";
import { nameHeaders } from "./headers.ts";
import { inspectFile } from "./inspect-file.ts";
import { openCsv } from "./open-csv.ts";
import { openWorkbook } from "./open-workbook.ts";
import type { RawRecord, RecordFile } from "./raw-record.ts";

/** Cells by header, as the file writes both. */
export type Cells = Readonly<Record<string, string>>;

export type TableRow =
  | { readonly line: number; readonly cells: Cells }
  | { readonly line: number; readonly fault: string };

/**
 * A CSV file or a sheet of a workbook; iterating reads it from the start, a piece at a time. Blank rows are
 * left out.
 */
export interface Table extends AsyncIterable<TableRow> {
  readonly path: string;
  readonly format: "csv" | "xlsx";
  /** As `TextDecoder` names it. */
  readonly encoding: string;
  /** Undefined for a workbook; a space stands for any run of spaces. */
  readonly delimiter: string | undefined;
  readonly headers: readonly string[];
  /** What people should know about how it is read: "read as Windows-1252". */
  readonly notes: readonly string[];
  /** Of the file, packed as it is; of a workbook, of its sheet. */
  readonly bytesTotal: number;
  /** Of the latest iteration: for progress, slightly ahead of the rows. */
  readonly bytesRead: number;
}

export interface TableOptions {
  /** Any name that `TextDecoder` knows; found by evidence without it. */
  readonly encoding?: string;
  /** Of a workbook with several sheets. */
  readonly sheet?: string;
  /** The names of the columns of a file that has no header line. */
  readonly header?: readonly string[];
}

/** Opens a CSV file, packed with gzip or not, or an Excel workbook; throws a `FileFault` for what is none. */
export async function openTable(path: string, options: TableOptions = {}): Promise<Table> {
  const file = await openRecords(path, options);
  const headers = options.header ?? nameHeaders(path, file.firstRecords);
  const empty = options.header === undefined && file.firstRecords.length === 1;
  let bytesRead = 0;
  async function* rows(): AsyncGenerator<TableRow> {
    let isHeader = options.header === undefined;
    const records = file.read((bytes) => {
      bytesRead = bytes;
    });
    for await (const record of records) {
      if (!isHeader) yield toRow(record, headers);
      isHeader = false;
    }
  }
  return {
    path,
    format: file.format,
    encoding: file.encoding,
    delimiter: file.delimiter,
    headers,
    notes: [...file.notes, ...(empty ? ["has a header and no rows"] : [])],
    bytesTotal: file.bytesTotal,
    get bytesRead() {
      return bytesRead;
    },
    [Symbol.asyncIterator]: rows,
  };
}

async function openRecords(path: string, { encoding, sheet }: TableOptions): Promise<RecordFile> {
  const file = await inspectFile(path);
  const kind = kindOfBytes(file.start);
  if (kind === "zip") return openWorkbook(path, sheet);
  if (kind === "gzip" || kind === undefined) return openCsv(file, kind === "gzip", encoding);
  throw new FileFault(path, kind.problem, kind.remedy);
}

function toRow({ line, lines, cells, fault }: RawRecord, headers: readonly string[]): TableRow {
  if (fault !== undefined) return { line, fault };
  if (cells.length !== headers.length) {
    const span = lines > 1 ? `, over ${lines} lines: is a quote left open?` : "";
    return { line, fault: `${cells.length} cells where the header has ${headers.length}${span}` };
  }
  return { line, cells: nameCells(cells, headers) };
}

function nameCells(cells: readonly string[], headers: readonly string[]): Cells {
  // Assigning to it would name no cell; it is five times slower for all others.
  if (headers.includes("__proto__"))
    return Object.fromEntries(headers.map((header, index) => [header, detachedText(cells[index] ?? "")]));
  const named: Record<string, string> = {};
  for (let index = 0; index < headers.length; index += 1)
    named[headers[index] ?? ""] = detachedText(cells[index] ?? "");
  return named;
}
