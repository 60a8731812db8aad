import type { Survivors } from "../core/models/renewals.ts";
import { nameKey } from "../core/names.ts";
import { FileFault } from "../tables/file-fault.ts";
import { openTable, type TableOptions } from "../tables/read-table.ts";

const periodNames = [
  "Period",
  "Year",
  "Month",
  "Quarter",
  "Week",
  "Renewal",
  "Renewals",
  "Periode",
  "Jahr",
  "Monat",
];
const survivorNames = [
  "Survivors",
  "Customers",
  "Active customers",
  "Subscribers",
  "Active",
  "Alive",
  "Kunden",
];

/** The two columns of a survival table; undefined for another one. */
export function survivalColumns(
  headers: readonly string[],
): { readonly period: string; readonly survivors: string } | undefined {
  const period = named(headers, periodNames);
  const survivors = named(headers, survivorNames);
  return period === undefined || survivors === undefined ? undefined : { period, survivors };
}

/**
 * Reads how many customers who began together were left after 0, 1, 2, … periods.
 *
 * @throws FileFault for a file that does not say that.
 */
export async function readSurvival(
  path: string,
  options: Pick<TableOptions, "encoding" | "sheet">,
): Promise<readonly Survivors[]> {
  const table = await openTable(path, options);
  const columns = survivalColumns(table.headers);
  if (!columns)
    throw new FileFault(
      path,
      `is no survival table: its columns are ${table.headers.slice(0, 8).join(", ")}`,
      "Give it two columns: period (0, 1, 2, …) and survivors, the customers left after it",
    );
  const survivors: Survivors[] = [];
  for await (const row of table) {
    if ("fault" in row)
      throw new FileFault(path, `cannot be read in line ${row.line}: ${row.fault}`, "Mend that line");
    const period = numberOf(row.cells[columns.period]);
    const left = numberOf(row.cells[columns.survivors]);
    const expected = survivors.length;
    const before = survivors.at(-1)?.survivors ?? Number.POSITIVE_INFINITY;
    if (period !== expected)
      throw new FileFault(
        path,
        `has ${JSON.stringify(row.cells[columns.period])} in line ${row.line} where period ${expected} should be`,
        "Write one row for each period, from 0 (all who began) on",
      );
    if (!(left >= 0 && left <= before))
      throw new FileFault(
        path,
        `has ${JSON.stringify(row.cells[columns.survivors])} survivors in line ${row.line}`,
        "Write a number that is at most the one before: who left does not come back",
      );
    survivors.push({ period, survivors: left });
  }
  return survivors;
}

function named(headers: readonly string[], names: readonly string[]): string | undefined {
  const byKey = new Map(headers.map((header) => [nameKey(header), header]));
  return names.map((name) => byKey.get(nameKey(name))).find((header) => header !== undefined);
}

/** NaN for what is no number; `1,000` is a thousand where commas can mean nothing else. */
function numberOf(cell = ""): number {
  const text = cell.trim().replace(/%$/, "").trim();
  if (/^\d{1,3}(?:,\d{3})+$/.test(text)) return Number(text.replaceAll(",", ""));
  return /^\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
}
