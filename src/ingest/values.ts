import { type Day, isDay } from "../core/calendar.ts";
import { currencyExponentOf, parseDecimal } from "./decimals.ts";

export type ParsedAmount =
  | { readonly ok: true; readonly minor: bigint }
  | { readonly ok: false; readonly reason: string };

export type ParsedDay =
  | { readonly ok: true; readonly day: Day }
  | { readonly ok: false; readonly reason: string };

/**
 * An amount as people and programs write it, in the currency's minor unit. Halves round away from zero,
 * so that a credit mirrors its invoice.
 *
 * @example
 * parseAmount("€12,500.00", "EUR"); // => { ok: true, minor: 1250000n }
 */
export function parseAmount(text: string, currency: string): ParsedAmount {
  const parsed = parseDecimal(text, currency);
  if (!parsed.ok) return parsed;
  const minor = toMinor(parsed.decimal, currencyExponentOf(currency));
  // Totals are computed with numbers, which are exact up to here only.
  if (minor > Number.MAX_SAFE_INTEGER || minor < Number.MIN_SAFE_INTEGER)
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

const written =
  /^(?<day>(?<year>\d{4})-\d{2}-\d{2})(?:[ T](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The day as it is written: a time is dropped and its zone not converted, since exports write days in
 * the zone of the people who look at them.
 *
 * @example
 * parseDay("2025-03-14 10:22"); // => { ok: true, day: "2025-03-14" }
 */
export function parseDay(text: string): ParsedDay {
  const { day, year } = written.exec(text.trim())?.groups ?? {};
  if (day === undefined) return { ok: false, reason: "not a date: write dates as YYYY-MM-DD" };
  if (!daysSeen.has(day) && !isDay(day)) return { ok: false, reason: `there is no ${day} in the calendar` };
  if (Number(year) < 1900 || Number(year) > 2199) return { ok: false, reason: `${year} cannot be the year` };
  if (daysSeen.size < 50_000) daysSeen.add(day);
  return { ok: true, day };
}

/** Rows share their days, and the calendar takes a microsecond for each. */
const daysSeen = new Set<Day>();

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
