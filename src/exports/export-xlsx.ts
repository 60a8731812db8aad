import stringWidth from "string-width";
import writeWorkbook, { type CellObject } from "write-excel-file/node";
import { cleanText } from "../core/names.ts";
import { UsageError } from "../usage-error.ts";
import { type ExportCell, exportTable } from "./export-rows.ts";

/** What a list says about itself: the sheet's name, and lines such as what was asked and the day of the data. */
export interface ListTitle {
  readonly title: string;
  readonly about: readonly { readonly label: string; readonly value: string }[];
}

// What Excel allows: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
const MOST_ROWS = 1_048_576;
const LONGEST_CELL = 32_767;
const LONGEST_SHEET_NAME = 31;
/** Its calendar takes 1900 for a leap year, so that only later days are surely the same everywhere. */
const FIRST_DAY = "1900-03-01";

const NARROWEST = 8;
const WIDEST = 60;
/** Rows that a column's width is measured by: measuring all of a long list takes longer than writing it. */
const MEASURED_ROWS = 500;
/** Half characters and those that Unicode reserves, which XML does not have; the writer drops U+FFFD too. */
const notInXml = /[\p{Surrogate}\p{Noncharacter_Code_Point}\ufffd]/gu;

/**
 * The rows of an answer's data as an XLSX workbook, or undefined when it is no list. Amounts, shares and days
 * are numbers with a format; texts are text cells, never formulas. A second sheet says what the list is.
 *
 * @throws UsageError for more rows than a sheet can have.
 */
export async function exportXlsx(data: unknown, { title, about }: ListTitle): Promise<Buffer | undefined> {
  const table = exportTable(data);
  if (!table) return undefined;
  if (table.rows.length >= MOST_ROWS)
    throw new UsageError(
      `A sheet has room for ${MOST_ROWS - 1} rows, and the list has ${table.rows.length}. Ask for a part of it, or for CSV.`,
    );
  const measured = table.rows.slice(0, MEASURED_ROWS);
  const header = table.columns.map(boldText);
  const rows = table.rows.map((row) => row.map((cell) => (cell ? cellOf(cell) : null)));
  return writeWorkbook([
    {
      sheet: sheetName(title),
      data: [header, ...rows],
      columns: table.columns.map((name, index) => ({
        width: widthOf([name, ...measured.map((row) => shown(row[index]))]),
      })),
      stickyRowsCount: 1,
    },
    {
      sheet: "About",
      data: about.map(({ label, value }) => [boldText(label), textCell(value)]),
      columns: [
        { width: widthOf(about.map(({ label }) => label)) },
        { width: widthOf(about.map(({ value }) => value)) },
      ],
    },
  ]).toBuffer();
}

function cellOf(cell: ExportCell): CellObject | null {
  switch (cell.kind) {
    case "text":
      return textCell(cell.text);
    case "number":
      return { type: Number, value: cell.number };
    case "share":
      return { type: Number, value: cell.number, format: "0.0%" };
    case "amount":
      return {
        type: Number,
        value: Number(cell.decimal),
        format: cell.digits === 0 ? "#,##0" : `#,##0.${"0".repeat(cell.digits)}`,
      };
    case "day":
      if (cell.day < FIRST_DAY) return textCell(cell.day);
      return { type: Date, value: new Date(`${cell.day}T00:00:00Z`), format: "yyyy-mm-dd" };
  }
}

function textCell(text: string): CellObject | null {
  const value = cellText(text);
  return value === "" ? null : { type: String, value };
}

function boldText(text: string): CellObject | null {
  const cell = textCell(text);
  return cell && { ...cell, fontWeight: "bold" };
}

function cellText(text: string): string {
  const clean = cleanText(text).replace(notInXml, "");
  const cut =
    clean.length > LONGEST_CELL ? `${clean.slice(0, LONGEST_CELL - 1).replace(notInXml, "")}…` : clean;
  // Spreadsheets read _x0041_ as an A, unless its first underscore is written in the same way.
  const escaped = cut.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
  // The writer looks texts up in a plain object, where "constructor" is already something else. It drops the zero.
  return escaped in {} ? `\0${escaped}` : escaped;
}

/** A name that Excel allows: not the other sheet's, and without characters that a reference to it could not have. */
function sheetName(title: string): string {
  const name = cleanText(title.replace(/[[\]/\\:*?']/g, " ").replace(notInXml, ""));
  const cut = name.slice(0, LONGEST_SHEET_NAME).replace(notInXml, "").trim();
  return cut === "" || /^(about|history)$/i.test(cut) ? "List" : cut;
}

function widthOf(texts: readonly string[]): number {
  const widest = texts.reduce((width, text) => Math.max(width, stringWidth(text.slice(0, WIDEST))), 0);
  return Math.min(WIDEST, Math.max(NARROWEST, widest + 2));
}

/** Roughly what a cell shows, for its width. */
function shown(cell: ExportCell | undefined): string {
  switch (cell?.kind) {
    case "text":
      return cell.text;
    case "day":
      return cell.day;
    case "amount":
      return cell.decimal.replaceAll(/\d{3}/g, "$&,");
    case "share":
      return "100.0%";
    case "number":
      return String(cell.number);
    case undefined:
      return "";
  }
}
