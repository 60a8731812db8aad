import { cleanText } from "../core/names.ts";
import { kindOfCell } from "./cell-kinds.ts";
import { FileFault } from "./file-fault.ts";
import type { RawRecord } from "./raw-record.ts";

const mostColumns = 2_000;

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

/**
 * Names the columns after the first record; repeated and blank names are made unique.
 *
 * @throws FileFault when that record is no header.
 */
export function nameHeaders(path: string, [header, ...rows]: readonly RawRecord[]): readonly string[] {
  if (!header) throw new FileFault(path, "is empty", "Export it again, with a header line");
  const { cells, line, fault } = header;
  if (fault !== undefined)
    throw new FileFault(path, "has a header line that does not end", "Check the quotes in its first line");
  if (cells.length > mostColumns)
    throw new FileFault(
      path,
      `has ${cells.length} columns in line ${line}, more than the ${mostColumns} that are read`,
      "Leave out the columns that are not needed",
    );
  if (isData(cells, rows[0]?.cells ?? []))
    throw new FileFault(
      path,
      `has no header line: line ${line} begins with ${cells
        .slice(0, 3)
        .map((cell) => `"${shorten(cell.trim())}"`)
        .join(", ")}`,
      "Put a line with the names of the columns above the first row",
    );
  return uniqueNames(cells);
}

/**
 * Whether a first row is data: most of its cells are blank, or figures, dates, addresses and repetitions,
 * unless one of them is of another kind than the figure below it.
 */
function isData(first: readonly string[], second: readonly string[]): boolean {
  const kinds = first.map(kindOfCell);
  const width = kinds.findLastIndex((kind) => kind !== "blank") + 1;
  const blank = kinds.slice(0, width).filter((kind) => kind === "blank").length;
  if (blank * 2 > width) return true;
  const figures = kinds.filter((kind) => kind !== "blank" && kind !== "text").length;
  const named = kinds.some((kind, index) => {
    const below = kindOfCell(second[index] ?? "");
    return kind !== "blank" && below !== "blank" && below !== "text" && kind !== below;
  });
  if (figures === 0 || named) return false;
  const repeated = width - blank - new Set(first.filter((cell) => cell.trim() !== "")).size;
  return (Math.max(figures, repeated) + blank) * 2 > width;
}

function uniqueNames(cells: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const name = cleanText(cell) || `Column ${index + 1}`;
    let unique = name;
    for (let count = 2; taken.has(headerKey(unique)); count += 1) unique = `${name} (${count})`;
    taken.add(headerKey(unique));
    return unique;
  });
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
