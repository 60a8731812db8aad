import type { Purchase } from "../core/models/histories.ts";
import { nameKey } from "../core/names.ts";
import { parseDecimal } from "../ingest/decimals.ts";
import type { DecimalMark, Dialect } from "../ingest/dialect.ts";
import { parseDay } from "../ingest/parse-day.ts";
import type { Cells } from "../tables/read-table.ts";
import type { PurchaseColumns } from "./purchase-columns.ts";

/** Why a row is no purchase. */
export type DropReason = "unreadable" | "withoutCustomer" | "cancelled" | "notPositive";

const cancelledWords = /cancel|void|refund|return|credit (?:note|memo)|lost|failed|storn|erstatt|gutschr/i;
/** As Online Retail numbers the cancellation of an invoice: C536379. */
const cancelledDocument = /^c\d+$/i;

const dayMs = 86_400_000;

/** A row as a purchase, its day counted from the first of January 1970, or why it is none: the first reason that holds. */
export function readPurchase(
  cells: Cells,
  columns: PurchaseColumns,
  dialect: Dialect,
): Purchase | DropReason {
  const textOf = (column: string | undefined) => (column === undefined ? "" : (cells[column] ?? "").trim());
  const customer = textOf(columns.customer);
  if (customer === "") return "withoutCustomer";
  if (cancelledDocument.test(textOf(columns.document)) || cancelledWords.test(textOf(columns.status)))
    return "cancelled";
  const parsed = parseDay(textOf(columns.day), dialect);
  if (!parsed.ok) return "unreadable";
  const numberIn = (column: string | undefined) => {
    const text = textOf(column);
    return column === undefined ? undefined : parseNumber(text, dialect.decimalMark);
  };
  const figures = {
    amount: numberIn(columns.amount),
    quantity: numberIn(columns.quantity),
    unitPrice: columns.amount === undefined ? numberIn(columns.unitPrice) : undefined,
  };
  const written = Object.values(figures).filter((figure) => figure !== undefined);
  if (written.some(Number.isNaN)) return "unreadable";
  const { amount = productOf(figures.quantity, figures.unitPrice) } = figures;
  if (written.some((figure) => figure < 0 || (figure === 0 && !isCdnow(columns)))) return "notPositive";
  const day = Date.parse(parsed.day) / dayMs;
  return { customerId: customer, day, ...(amount === undefined ? {} : { amount }) };
}

/** What CDNOW gave away counts as bought, as in everything that was published about these purchases. */
function isCdnow({ amount, quantity }: PurchaseColumns): boolean {
  return nameKey(amount ?? "") === "dollarvalue" && nameKey(quantity ?? "") === "numberofcds";
}

/** NaN for what is no number. The currency does not matter to how often and how much somebody buys. */
function parseNumber(text: string, mark: DecimalMark | undefined): number {
  const bare = /^[\d.,-]*$/.test(text) ? text : text.replace(/\p{Sc}|\b[A-Z]{3}\b/gu, "").trim();
  const parsed = parseDecimal(bare, "USD", mark);
  return parsed.ok ? Number(parsed.decimal) : Number.NaN;
}

function productOf(quantity: number | undefined, unitPrice: number | undefined): number | undefined {
  return quantity === undefined || unitPrice === undefined ? undefined : quantity * unitPrice;
}
