import { z } from "zod";
import { isDay } from "../core/calendar.ts";
import { currencyExponent } from "../core/money.ts";
import { cleanText } from "../core/names.ts";

/** The rows of a list as a table of typed cells, from which every file of it is written. */
export interface ExportTable {
  readonly columns: readonly string[];
  /** Cells by place; undefined where a row has nothing. */
  readonly rows: readonly (readonly (ExportCell | undefined)[])[];
}

export type ExportCell =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  /** A fraction of a whole, which people read as a percentage. */
  | { readonly kind: "share"; readonly number: number }
  /** Written out with the digits of its currency, which rounding would lose. */
  | { readonly kind: "amount"; readonly decimal: string; readonly digits: number }
  /** `YYYY-MM-DD`. */
  | { readonly kind: "day"; readonly day: string };

const money = z.object({ amount: z.int(), currency: z.string() });
const listed = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });
/** Names of data's fields say what they hold; that a customer is called "2026-01-01" does not make it a day. */
const shareName = /^share$|Share$/;
const dayName = /^(day|on|date|asOf|until)$|(Day|On|Date)$/;

/** The rows of an answer's data, or undefined when it is no list. Money becomes an amount and a currency column. */
export function exportTable(data: unknown): ExportTable | undefined {
  const parsed = listed.safeParse(data);
  if (!parsed.success) return undefined;
  const rows = parsed.data.rows.map(cellsOf);
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return { columns: columns.map(cleanText), rows: rows.map((row) => columns.map((name) => row.get(name))) };
}

function cellsOf(row: Readonly<Record<string, unknown>>): ReadonlyMap<string, ExportCell | undefined> {
  return new Map(
    Object.entries(row).flatMap(([name, value]): [string, ExportCell | undefined][] => {
      const amount = money.safeParse(value);
      if (!amount.success) return [[name, cellOf(name, value)]];
      const { currency } = amount.data;
      return [
        [
          name,
          {
            kind: "amount",
            decimal: decimal(amount.data.amount, currency),
            digits: currencyExponent(currency),
          },
        ],
        [`${name} currency`, { kind: "text", text: cleanText(currency) }],
      ];
    }),
  );
}

function cellOf(name: string, value: unknown): ExportCell | undefined {
  if (typeof value === "number" && Number.isFinite(value))
    return { kind: shareName.test(name) ? "share" : "number", number: value };
  if (typeof value === "string" && dayName.test(name) && isDay(value)) return { kind: "day", day: value };
  const text = Array.isArray(value) ? value.map(wordOf).join("; ") : wordOf(value);
  return text === "" ? undefined : { kind: "text", text };
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
