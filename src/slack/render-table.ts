import type { DataTableBlock, RichTextBlock } from "@slack/types";
import type { Cell, Column, Table } from "../command.ts";
import { plainTable } from "../plain-table.ts";
import { characters, preformatted } from "./block-parts.ts";
import { limits } from "./limits.ts";
import { alignedText, runningText, shortText } from "./readable-text.ts";

const MOST_PLAIN_CAPTION = 200;
const MOST_PLAIN_CELL = 40;

type SlackCell = DataTableBlock["rows"][number][number];

/** A table as large as fits, and sentences about what did not. */
export interface FittedTable {
  readonly blocks: readonly (DataTableBlock | RichTextBlock)[];
  readonly omissions: readonly string[];
}

/** Shows as many rows as fit into `budget` characters; a table without rows shows nothing. */
export function renderTable(table: Table, budget: number): FittedTable {
  const columns = table.columns.slice(0, limits.tableColumns);
  if (columns.length === 0 || table.rows.length === 0) return { blocks: [], omissions: [] };
  const caption = runningText(table.caption, 200, "Table");
  const most = Math.min(budget - caption.length, limits.tableCharacters - 100);
  // With half of it for the header, one row always fits.
  const cellMost = Math.max(2, Math.min(200, Math.floor(most / (2 * columns.length))));
  const header = columns.map(
    (column): SlackCell => ({ type: "raw_text", text: shortText(column.title, cellMost) }),
  );
  const rows: SlackCell[][] = [];
  let left = most - length(header);
  for (const source of table.rows.slice(0, limits.tableRows - 1)) {
    const row = columns.map((_, index) => renderCell(source[index], cellMost));
    left -= length(row);
    if (left < 0 && rows.length > 0) break;
    rows.push(row);
  }
  const block: DataTableBlock = {
    type: "data_table",
    caption,
    rows: [header, ...rows],
    page_size: Math.min(rows.length, limits.tablePageSize),
    row_header_column_index: nameColumn(columns, table.rows),
  };
  return {
    blocks: [block],
    omissions: [
      ...omitted(table.rows.length - rows.length, "row", "Filter the list to see them."),
      ...omitted(table.columns.length - columns.length, "column", ""),
    ],
  };
}

/** The same in lines of text, for where Slack refuses its own tables. */
export function renderPlainTable({ caption, columns, rows }: Table, budget: number): FittedTable {
  if (columns.length === 0 || rows.length === 0) return { blocks: [], omissions: [] };
  const titled = columns.map((column) => ({ ...column, title: shortText(column.title, MOST_PLAIN_CELL) }));
  const cells = rows
    .slice(0, limits.tableRows - 1)
    .map((row) => columns.map((_, index) => shortText(row[index]?.text ?? "", MOST_PLAIN_CELL)));
  const [header = "", rule = "", ...lines] = plainTable(titled, cells).map(alignedText);
  const head = [runningText(caption, MOST_PLAIN_CAPTION, "Table"), header, rule];
  let left = budget - characters(preformatted(head));
  if (left < 0) return { blocks: [], omissions: omitted(rows.length, "row", "") };
  const shown = lines.filter((line) => {
    left -= line.length + 1;
    return left >= 0;
  });
  return {
    blocks: preformatted([...head, ...shown]),
    omissions: omitted(rows.length - shown.length, "row", "Filter the list to see them."),
  };
}

/** "3 more rows are not shown here." */
export function omitted(count: number, noun: string, advice: string): readonly string[] {
  if (count <= 0) return [];
  const subject = count === 1 ? `1 more ${noun} is` : `${count} more ${noun}s are`;
  return [`${subject} not shown here. ${advice}`.trim()];
}

function renderCell(cell: Cell | undefined, most: number): SlackCell {
  const text = shortText(cell?.text ?? "", most);
  if (cell?.value === undefined || !Number.isFinite(cell.value)) return { type: "raw_text", text };
  return { type: "raw_number", text, value: cell.value };
}

/**
 * The column that says which row it is, for screen readers: the first one with words. Ranks and figures are
 * right-aligned or have a value.
 */
function nameColumn(columns: readonly Column[], rows: Table["rows"]): number {
  const isLeft = (column: Column) => column.align !== "right";
  const words = columns.findIndex(
    (column, index) => isLeft(column) && rows.some((row) => row[index] && row[index].value === undefined),
  );
  return Math.max(0, words >= 0 ? words : columns.findIndex(isLeft));
}

function length(row: readonly SlackCell[]): number {
  return row.reduce((sum, cell) => sum + ("text" in cell ? cell.text.length : 0), 0);
}
