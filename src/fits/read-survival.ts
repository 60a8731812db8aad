import type { Survivors } from "../core/models/renewals.ts";
import { FileFault } from "../tables/file-fault.ts";
import type { Table } from "../tables/read-table.ts";
import type { SurvivalColumns } from "./survival-columns.ts";
import { writtenNumber } from "./written-number.ts";

/**
 * Reads how many customers who began together were left after 0, 1, 2, … periods.
 *
 * @throws FileFault for a file that does not say that.
 */
export async function readSurvival(
  table: Table,
  columns: Extract<SurvivalColumns, { readonly kind: "survivors" }>,
): Promise<readonly Survivors[]> {
  const { path } = table;
  const survivors: Survivors[] = [];
  for await (const row of table) {
    if ("fault" in row)
      throw new FileFault(path, `cannot be read in line ${row.line}: ${row.fault}`, "Mend that line");
    const period = writtenNumber(row.cells[columns.period]);
    const left = writtenNumber(row.cells[columns.survivors]);
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
