import type { Purchase } from "../core/models/purchase-lists.ts";
import { nameKey } from "../core/names.ts";
import { parseDecimal } from "../ingest/decimals.ts";
import type { DecimalMark, Dialect } from "../ingest/dialect.ts";
import { parseDay } from "../ingest/parse-day.ts";
import type { Cells } from "../tables/read-table.ts";
import type { PurchaseColumns } from "./purchase-columns.ts";

/** Why a row is no purchase. */
export type DropReason = "unreadable" | "withoutCustomer" | "cancelled" | "notPositive";

/** A purchase, its day counted from the first of January 1970. */
interface ReadPurchase extends Purchase {
  /** As the column says it, or else the amount's sign; undefined where neither does. */
  readonly currency: string | undefined;
}

const cancelledWords = /cancel|void|refund|return|credit (?:note|memo)|lost|failed|storn|erstatt|gutschr/i;
/** As Online Retail numbers the cancellation of an invoice: C536379. */
const cancelledDocument = /^c\d+$/i;
/** Most amounts, told from the others in a tenth of the time. */
const plainAmount = /^\d{1,15}(?:\.\d{1,15})?$/;
const currencySign = /\p{Sc}|\b[A-Z]{3}\b/gu;
/** A time without a zone, which does not matter: many rows share their day, and few their second. */
const moment = /^\d{4}-\d{2}-\d{2}[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?$/;

const dayMs = 86_400_000;
const mostDaysKnown = 50_000;

/** Reads rows as purchases, or says why one is none: the first reason that holds. */
export function createPurchaseReader(
  columns: PurchaseColumns,
  dialect: Dialect,
): (cells: Cells) => ReadPurchase | DropReason {
  const takesFree = isCdnow(columns);
  const dayOf = createDayReader(dialect);
  const mark = dialect.decimalMark;
  const priceColumn = columns.amount === undefined ? columns.unitPrice : undefined;
  return (cells) => {
    const customerId = textIn(cells, columns.customer);
    if (customerId === "") return "withoutCustomer";
    if (
      cancelledDocument.test(textIn(cells, columns.document)) ||
      cancelledWords.test(textIn(cells, columns.status))
    )
      return "cancelled";
    const day = dayOf(textIn(cells, columns.day));
    if (day === undefined) return "unreadable";
    const written = numberIn(cells, columns.amount, mark);
    const quantity = numberIn(cells, columns.quantity, mark);
    const unitPrice = numberIn(cells, priceColumn, mark);
    const figures = [written, quantity, unitPrice];
    if (figures.some(Number.isNaN)) return "unreadable";
    if (figures.some((figure = 1) => figure < 0 || (figure === 0 && !takesFree))) return "notPositive";
    const amount = written ?? productOf(quantity, unitPrice);
    const currency = currencyOf(
      textIn(cells, columns.currency),
      textIn(cells, columns.amount ?? columns.unitPrice),
    );
    return { customerId, day, currency, ...(amount === undefined ? {} : { amount }) };
  };
}

function textIn(cells: Cells, column: string | undefined): string {
  return column === undefined ? "" : (cells[column] ?? "").trim();
}

/** Undefined where there is no such column, and NaN for what is no number. */
function numberIn(
  cells: Cells,
  column: string | undefined,
  mark: DecimalMark | undefined,
): number | undefined {
  return column === undefined ? undefined : parseNumber(textIn(cells, column), mark);
}

/** Gives undefined for what is no day. */
function createDayReader(dialect: Dialect): (text: string) => number | undefined {
  const known = new Map<string, number | undefined>();
  return (text) => {
    const key = moment.test(text) ? text.slice(0, 10) : text;
    if (known.has(key)) return known.get(key);
    const parsed = parseDay(key, dialect);
    const day = parsed.ok ? Date.parse(parsed.day) / dayMs : undefined;
    if (known.size < mostDaysKnown) known.set(key, day);
    return day;
  };
}

/** What CDNOW gave away counts as bought, as in everything that was published about these purchases. */
function isCdnow({ amount, quantity }: PurchaseColumns): boolean {
  return nameKey(amount ?? "") === "dollarvalue" && nameKey(quantity ?? "") === "numberofcds";
}

function parseNumber(text: string, mark: DecimalMark | undefined): number {
  if (mark === "." && plainAmount.test(text)) return Number(text);
  const bare = /^[\d.,-]*$/.test(text) ? text : text.replace(currencySign, "").trim();
  const parsed = parseDecimal(bare, "USD", mark);
  return parsed.ok ? Number(parsed.decimal) : Number.NaN;
}

function productOf(quantity: number | undefined, unitPrice: number | undefined): number | undefined {
  return quantity === undefined || unitPrice === undefined ? undefined : quantity * unitPrice;
}

function currencyOf(column: string, amount: string): string | undefined {
  if (column !== "") return column.toUpperCase();
  return plainAmount.test(amount) ? undefined : amount.match(currencySign)?.[0];
}
