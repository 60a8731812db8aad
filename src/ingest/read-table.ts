import { cleanText } from "../core/names.ts";
import { FileFault } from "./file-fault.ts";
import { readHead, readText } from "./file-text.ts";
import { type RawRecord, readRecords } from "./read-records.ts";

/** Cells by header, as the file writes both. */
export type Cells = Readonly<Record<string, string>>;

export type TableRow =
  | { readonly line: number; readonly cells: Cells }
  | { readonly line: number; readonly fault: string };

/** A CSV file; iterating reads it from the start, a piece at a time. Blank rows are left out. */
export interface Table extends AsyncIterable<TableRow> {
  readonly path: string;
  readonly headers: readonly string[];
  readonly delimiter: string;
  readonly bytesTotal: number;
  /** Of the latest iteration: for progress, slightly ahead of the rows. */
  readonly bytesRead: number;
}

/** Opens a CSV file and reads its header; throws a `FileFault` for what is none. */
export async function openTable(path: string): Promise<Table> {
  const { encoding, bytesTotal, text, whole } = await readHead(path);
  if (text.trim() === "") throw new FileFault(path, "is empty", "Export it again, with a header line");
  const delimiter = detectDelimiter(text);
  const header = await firstRecord(text, delimiter, path);
  if (!header || header.unclosed || (!whole && !/[\r\n]/.test(text)))
    throw new FileFault(path, "has a header line that does not end", "Check the quotes in its first line");
  const headers = nameHeaders(header.cells);
  let bytesRead = 0;
  async function* rows(): AsyncGenerator<TableRow> {
    const openText = () => {
      bytesRead = 0;
      return readText(path, encoding, (bytes) => {
        bytesRead += bytes;
      });
    };
    let isHeader = true;
    for await (const record of readRecords(openText, delimiter, path)) {
      if (!isHeader) yield toRow(record, headers);
      isHeader = false;
    }
  }
  return {
    path,
    headers,
    delimiter,
    bytesTotal,
    get bytesRead() {
      return bytesRead;
    },
    [Symbol.asyncIterator]: rows,
  };
}

/** Headers are matched without case and with single spaces. */
export function headerKey(header: string): string {
  const known = headerKeys.get(header);
  if (known !== undefined) return known;
  const key = cleanText(header).toLowerCase();
  if (headerKeys.size < 10_000) headerKeys.set(header, key);
  return key;
}

/** Asked for every cell of every row, so worked out once. */
const headerKeys = new Map<string, string>();

async function firstRecord(text: string, delimiter: string, path: string): Promise<RawRecord | undefined> {
  for await (const record of readRecords(() => [text], delimiter, path)) return record;
  return undefined;
}

/** The candidate that the header line has most of; a comma when it has none. */
function detectDelimiter(text: string): string {
  const counts = new Map([",", ";", "\t"].map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const character of text.trimStart()) {
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if (character === "\n" || character === "\r") break;
    const count = counts.get(character);
    if (count !== undefined) counts.set(character, count + 1);
  }
  const [[delimiter] = [","]] = [...counts].sort(([, left], [, right]) => right - left);
  return delimiter;
}

function nameHeaders(cells: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const name = cleanText(cell) || `Column ${index + 1}`;
    let unique = name;
    for (let count = 2; taken.has(headerKey(unique)); count += 1) unique = `${name} (${count})`;
    taken.add(headerKey(unique));
    return unique;
  });
}

function toRow({ line, lines, cells, unclosed }: RawRecord, headers: readonly string[]): TableRow {
  if (unclosed) return { line, fault: "a quote opens a cell and does not end it" };
  if (cells.length !== headers.length) {
    const span = lines > 1 ? `, over ${lines} lines: is a quote left open?` : "";
    return { line, fault: `${cells.length} cells where the header has ${headers.length}${span}` };
  }
  return {
    line,
    cells: Object.fromEntries(headers.map((header, index) => [header, copyOf(cells[index] ?? "")])),
  };
}

/** V8 keeps the whole piece of the file alive as long as anybody holds a slice of 13 characters or more of it. */
function copyOf(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice).toString();
}
