import { basename } from "node:path";
import type { Purchase } from "../core/models/histories.ts";
import { type DialectOptions, decideDialect } from "../ingest/dialect.ts";
import type { Progress } from "../ingest/import-source.ts";
import { surveyTable } from "../ingest/survey-table.ts";
import { FileFault } from "../tables/file-fault.ts";
import type { Table } from "../tables/read-table.ts";
import { countOf } from "../wording.ts";
import { type LedgerOptions, openLedger } from "./open-ledger.ts";
import { type PurchaseColumns, purchaseColumns } from "./purchase-columns.ts";
import { type DropReason, readPurchase } from "./read-purchase.ts";
import { survivalColumns } from "./read-survival.ts";

export interface ReadingOptions extends LedgerOptions, Pick<DialectOptions, "dates" | "decimal"> {
  readonly progress?: Progress;
}

/** Rows between two reports of progress. */
const progressRows = 10_000;

/** A ledger's purchases in the order of the file. */
export interface Purchases {
  readonly columns: PurchaseColumns;
  readonly purchases: readonly Purchase[];
  /** Of the first and the last purchase, since the first of January 1970. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** Whether every purchase has an amount. */
  readonly hasAmounts: boolean;
  readonly rows: number;
  /** Rows that are no purchases. */
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** How the file was read, where people should know. */
  readonly notes: readonly string[];
}

/**
 * Reads who bought when, a piece of the file at a time.
 *
 * @throws FileFault for a file without customers, days or purchases, or which leaves open how it is to be read.
 */
export async function readPurchases(
  path: string,
  { dates, decimal, progress, ...options }: ReadingOptions,
): Promise<Purchases> {
  const table = await openLedger(path, options);
  const columns = purchaseColumns(table.headers);
  if (!columns) throw notALedger(table);
  const { amount, quantity, unitPrice } = columns;
  const evidence = await surveyTable(table, {
    days: [columns.day],
    amounts: [amount, quantity, unitPrice].filter((header) => header !== undefined),
  });
  const dialect = decideDialect(path, evidence, {
    ...(dates === undefined ? {} : { dates }),
    ...(decimal === undefined ? {} : { decimal }),
  });
  // One text for all rows of a customer: a million of them would not fit.
  const ids = new Map<string, string>();
  const purchases: Purchase[] = [];
  const dropped = { unreadable: 0, withoutCustomer: 0, cancelled: 0, notPositive: 0 };
  let rows = 0;
  for await (const row of table) {
    rows += 1;
    if (rows % progressRows === 0)
      progress?.(basename(path), rows, Math.min(0.99, table.bytesRead / table.bytesTotal));
    const purchase = "fault" in row ? "unreadable" : readPurchase(row.cells, columns, dialect);
    if (typeof purchase === "string") {
      dropped[purchase] += 1;
      continue;
    }
    const customerId = ids.get(purchase.customerId) ?? purchase.customerId;
    ids.set(customerId, customerId);
    purchases.push({ ...purchase, customerId });
  }
  if (rows >= progressRows) progress?.(basename(path), rows, 1);
  if (purchases.length === 0)
    throw new FileFault(
      path,
      `has no purchase in ${countOf(rows, "row")}`,
      `Check its columns: ${columns.customer} is read as the customer, ${columns.day} as the day`,
    );
  return {
    ...{ columns, purchases, rows, dropped, notes: table.notes },
    firstDay: purchases.reduce((first, { day }) => Math.min(first, day), Number.POSITIVE_INFINITY),
    lastDay: purchases.reduce((last, { day }) => Math.max(last, day), Number.NEGATIVE_INFINITY),
    hasAmounts: purchases.every((purchase) => purchase.amount !== undefined),
  };
}

function notALedger({ path, headers }: Table): FileFault {
  if (survivalColumns(headers))
    return new FileFault(path, "is a survival table and has no purchases", `Fit sbg to it: fit sbg ${path}`);
  return new FileFault(
    path,
    `is no ledger: its columns are ${headers.slice(0, 8).join(", ")}${headers.length > 8 ? " …" : ""}`,
    'Call the column of the customers "Customer ID" and that of the days "Date"; "Amount" may stand beside them',
  );
}
