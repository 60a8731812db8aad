import { currencyExponentOf, parseDecimal } from "./decimals.ts";
import type { DecimalMark } from "./dialect.ts";

export type ParsedAmount =
  | { readonly ok: true; readonly minor: bigint }
  | { readonly ok: false; readonly reason: string };

/**
 * An amount as people and programs write it, in the currency's minor unit. Halves round away from zero,
 * so that a credit mirrors its invoice. The file's decimal mark, where it is known, decides what `1.234` is.
 *
 * @example
 * parseAmount("€12,500.00", "EUR"); // => { ok: true, minor: 1250000n }
 */
export function parseAmount(text: string, currency: string, decimalMark?: DecimalMark): ParsedAmount {
  const parsed = parseDecimal(text, currency, decimalMark);
  return parsed.ok ? toAmount(parsed.decimal, currency) : parsed;
}

/** More is a slip of the pen. Totals are computed with numbers, which are exact up to ninety times as much. */
const LARGEST_MINOR = 100_000_000_000_000n;

/** A decimal such as `-12.505` in the currency's minor unit; halves round away from zero. */
export function toAmount(decimal: string, currency: string): ParsedAmount {
  const minor = toMinor(decimal, currencyExponentOf(currency));
  if (minor > LARGEST_MINOR || minor < -LARGEST_MINOR)
    return { ok: false, reason: "too large for an amount" };
  return { ok: true, minor };
}

function toMinor(decimal: string, exponent: number): bigint {
  const negative = decimal.startsWith("-");
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const kept = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  const rounded = (fraction[exponent] ?? "0") >= "5" ? kept + 1n : kept;
  return negative ? -rounded : rounded;
}

/** The host of a web address or domain, without `www.`; undefined for what is neither. */
export function parseDomain(text: string): string | undefined {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^www\./, "")
    .replace(/[/?#:].*$/, "");
  return /^[^\s@.]+(?:\.[^\s@.]+)+$/.test(host) ? host : undefined;
}
