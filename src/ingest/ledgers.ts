import { currencyIn } from "./crm-fields.ts";
import { type LedgerDraft, named, type Reference } from "./drafts.ts";
import { ledgerColumns as columns, doubtfulInLedger } from "./ledger-columns.ts";
import { lineAmount, minorOf } from "./line-amounts.ts";
import { type Header, type Preset, present, type Row, readRow } from "./preset.ts";

const account: Header = [...columns.accountId, ...columns.accountName];
const product: Header = [...columns.productId, ...columns.productName, ...columns.description];

/**
 * Invoice lines of any program, told by what their columns are called. Where two columns could mean the same,
 * or one casts doubt on what the amounts are, a file is not recognised: a mapping says it.
 */
const ledger = {
  sourceId: "ledger",
  sourceName: "Ledger",
  days: columns.day,
  amounts: [...columns.amount, ...columns.unitPrice, ...columns.quantity],
  single: Object.values(columns),
  order: 2,
} as const;

const priced: Preset = {
  ...ledger,
  id: "ledger-priced",
  title: "invoice lines with quantity and price",
  required: [columns.document, columns.day, account, columns.quantity, columns.unitPrice],
  optional: [...product, ...columns.region, ...columns.currency],
  excluded: [...columns.amount, ...doubtfulInLedger],
  read: (cells, context) => readRow(cells, context, (row) => readLine(row, context.currency)),
};

const amounts: Preset = {
  ...ledger,
  id: "ledger-amounts",
  title: "invoice lines with amounts",
  required: [columns.document, columns.day, account, columns.amount],
  optional: [
    ...[...product, ...columns.quantity, ...columns.unitPrice],
    ...[...columns.region, ...columns.currency],
  ],
  excluded: doubtfulInLedger,
  read: (cells, context) => readRow(cells, context, (row) => readLine(row, context.currency)),
};

/** The purchases of the CDNOW data set: what was bought is counted and not named, and paid in dollars. */
const cdnow: Preset = {
  id: "cdnow",
  sourceId: "cdnow",
  sourceName: "CDNOW",
  title: "CDNOW purchases",
  required: ["customer_id", "date", "number_of_cds", "dollar_value"],
  optional: [],
  days: ["date"],
  amounts: ["dollar_value"],
  excluded: [],
  order: 2,
  read: (cells, context) =>
    readRow(cells, context, (row): LedgerDraft => {
      const customer = { externalId: row.required("customer_id") };
      const onDay = row.day("date") ?? row.reject("date", "is missing");
      const fields = present({
        quantity: row.decimal("number_of_cds", "USD"),
        amountMinor: row.amount("dollar_value", "USD"),
      });
      return { kind: "invoice", account: customer, onDay, ...fields, currency: "USD", custom: row.rest() };
    }),
};

export const ledgerPresets: readonly Preset[] = [priced, amounts, cdnow];

function readLine(row: Row, usualCurrency: string): LedgerDraft {
  const document = row.required(row.headed(columns.document));
  const dayColumn = row.headed(columns.day);
  const onDay = row.day(dayColumn) ?? row.reject(dayColumn, "is missing");
  const currency = currencyIn(row, row.headed(columns.currency)) ?? usualCurrency;
  const fields = present({
    account: referenceTo(textOf(row, columns.accountId), textOf(row, columns.accountName)),
    accountRegion: textOf(row, columns.region),
    ...productOf(row),
    ...figuresOf(row, currency),
  });
  return { kind: "invoice", document, onDay, ...fields, currency, custom: row.rest() };
}

function figuresOf(row: Row, currency: string): Pick<LedgerDraft, "quantity" | "unitPrice" | "amountMinor"> {
  const priceColumn = row.headed(columns.unitPrice);
  const quantity = row.decimal(row.headed(columns.quantity), currency);
  const unitPrice = row.decimal(priceColumn, currency);
  const computed = lineAmount(quantity, unitPrice);
  const written = row.amount(row.headed(columns.amount), currency);
  const amountMinor =
    written ?? (computed === undefined ? undefined : minorOf(row, priceColumn, computed, currency));
  return present({ quantity, unitPrice, amountMinor });
}

/** A description is the product's name where its number stands beside it; else it describes the line. */
function productOf(row: Row): Pick<LedgerDraft, "product" | "description"> {
  const id = textOf(row, columns.productId);
  const name = textOf(row, columns.productName);
  const description = textOf(row, columns.description);
  if (id === undefined || name !== undefined) return present({ product: referenceTo(id, name), description });
  return present({ product: referenceTo(id, description) });
}

function referenceTo(externalId: string | undefined, name: string | undefined): Reference | undefined {
  return externalId === undefined ? named(name) : { externalId, ...present({ name }) };
}

function textOf(row: Row, headers: readonly string[]): string | undefined {
  return row.text(row.headed(headers));
}
