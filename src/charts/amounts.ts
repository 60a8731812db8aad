import { currencyExponent } from "../core/money.ts";
import type { Unit } from "./chart.ts";
import { readable } from "./labels.ts";

/** A value with all its digits: €1,234.56, 1,234, 12.3 %; a dash where there is none. */
export function exactValue(value: number | undefined, unit: Unit): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  switch (unit.kind) {
    case "money": {
      const exponent = currencyExponent(unit.currency);
      const units = value / 10 ** exponent;
      const digits = Number.isInteger(units) ? 0 : exponent;
      return inCurrency(unit.currency, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(units);
    }
    case "count":
      return new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(value);
    case "share":
      return percent(value, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  }
}

/** A value as short as an axis needs it: €1.2M, 12.5K, 20 %. */
export function shortValue(value: number, unit: Unit): string {
  const digits = { maximumSignificantDigits: 3 };
  switch (unit.kind) {
    case "money": {
      const units = value / 10 ** currencyExponent(unit.currency);
      return inCurrency(unit.currency, { notation: "compact", ...digits }).format(units);
    }
    case "count":
      return new Intl.NumberFormat("en", { notation: "compact", ...digits }).format(value);
    case "share":
      return percent(value, digits);
  }
}

/**
 * A value as a bare number, beside `unitName`: money in major units, whole ones from 100 on; shares in percent.
 */
export function plainValue(value: number, unit: Unit): number {
  switch (unit.kind) {
    case "money": {
      const exponent = currencyExponent(unit.currency);
      const units = value / 10 ** exponent;
      return Number(units.toFixed(Math.abs(units) >= 100 ? 0 : exponent));
    }
    case "count":
      return value;
    case "share":
      return Number((value * 100).toPrecision(4));
  }
}

/** What the bare numbers are in: EUR, deals, %. */
export function unitName(unit: Unit): string {
  switch (unit.kind) {
    case "money":
      return unit.currency;
    case "count":
      return readable(unit.noun) || "Count";
    case "share":
      return "%";
  }
}

function inCurrency(currency: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat("en", { style: "currency", currency, ...options });
}

function percent(share: number, options: Intl.NumberFormatOptions): string {
  return `${new Intl.NumberFormat("en", options).format(share * 100)} %`;
}
