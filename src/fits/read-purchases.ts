import { basename } from "node:path";
import type { PurchaseLists } from "../core/models/purchase-lists.ts";
import { type Dialect, type DialectOptions, decideDialect } from "../ingest/dialect.ts";
import type { Progress } from "../ingest/import-source.ts";
import { createSurvey, type Survey } from "../ingest/survey-table.ts";
import { FileFault } from "../tables/file-fault.ts";
import type { Table } from "../tables/read-table.ts";
import { countOf } from "../wording.ts";
import { type LedgerOptions, openLedger } from "./open-ledger.ts";
import { type PurchaseColumns, purchaseColumns } from "./purchase-columns.ts";
import { createPurchaseLog } from "./purchase-log.ts";
import { createPurchaseReader, type DropReason } from "./read-purchase.ts";
import { survivalColumns } from "./survival-columns.ts";

export interface ReadingOptions extends LedgerOptions, Pick<DialectOptions, "dates" | "decimal"> {
  readonly progress?: Progress;
}

/** Rows between two reports of progress. */
const progressRows = 10_000;
/** Rows that nearly always show how all of them are written. */
const glance = 2_000;

interface ReadRows {
  readonly purchases: PurchaseLists;
  readonly rows: number;
  /** Rows that are no purchases. */
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** Whether every purchase has an amount. */
  readonly hasAmounts: boolean;
  /** Codes or signs, as the file writes them. */
  readonly currencies: readonly string[];
}

/** A ledger's purchases in the order of the file. */
export interface Purchases extends ReadRows {
  readonly columns: PurchaseColumns;
  /** Of the first and the last purchase, since the first of January 1970. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** How the file was read, where people should know. */
  readonly notes: readonly string[];
}

/**
 * Reads who bought when, a piece of the file at a time: once where its first rows show how all days and amounts are
 * written, else a second time.
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
  const said = { ...(dates === undefined ? {} : { dates }), ...(decimal === undefined ? {} : { decimal }) };
  const newSurvey = () =>
    createSurvey(table, {
      days: [columns.day],
      amounts: [amount, quantity, unitPrice].filter((header) => header !== undefined),
    });
  const report = (rows: number) =>
    progress?.(basename(path), rows, Math.min(0.99, table.bytesRead / table.bytesTotal));
  const guess = await guessDialect(table, newSurvey(), said);
  const survey = newSurvey();
  const first = await readRows(table, columns, guess, report, survey);
  const dialect = decideDialect(path, survey.evidence(), said);
  const isRight = guess.dateOrder === dialect.dateOrder && guess.decimalMark === dialect.decimalMark;
  const read = isRight ? first : await readRows(table, columns, dialect, report);
  const { purchases, rows } = read;
  if (rows >= progressRows) progress?.(basename(path), rows, 1);
  if (purchases.days.length === 0)
    throw new FileFault(
      path,
      `has no purchase in ${countOf(rows, "row")}`,
      `Check its columns: ${columns.customer} is read as the customer, ${columns.day} as the day`,
    );
  return {
    ...{ ...read, columns, notes: table.notes },
    firstDay: purchases.days.reduce((least, day) => Math.min(least, day)),
    lastDay: purchases.days.reduce((most, day) => Math.max(most, day)),
  };
}

/** What the first rows show; without an order of day and month where they leave it open. */
async function guessDialect(table: Table, survey: Survey, said: DialectOptions): Promise<Dialect> {
  let rows = 0;
  for await (const row of table) {
    survey.see(row);
    rows += 1;
    if (rows === glance) break;
  }
  const { dateOrder, ...evidence } = survey.evidence();
  const isShown = dateOrder === "dmy" || dateOrder === "mdy";
  return decideDialect(table.path, { ...evidence, dateOrder: isShown ? dateOrder : undefined }, said);
}

async function readRows(
  table: Table,
  columns: PurchaseColumns,
  dialect: Dialect,
  report: (rows: number) => void,
  survey?: Survey,
): Promise<ReadRows> {
  const readPurchase = createPurchaseReader(columns, dialect);
  const log = createPurchaseLog();
  const currencies = new Set<string>();
  const dropped = { unreadable: 0, withoutCustomer: 0, cancelled: 0, notPositive: 0 };
  let [rows, hasAmounts] = [0, true];
  for await (const row of table) {
    rows += 1;
    if (rows % progressRows === 0) report(rows);
    survey?.see(row);
    const purchase = "fault" in row ? "unreadable" : readPurchase(row.cells);
    if (typeof purchase === "string") {
      dropped[purchase] += 1;
      continue;
    }
    log.add(purchase);
    if (purchase.amount === undefined) hasAmounts = false;
    if (purchase.currency !== undefined) currencies.add(purchase.currency);
  }
  return { purchases: log.lists(), rows, dropped, hasAmounts, currencies: [...currencies] };
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
