import {
  divideDecimals,
  isZero,
  multiplyDecimals,
  negateDecimal,
  subtractDecimals,
} from "./decimal-arithmetic.ts";
import { lineAmount, minorOf } from "./line-amounts.ts";
import type { MappedFields } from "./mapped-fields.ts";
import { meets } from "./mapping-conditions.ts";
import type { MappingSettings } from "./mapping-settings.ts";
import { present } from "./preset.ts";

interface LineFigures {
  readonly quantity?: string;
  readonly unitPrice?: string;
  readonly amountMinor?: bigint;
}

/**
 * A line's figures: the amount as it is written, or else quantity times price; net of tax; with the other
 * sign where the mapping says so. The unit price stays as written.
 */
export function figuresOf(fields: MappedFields, mapping: MappingSettings, currency: string): LineFigures {
  const written = fields.number("quantity", currency);
  const unitPrice = fields.number("price", currency);
  const negated = isNegated(fields, mapping);
  // Also of a line without an amount: its tax is no custom field.
  if (mapping.tax?.column !== undefined) fields.row.text(mapping.tax.column);
  const amount = fields.number("amount", currency) ?? lineAmount(written, unitPrice);
  const column = fields.column(fields.text("amount") === undefined ? "price" : "amount");
  return present({
    quantity: written !== undefined && negated ? negateDecimal(written) : written,
    unitPrice,
    amountMinor:
      amount === undefined
        ? undefined
        : minorOf(fields.row, column, signed(netOf(amount, fields, mapping, currency), negated), currency),
  });
}

/** What went back of a payment, as a negative amount; undefined when nothing did. */
export function refundOf(
  fields: MappedFields,
  mapping: MappingSettings,
  currency: string,
): bigint | undefined {
  const { refunded: column } = mapping;
  const written = column === undefined ? undefined : fields.row.decimal(column, currency);
  if (column === undefined || written === undefined || isZero(written)) return undefined;
  const back = written.startsWith("-") ? written : negateDecimal(written);
  return minorOf(fields.row, column, netOf(back, fields, mapping, currency), currency);
}

function isNegated({ row }: MappedFields, { negate = {} }: MappingSettings): boolean {
  return Object.entries(negate).some(([column, values]) => meets(row, column, values));
}

function signed(decimal: string, negated: boolean): string {
  return negated ? negateDecimal(decimal) : decimal;
}

function netOf(gross: string, { row }: MappedFields, { tax }: MappingSettings, currency: string): string {
  if (tax?.rate !== undefined)
    return divideDecimals(multiplyDecimals(gross, "100"), subtractDecimals("100", `-${tax.rate}`));
  const part = tax?.column === undefined ? undefined : row.decimal(tax.column, currency);
  return part === undefined ? gross : subtractDecimals(gross, part);
}
