import { isZero, multiplyDecimals } from "./decimal-arithmetic.ts";
import type { Row } from "./preset.ts";
import { toAmount } from "./values.ts";

/** Quantity times price, exactly; undefined without a price, which a price of 0 means too. */
export function lineAmount(quantity: string | undefined, unitPrice: string | undefined): string | undefined {
  if (quantity === undefined || unitPrice === undefined || isZero(unitPrice)) return undefined;
  return multiplyDecimals(quantity, unitPrice);
}

/** A computed decimal in the currency's minor unit; the column is the one to name when it is too large. */
export function minorOf(row: Row, column: string, decimal: string, currency: string): bigint {
  const amount = toAmount(decimal, currency);
  return amount.ok ? amount.minor : row.reject(column, amount.reason);
}
