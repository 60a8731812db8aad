import { useState } from "react";
import { isObject, type JsonObject, listOf } from "../json.ts";
import { RichText } from "./rich-text.tsx";

type Row = readonly JsonObject[];
interface Sorting {
  readonly column: number;
  readonly isDescending: boolean;
}

/** A `data_table`: a real table with sortable columns and pages. */
export function DataTable({ block }: { readonly block: JsonObject }) {
  const [sorting, setSorting] = useState<Sorting>();
  const [page, setPage] = useState(0);
  const [header = [], ...body] = rowsOf(block);
  const size = Number(block.page_size ?? 5);
  const pages = Math.ceil(body.length / size);
  const rows = sorted(body, sorting).slice(page * size, (page + 1) * size);
  const rowHeader = Number(block.row_header_column_index ?? 0);
  const numeric = header.map((_cell, column) => isNumeric(body, column));
  const caption = String(block.caption ?? "");
  const sortBy = (column: number) => {
    setSorting({ column, isDescending: sorting?.column === column && !sorting.isDescending });
    setPage(0);
  };
  return (
    <div className="table-frame">
      <section className="table-scroll" aria-label={caption}>
        <table>
          <caption dir="auto">{caption}</caption>
          <thead>
            <tr>
              {header.map((cell, column) => (
                <th
                  key={textOfCell(cell)}
                  scope="col"
                  className={numeric[column] ? "number" : ""}
                  aria-sort={ariaSort(sorting, column)}
                >
                  <button type="button" onClick={() => sortBy(column)}>
                    <bdi>{textOfCell(cell)}</bdi>
                    <span className="sort-mark" aria-hidden="true">
                      {sorting?.column === column ? (sorting.isDescending ? "▾" : "▴") : "↕"}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <Body rows={rows} rowHeader={rowHeader} numeric={numeric} />
        </table>
      </section>
      {pages > 1 && (
        <nav className="table-pages" aria-label={`Pages of ${caption}`}>
          <span aria-live="polite">
            {page * size + 1}–{Math.min((page + 1) * size, body.length)} of {body.length}
          </span>
          <button
            type="button"
            disabled={page === 0}
            onClick={() => setPage(page - 1)}
            aria-label="Previous rows"
          >
            ‹
          </button>
          <button
            type="button"
            disabled={page + 1 >= pages}
            onClick={() => setPage(page + 1)}
            aria-label="Next rows"
          >
            ›
          </button>
        </nav>
      )}
    </div>
  );
}

/** The older `table` block: no sorting, no pages. */
export function PlainTable({ block }: { readonly block: JsonObject }) {
  const settings = listOf(block.column_settings).map((each) => (isObject(each) ? each.align : undefined));
  const [header = [], ...body] = rowsOf(block);
  const numeric = header.map((_cell, column) => settings[column] === "right");
  return (
    <div className="table-frame">
      <section className="table-scroll" aria-label="Table">
        <table>
          <thead>
            <tr>
              {header.map((cell, column) => (
                <th key={textOfCell(cell)} scope="col" className={numeric[column] ? "number" : ""}>
                  <Cell cell={cell} />
                </th>
              ))}
            </tr>
          </thead>
          <Body rows={body} rowHeader={-1} numeric={numeric} />
        </table>
      </section>
    </div>
  );
}

interface BodyProps {
  readonly rows: readonly Row[];
  readonly rowHeader: number;
  readonly numeric: readonly boolean[];
}

function Body({ rows, rowHeader, numeric }: BodyProps) {
  return (
    <tbody>
      {rows.map((row, index) => {
        const key = `${index}:${row.map(textOfCell).join("|")}`;
        return (
          <tr key={key}>
            {row.map((cell, column) => {
              const cellKey = column;
              const className = numeric[column] ? "number" : "";
              return column === rowHeader ? (
                <th key={cellKey} scope="row" className={className}>
                  <Cell cell={cell} />
                </th>
              ) : (
                <td key={cellKey} className={className}>
                  <Cell cell={cell} />
                </td>
              );
            })}
          </tr>
        );
      })}
    </tbody>
  );
}

function Cell({ cell }: { readonly cell: JsonObject }) {
  return cell.type === "rich_text" ? <RichText block={cell} /> : <bdi>{textOfCell(cell)}</bdi>;
}

function rowsOf(block: JsonObject): readonly Row[] {
  return listOf(block.rows).map((row) => listOf(row).filter(isObject));
}

/** A column of numbers is right-aligned; a dash for "none" does not change that. */
function isNumeric(rows: readonly Row[], column: number): boolean {
  return rows.length > 0 && rows.filter((row) => row[column]?.type === "raw_number").length * 2 > rows.length;
}

function sorted(rows: readonly Row[], sorting: Sorting | undefined): readonly Row[] {
  if (!sorting) return rows;
  const sign = sorting.isDescending ? -1 : 1;
  return [...rows].sort((left, right) => sign * compare(left[sorting.column], right[sorting.column]));
}

function compare(left: JsonObject | undefined, right: JsonObject | undefined): number {
  if (typeof left?.value === "number" && typeof right?.value === "number") return left.value - right.value;
  return textOfCell(left).localeCompare(textOfCell(right), undefined, { numeric: true });
}

function textOfCell(cell: JsonObject | undefined): string {
  if (!cell) return "";
  if (cell.type !== "rich_text") return String(cell.text ?? cell.value ?? "");
  const gather = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(gather).join("");
    return isObject(value) ? `${value.text ?? ""}${gather(value.elements)}` : "";
  };
  return gather(cell.elements);
}

function ariaSort(sorting: Sorting | undefined, column: number): "ascending" | "descending" | "none" {
  if (sorting?.column !== column) return "none";
  return sorting.isDescending ? "descending" : "ascending";
}
