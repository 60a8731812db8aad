import { headerKey } from "../tables/headers.ts";
import type { Table, TableRow } from "../tables/read-table.ts";
import { decimalMarkOf } from "./decimals.ts";
import type { DateOrder, DecimalMark, Evidence, Example } from "./dialect.ts";
import { dateOrderOf } from "./written-days.ts";

/** The headers that hold days and amounts; those that a file does not have are ignored. */
export interface DialectColumns {
  readonly days: readonly string[];
  readonly amounts: readonly string[];
}

/** A table with one slip of the pen in a hundred rows still shows how it is written. */
const shareOfSlips = 0.01;

type Sign = DateOrder | "ambiguous" | DecimalMark;

/** What the rows so far show. */
export interface Survey {
  see(row: TableRow): void;
  evidence(): Evidence;
}

/** Reads a table once, in constant memory, to find how it writes days and amounts. */
export async function surveyTable(table: Table, columns: DialectColumns): Promise<Evidence> {
  const survey = createSurvey(table, columns);
  for await (const row of table) survey.see(row);
  return survey.evidence();
}

/** For whoever reads the rows anyway. */
export function createSurvey(
  table: Pick<Table, "headers" | "format">,
  { days, amounts }: DialectColumns,
): Survey {
  const dayColumns = columnsOf(table, days);
  const amountColumns = columnsOf(table, amounts);
  const counts: Record<Sign, number> = { dmy: 0, mdy: 0, ambiguous: 0, ".": 0, ",": 0 };
  const examples: Partial<Record<Sign, Example>> = {};
  let rows = 0;
  const note = (line: number, column: string, value: string, sign: Sign | undefined) => {
    if (sign === undefined) return;
    counts[sign] += 1;
    examples[sign] ??= { line, column, value: value.trim() };
  };
  return {
    see(row) {
      rows += 1;
      if ("fault" in row) return;
      const { line, cells } = row;
      for (const column of dayColumns) {
        const value = cells[column] ?? "";
        note(line, column, value, dateOrderOf(value));
      }
      for (const column of amountColumns) {
        const value = cells[column] ?? "";
        note(line, column, value, decimalMarkOf(value));
      }
    },
    evidence: () => ({
      dateOrder: prevailing("dmy", "mdy", counts) ?? (counts.ambiguous > 0 ? "ambiguous" : undefined),
      decimalMark: table.format === "xlsx" ? markInWorkbook(counts) : prevailing(".", ",", counts),
      rows,
      examples: { ...examples },
    }),
  };
}

/** A workbook's numbers have a point; where texts show a comma, `1.234` could be a number or such a text. */
function markInWorkbook(counts: Readonly<Record<Sign, number>>): DecimalMark | "mixed" {
  return counts[","] > 0 ? "mixed" : ".";
}

function columnsOf({ headers }: Pick<Table, "headers">, wanted: readonly string[]): readonly string[] {
  const keys = new Set(wanted.map(headerKey));
  return headers.filter((header) => keys.has(headerKey(header)));
}

/** The one of two that a file shows; undefined without any evidence. */
function prevailing<One extends Sign>(
  first: One,
  second: One,
  counts: Readonly<Record<Sign, number>>,
): One | "mixed" | undefined {
  const all = counts[first] + counts[second];
  if (all === 0) return undefined;
  if (counts[second] <= all * shareOfSlips) return first;
  return counts[first] <= all * shareOfSlips ? second : "mixed";
}
