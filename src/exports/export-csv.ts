import { type Options, stringify } from "csv-stringify/sync";
import { type ExportCell, exportTable } from "./export-rows.ts";

/**
 * What starts a formula (https://owasp.org/www-community/attacks/CSV_Injection) behind a semicolon, at which a
 * spreadsheet in much of Europe begins a new cell, quoted or not.
 */
const formulaInside = /;(?=[\s"]*[=+\-@＝＋－＠])/gu;

/** How a CSV file is written whose texts a spreadsheet must not run. */
export const harmlessCsv: Options = {
  escape_formulas: true,
  record_delimiter: "windows",
  cast: { string: (text) => text.replaceAll(formulaInside, ";'") },
};

/**
 * The rows of an answer's data as CSV, or undefined when it is no list. Money becomes a decimal number and
 * a currency column. A text that a spreadsheet would run as a formula is kept as text by an apostrophe.
 *
 * @param options.byteOrderMark for a file that people open: without the mark Excel does not read it as UTF-8.
 */
export function exportCsv(
  data: unknown,
  { byteOrderMark = false }: { readonly byteOrderMark?: boolean } = {},
): string | undefined {
  const table = exportTable(data);
  if (!table) return undefined;
  // Arrays, since a column called "a.b" would be looked up inside of "a".
  return stringify([table.columns, ...table.rows.map((row) => row.map(plainOf))], {
    ...harmlessCsv,
    bom: byteOrderMark,
    cast: {
      ...harmlessCsv.cast,
      // Unlike a text, an amount may start with a minus.
      object: ({ decimal }) => ({ value: String(decimal), escape_formulas: false }),
    },
  });
}

function plainOf(cell: ExportCell | undefined): string | number | { readonly decimal: string } | undefined {
  switch (cell?.kind) {
    case "text":
      return cell.text;
    case "day":
      return cell.day;
    case "number":
    case "share":
      return cell.number;
    case "amount":
      return { decimal: cell.decimal };
    case undefined:
      return undefined;
  }
}
