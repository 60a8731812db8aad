import { FileFault } from "../tables/file-fault.ts";
import { openTable, type Table, type TableOptions } from "../tables/read-table.ts";

export type LedgerOptions = Pick<TableOptions, "encoding" | "sheet">;

/** The columns of CDNOW's purchases as they were published, without a header line: all customers, and every tenth. */
const published = [
  ["customer_id", "date", "number_of_cds", "dollar_value"],
  ["id_in_all", "customer_id", "date", "number_of_cds", "dollar_value"],
];

/** Opens a table, or CDNOW's purchases without a header line; throws a `FileFault` for what is neither. */
export async function openLedger(path: string, options: LedgerOptions): Promise<Table> {
  try {
    return await openTable(path, options);
  } catch (fault) {
    if (!(fault instanceof FileFault)) throw fault;
    for (const header of published) {
      const table = await openTable(path, { ...options, header }).catch(() => undefined);
      if (table && (await isPublished(table))) return table;
    }
    throw fault;
  }
}

/** Whether the first row is one of CDNOW's: figures only, and a day in 1997 or 1998. */
async function isPublished(table: Table): Promise<boolean> {
  for await (const row of table)
    return (
      "cells" in row &&
      /^199[78]\d{4}$/.test(row.cells.date ?? "") &&
      Object.values(row.cells).every((cell) => /^\d+(?:\.\d\d)?$/.test(cell))
    );
  return false;
}
