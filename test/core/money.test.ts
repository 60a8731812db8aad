import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencyExponent, formatMoney, isCurrency } from "../../src/core/money.ts";

describe("digits after the decimal point", () => {
  // Oracle: ISO 4217, list one, column "minor unit".
  test.each([
    ["EUR", 2],
    ["USD", 2],
    ["JPY", 0],
    ["KRW", 0],
    ["VND", 0],
    ["ISK", 0],
    ["KWD", 3],
    ["BHD", 3],
    ["TND", 3],
    ["CLF", 4],
    // `Intl` shows these with none, as shops do; their accounts are kept with digits.
    ["RSD", 2],
    ["HUF", 2],
    ["COP", 2],
    ["PKR", 2],
    ["IDR", 2],
    ["IQD", 3],
  ])("%s has %i", (currency, digits) => {
    expect(currencyExponent(currency)).toBe(digits);
  });

  test("whatever the runtime shows is kept: no currency has fewer digits than that", () => {
    for (const currency of Intl.supportedValuesOf("currency")) {
      const shown = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
      expect([currency, currencyExponent(currency) >= (shown.maximumFractionDigits ?? 0)]).toEqual([
        currency,
        true,
      ]);
    }
  });
});

test.each([
  ["EUR", true],
  ["JPY", true],
  ["eur", false],
  ["EURO", false],
  ["", false],
  ["ZZZ", false],
  ["__proto__", false],
])("%j names a currency: %s", (code, expected) => {
  expect(isCurrency(code)).toBe(expected);
});

test.each([
  [0, "EUR", "€0"],
  [1, "EUR", "€0.01"],
  [-1, "EUR", "-€0.01"],
  [150, "EUR", "€1.50"],
  [1_200, "EUR", "€12"],
  [9_999, "EUR", "€99.99"],
  [10_000, "EUR", "€100"],
  [10_049, "EUR", "€100"],
  [10_050, "EUR", "€101"],
  [-123_456, "USD", "-$1,235"],
  [1_000_553_400, "USD", "$10,005,534"],
  [99, "JPY", "¥99"],
  [12_345, "JPY", "¥12,345"],
  [1_234, "KWD", "KWD 1.234"],
  [99_999, "KWD", "KWD 99.999"],
  [100_500, "KWD", "KWD 101"],
  [1_250, "RSD", "RSD 12.50"],
  [Number.MAX_SAFE_INTEGER, "JPY", "¥9,007,199,254,740,991"],
])("%i minor units of %s read %j", (amount, currency, expected) => {
  expect(formatMoney({ amount, currency }).replaceAll("\u00a0", " ")).toBe(expected);
});

test("below 100 the text is the exact amount; from 100 on it is within half a unit", () => {
  const currency = fc.constantFrom("EUR", "JPY", "KWD", "RSD", "CLF");
  fc.assert(
    fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), currency, (amount, code) => {
      const digits = formatMoney({ amount, currency: code }).replace(/[^\d.-]/g, "");
      const difference = Math.abs(Number(digits) - amount / 10 ** currencyExponent(code));
      const exact = Math.abs(amount) < 100 * 10 ** currencyExponent(code);
      expect(difference).toBeLessThanOrEqual(exact ? 1e-9 : 0.5);
    }),
  );
});
