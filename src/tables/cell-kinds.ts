/** What a cell looks like at first sight; a header's cells are text. */
export type CellKind = "blank" | "number" | "date" | "address" | "text";

const numeric = /^[-+(]?\s?\p{Sc}?\s?\d[\d.,'’ ]*\s?[%\p{Sc}]?\)?$/u;
const year = /^(?:19|20)\d\d$/;
const dates = [
  /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[ T,]+\d{1,2}:\d{2}.*)?$/,
  /^\d{1,2}[- ][A-Za-z]{3,9}\.?[- ,]+\d{2,4}$/,
];
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function kindOfCell(cell: string): CellKind {
  const text = cell.trim();
  if (text === "") return "blank";
  // Years head the columns of many a report.
  if (year.test(text)) return "text";
  if (dates.some((date) => date.test(text))) return "date";
  if (text.length < 40 && numeric.test(text)) return "number";
  return address.test(text) ? "address" : "text";
}
