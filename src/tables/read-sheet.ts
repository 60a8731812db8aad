import type { Entry } from "yauzl";
import { serialToText } from "./excel-dates.ts";
import type { OnBytesRead } from "./file-bytes.ts";
import { plainNumber } from "./plain-number.ts";
import { longestRecord, type RawRecord } from "./raw-record.ts";
import { readXml } from "./read-xml.ts";
import { unescapeText } from "./shared-strings.ts";
import { type Archive, damagedFault, readEntry } from "./zip-archive.ts";

/** What cells refer to. */
export interface SheetContext {
  readonly sharedStrings: readonly string[];
  readonly dateStyles: ReadonlySet<number>;
  readonly from1904: boolean;
}

const mostRows = 2 ** 20;
const mostColumns = 2 ** 14;

/** The rows of a worksheet that hold something, as far as their last cell that does. */
export function readSheet(
  archive: Archive,
  entry: Entry,
  context: SheetContext,
  onBytesRead?: OnBytesRead,
): AsyncGenerator<RawRecord> {
  const { path } = archive;
  return readXml<RawRecord>(path, readEntry(archive, entry, onBytesRead), (emit) => {
    let line = 0;
    let cells: string[] = [];
    let characters = 0;
    let column = -1;
    let cell: Readonly<Record<string, string>> = {};
    let value = "";
    let isValue = false;
    let isPhonetic = false;
    const take = () => {
      const text = value === "" ? "" : cellText(cell, value, context);
      if (text === undefined) throw damagedFault(path);
      characters += text.length;
      if (characters > longestRecord) cells = [];
      else if (text !== "") cells[column] = text;
    };
    return {
      open: (name, attributes) => {
        if (name === "row") {
          line = attributes.r === undefined ? line + 1 : Number(attributes.r);
          if (!(Number.isInteger(line) && line > 0 && line <= mostRows)) throw damagedFault(path);
          cells = [];
          characters = 0;
          column = -1;
        } else if (name === "c") {
          column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
          if (!(column >= 0 && column < mostColumns)) throw damagedFault(path);
          cell = attributes;
          value = "";
        } else if (name === "rPh") isPhonetic = true;
        else isValue = (name === "v" || name === "t") && !isPhonetic;
      },
      text: (text) => {
        // A cell may have any number of parts; what is over the limit is not read anyway.
        if (isValue && value.length <= longestRecord) value += text;
      },
      close: (name) => {
        isValue = false;
        if (name === "rPh") isPhonetic = false;
        if (name === "c") take();
        if (name !== "row") return;
        const fault = characters > longestRecord ? "longer than 1 MB" : undefined;
        if (cells.length > 0 || fault !== undefined)
          emit({ line, lines: 1, cells: Array.from(cells, (text) => text ?? ""), fault });
      },
    };
  });
}

/** Undefined for a shared text that is not there. */
function cellText(
  { t: type = "n", s: style = "0" }: Readonly<Record<string, string>>,
  value: string,
  { sharedStrings, dateStyles, from1904 }: SheetContext,
): string | undefined {
  switch (type) {
    case "s":
      return sharedStrings[Number(value)];
    case "b":
      return value === "1" ? "TRUE" : "FALSE";
    case "n":
      return (
        (dateStyles.has(Number(style)) ? serialToText(Number(value), from1904) : undefined) ??
        plainNumber(value)
      );
    default:
      return unescapeText(value);
  }
}

/** The column of a reference such as `AB12`, from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const place = letter.charCodeAt(0) - 64;
    if (place < 1 || place > 26) break;
    column = column * 26 + place;
  }
  return column - 1;
}
