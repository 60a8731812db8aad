import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { currencyExponent } from "./core/money.ts";
import { cleanText } from "./core/names.ts";

const money = z.object({ amount: z.number(), currency: z.string() });
const listed = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

/**
 * The rows of an answer's data as CSV, or undefined when it is no list. Money becomes a decimal number and
 * a currency column. A text that a spreadsheet would run as a formula is kept as text.
 */
export function exportCsv(data: unknown): string | undefined {
  const parsed = listed.safeParse(data);
  if (!parsed.success) return undefined;
  const rows = parsed.data.rows.map(flatten);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  // Cells by place, since a column called "a.b" would be looked up inside of "a".
  const cells = rows.map((row) => columns.map((name) => row[name]));
  return stringify([columns, ...cells], {
    escape_formulas: true,
    record_delimiter: "windows",
    cast: { object: ({ decimal }) => ({ value: String(decimal), escape_formulas: false }) },
  });
}

/** An amount, written out: unlike a text it may start with a minus. */
interface Decimal {
  readonly decimal: string;
}

function flatten(row: Readonly<Record<string, unknown>>): Record<string, string | number | Decimal> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]): [string, string | number | Decimal][] => {
      const amount = money.safeParse(value);
      if (amount.success)
        return [
          [name, { decimal: decimal(amount.data.amount, amount.data.currency) }],
          [`${name} currency`, amount.data.currency],
        ];
      if (Array.isArray(value)) return [[name, value.map(wordOf).join("; ")]];
      return [[name, typeof value === "number" ? value : wordOf(value)]];
    }),
  );
}

/** Minor units as a decimal number, written digit by digit, since dividing would round large ones. */
function decimal(amount: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, "0");
  const point = digits.length - exponent;
  return `${amount < 0 ? "-" : ""}${digits.slice(0, point)}${exponent > 0 ? `.${digits.slice(point)}` : ""}`;
}

function wordOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return cleanText(String(value ?? ""));
  return cleanText("text" in value ? String(value.text) : JSON.stringify(value));
}
