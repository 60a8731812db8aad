import { kindOfCell } from "./cell-kinds.ts";
import type { RawRecord } from "./raw-record.ts";
import { readRecords } from "./read-records.ts";
import { readSpaced } from "./read-spaced.ts";

/** A space stands for any run of spaces. */
export type Delimiter = "," | ";" | "\t" | "|" | " ";

const candidates = [",", ";", "\t", "|"] as const;
/** Rows that are looked at. */
const sampleSize = 50;

export function readDelimited(
  openText: () => AsyncIterable<string> | Iterable<string>,
  delimiter: Delimiter,
  path: string,
): AsyncIterable<RawRecord> {
  return delimiter === " " ? readSpaced(openText()) : readRecords(openText, delimiter, path);
}

/** The first records of a text as a delimiter cuts them, without the last one where it may be cut off. */
export async function sampleRecords(
  head: string,
  whole: boolean,
  delimiter: Delimiter,
  path: string,
): Promise<readonly RawRecord[]> {
  const records: RawRecord[] = [];
  for await (const record of readDelimited(() => piecesOf(head), delimiter, path)) {
    records.push(record);
    if (records.length > sampleSize) return records;
  }
  return whole || records.length < 2 ? records : records.slice(0, -1);
}

/** Small ones: a parser reads its whole piece before it hands out the first record. */
function* piecesOf(head: string): Generator<string> {
  for (let at = 0; at < head.length; at += 16_384) yield head.slice(at, at + 16_384);
}

/**
 * The delimiter that cuts most of the first rows into as many cells as the header; of several, the one that
 * makes more cells. A comma for a table of one column.
 */
export async function detectDelimiter(head: string, whole: boolean, path: string): Promise<Delimiter> {
  const scored: { readonly delimiter: Delimiter; readonly consistency: number; readonly width: number }[] =
    [];
  for (const delimiter of candidates) {
    if (!head.includes(delimiter)) continue;
    const [header, ...rows] = await sampleRecords(head, whole, delimiter, path);
    const width = header?.cells.length ?? 0;
    if (width < 2 || header?.cells.some(isCutInQuotes)) continue;
    const alike = rows.filter(({ cells }) => cells.length === width).length;
    scored.push({ delimiter, consistency: rows.length === 0 ? 1 : alike / rows.length, width });
  }
  const [best] = scored.sort(
    (left, right) => right.consistency - left.consistency || right.width - left.width,
  );
  if (best && best.consistency > 0) return best.delimiter;
  if (await isSpaced(head, whole, path)) return " ";
  return best?.delimiter ?? ",";
}

/** A quote in a header's cell that has no partner: the delimiter stood inside quotes. */
function isCutInQuotes(cell: string): boolean {
  return cell.split('"').length % 2 === 0;
}

/** Words are parted by spaces too, so the rows must fit the header and hold more figures than words. */
async function isSpaced(head: string, whole: boolean, path: string): Promise<boolean> {
  const [header, ...rows] = await sampleRecords(head, whole, " ", path);
  const width = header?.cells.length ?? 0;
  const fitting = rows.filter(({ cells }) => {
    const words = cells.filter((cell) => kindOfCell(cell) === "text").length;
    return cells.length === width && words * 2 <= width;
  });
  return width > 1 && rows.length > 0 && fitting.length >= rows.length * 0.9;
}
