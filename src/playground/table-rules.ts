import { isObject, listOf } from "./json.ts";
import { richText } from "./rich-text-rules.ts";
import {
  all,
  arrayOf,
  blockPage,
  boolean,
  byType,
  type Check,
  characters,
  fault,
  finiteNumber,
  inside,
  integer,
  oneOf,
  optional,
  shape,
  typed,
} from "./rule-kit.ts";

const TABLE_PAGE = blockPage("table-block");
const DATA_TABLE_PAGE = blockPage("data-table-block");
const MOST_COLUMNS = 20;
const MOST_TABLE_CHARACTERS = 10_000;

function cells(docs: string) {
  return {
    raw_text: typed("raw_text", docs, { text: characters(Number.MAX_SAFE_INTEGER) }),
    raw_number: typed("raw_number", docs, { value: finiteNumber, text: characters(Number.MAX_SAFE_INTEGER) }),
    rich_text: richText,
  };
}

const blockId = { block_id: optional(characters(255)) };

const dataCells = cells(DATA_TABLE_PAGE);
const { rich_text: _notInHeader, ...headerCells } = dataCells;
const header = byType("raw_text or raw_number cell", DATA_TABLE_PAGE, headerCells);
const body = byType("data_table cell", DATA_TABLE_PAGE, dataCells);

const dataRows: Check = all(
  arrayOf(
    arrayOf(() => {}, 1, MOST_COLUMNS, "column"),
    2,
    101,
    "row",
  ),
  (rows, site) => {
    for (const [rowIndex, row] of listOf(rows).entries()) {
      for (const [index, cell] of listOf(row).entries()) {
        (rowIndex === 0 ? header : body)(cell, inside(inside(site, rowIndex), index));
      }
    }
  },
);

/** Rows of one length and not too much text in all. */
const sameLengthAndSize: Check = (rows, site) => {
  const lengths = listOf(rows).map((row) => listOf(row).length);
  if (new Set(lengths).size > 1) fault(site, "all rows must have the same number of cells");
  if (cellCharacters(rows) > MOST_TABLE_CHARACTERS) {
    fault(site, `at most ${MOST_TABLE_CHARACTERS} characters across all cells`);
  }
};

export const dataTable = typed(
  "data_table",
  DATA_TABLE_PAGE,
  {
    ...blockId,
    rows: all(dataRows, sameLengthAndSize),
    caption: characters(Number.MAX_SAFE_INTEGER),
    page_size: optional(integer(1, 100)),
    row_header_column_index: optional(integer(0, MOST_COLUMNS - 1)),
  },
  (value, site) => {
    const columns = listOf(listOf(value.rows)[0]).length;
    if (Number(value.row_header_column_index) >= columns && columns > 0) {
      fault(inside(site, "row_header_column_index"), "row_header_column_index must be a column of the table");
    }
  },
);

const columnSettings: Check = (value, site) => {
  if (value === null) return; // null leaves a column as it is
  shape("column_settings", TABLE_PAGE, {
    align: optional(oneOf("left", "center", "right")),
    is_wrapped: optional(boolean),
  })(value, site);
};

export const table = typed("table", TABLE_PAGE, {
  ...blockId,
  rows: all(
    arrayOf(
      arrayOf(byType("table cell", TABLE_PAGE, cells(TABLE_PAGE)), 1, MOST_COLUMNS, "column"),
      1,
      100,
      "row",
    ),
    sameLengthAndSize,
  ),
  column_settings: optional(arrayOf(columnSettings, 0, MOST_COLUMNS)),
});

/** Characters a reader sees in a table's cells. */
function cellCharacters(rows: unknown): number {
  if (Array.isArray(rows)) return rows.reduce((sum: number, each) => sum + cellCharacters(each), 0);
  if (!isObject(rows)) return 0;
  const own = typeof rows.text === "string" ? rows.text.length : 0;
  return own + cellCharacters(rows.elements);
}
