import { writeFile } from "node:fs/promises";

/** Rows of a ledger's export, column by column as they stand in the file. */
export type LedgerRow = readonly [
  document: string,
  day: string,
  customerNo: string,
  customer: string,
  article: string,
  description: string,
  quantity: string,
  unitPrice: string,
  currency: string,
];

const header = "Invoice no,Date,Customer no,Customer,SKU,Description,Quantity,Unit price,Currency";
const LINES_PER_INVOICE = 4;
const ROWS_PER_CUSTOMER = 20;
const DAYS = 900;

/** Two editions of a ledger differ in the price of every third line. */
export function ledgerRows(rows: number, edition: number): readonly LedgerRow[] {
  const customers = Math.ceil(rows / ROWS_PER_CUSTOMER);
  return Array.from({ length: rows }, (_, line) => {
    const invoice = Math.floor(line / LINES_PER_INVOICE);
    const customer = (invoice * 7) % customers;
    const day = new Date(Date.UTC(2024, 4, 1 + (invoice % DAYS))).toISOString().slice(0, 10);
    const price = ((line * 37) % 900) + 1 + (line % 3 === 0 ? edition : 0);
    const article = line % 40;
    return [
      `I-${invoice}`,
      day,
      `C${customer}`,
      `Customer ${customer}`,
      `P${article}`,
      `Article ${article}`,
      "2",
      `${price}.50`,
      "EUR",
    ];
  });
}

export async function writeLedger(path: string, rows: readonly LedgerRow[]): Promise<void> {
  await writeFile(path, `${[header, ...rows.map((row) => row.join(","))].join("\n")}\n`);
}
