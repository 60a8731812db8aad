import { nameKey } from "../core/names.ts";
import { ledgerColumns } from "../ingest/ledger-columns.ts";

/** Which columns of a table tell who bought when, and for how much; as the file heads them. */
export interface PurchaseColumns {
  readonly customer: string;
  readonly day: string;
  /** Undefined where the file says it otherwise, or not at all. */
  readonly amount: string | undefined;
  readonly quantity: string | undefined;
  readonly unitPrice: string | undefined;
  /** The number of an invoice, by which some ledgers tell cancellations. */
  readonly document: string | undefined;
  readonly status: string | undefined;
  readonly currency: string | undefined;
}

/**
 * The usual names of each, the surest first: ids before names, days of the purchase before days of anything. Letter case,
 * spaces, hyphens and underscores do not count.
 */
const spellings: Readonly<Record<keyof PurchaseColumns, readonly string[]>> = {
  customer: [
    ...ledgerColumns.accountId,
    ...["Account ID", "Account number", "User ID", "Buyer ID", "Member ID", "Contact ID", "Client number"],
    ...ledgerColumns.accountName,
    ...[
      "Account",
      "User",
      "Buyer",
      "Member",
      "Company",
      "Customer email",
      "E-mail",
      "Email",
      "Konto",
      "Firma",
    ],
  ],
  day: [
    ...ledgerColumns.day,
    ...["Order date", "Purchase date", "Transaction date", "Sale date", "Sales date", "Payment date"],
    ...[
      "Date of purchase",
      "Paid on",
      "Ordered on",
      "Purchased on",
      "Order day",
      "Day",
      "On day",
      "Timestamp",
    ],
    ...["Close date", "Closed on", "Created at", "Kaufdatum", "Bestelldatum", "Zahlungsdatum", "Tag"],
  ],
  amount: [
    ...ledgerColumns.amount,
    ...[
      "Dollar value",
      "Order value",
      "Order amount",
      "Order total",
      "Purchase amount",
      "Transaction amount",
    ],
    ...["Sales amount", "Sales", "Revenue", "Spend", "Value", "Total", "Total amount", "Monetary value"],
    ...["Close value", "Umsatz", "Summe", "Gesamtbetrag", "Bestellwert"],
  ],
  quantity: [...ledgerColumns.quantity, "Number of CDs", "Units"],
  unitPrice: ledgerColumns.unitPrice,
  document: [...ledgerColumns.document, "Order number", "Order ID", "Order no"],
  currency: [...ledgerColumns.currency, "Währungscode", "ISO currency", "Currency ISO code"],
  status: ["Status", "Order status", "Invoice status", "Payment status", "Deal stage", "Stage"],
};

/** Undefined for a table without a customer or without a day. */
export function purchaseColumns(headers: readonly string[]): PurchaseColumns | undefined {
  const byKey = new Map(headers.map((header) => [nameKey(header), header]));
  const find = (role: keyof PurchaseColumns) =>
    spellings[role].map((name) => byKey.get(nameKey(name))).find((header) => header !== undefined);
  const customer = find("customer");
  const day = find("day");
  if (customer === undefined || day === undefined) return undefined;
  return {
    ...{ customer, day, amount: find("amount"), quantity: find("quantity"), unitPrice: find("unitPrice") },
    ...{ document: find("document"), status: find("status"), currency: find("currency") },
  };
}
