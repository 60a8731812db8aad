import { assert, asyncProperty, bigInt, boolean, constantFrom, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { currencyExponent } from "../../src/core/money.ts";
import { decimalMarkOf, parseDecimal } from "../../src/ingest/decimals.ts";
import { parseAmount, parseDomain } from "../../src/ingest/values.ts";

describe("amounts", () => {
  test.each([
    ["12500.00", "EUR", 1_250_000n],
    ["€12,500.00", "EUR", 1_250_000n],
    ["12.500,00 €", "EUR", 1_250_000n],
    ["1.234,56", "EUR", 123_456n],
    ["1.234.567", "EUR", 123_456_700n],
    ["1,234,567.5", "EUR", 123_456_750n],
    ["12,50", "EUR", 1_250n],
    ["12,500", "EUR", 1_250_000n],
    ["1 234,5", "EUR", 123_450n],
    ["1\u00a0234\u202f567,50", "EUR", 123_456_750n],
    ["CHF 1'234.50", "CHF", 123_450n],
    ["usd 12", "USD", 1_200n],
    ["US$12", "USD", 1_200n],
    ["$12", "CAD", 1_200n],
    ["(120.00)", "USD", -12_000n],
    ["($120.00)", "USD", -12_000n],
    ["$(120.00)", "USD", -12_000n],
    ["-120", "USD", -12_000n],
    ["−120", "USD", -12_000n],
    ["-$120", "USD", -12_000n],
    ["120.00-", "USD", -12_000n],
    ["+7", "USD", 700n],
    [".5", "USD", 50n],
    ["0.500", "USD", 50n],
    ["007", "USD", 700n],
    ["-0", "USD", 0n],
    ["0.005", "USD", 1n],
    ["0.0049", "USD", 0n],
    ["-0.005", "USD", -1n],
    ["1234.565", "USD", 123_457n],
    ["2.675", "KWD", 2_675n],
    ["1.2345", "KWD", 1_235n],
    ["1,234", "JPY", 1_234n],
    ["1234.5", "JPY", 1_235n],
    ["1000000000000.00", "USD", 100_000_000_000_000n],
  ])("%s in %s", (text, currency, minor) => {
    expect(parseAmount(text, currency)).toEqual({ ok: true, minor });
  });

  const notAnAmount = "not an amount: write it as 12500.00";
  test.each([
    ...["n/a", "TBD", "1e5", "", " ", "-", "€", ".", "1.", "1,2,3", "1.2.3", "12,34,567", "1,234.567,8"].map(
      (text) => [text, "EUR", notAnAmount] as const,
    ),
    ...[
      "--5",
      "(-5)",
      "(5",
      "5)",
      ")5(",
      "5%",
      "0x10",
      "NaN",
      "Infinity",
      "1 2",
      "€5€",
      "٣",
      "12:30",
      "5 to 6",
    ].map((text) => [text, "EUR", notAnAmount] as const),
    ["1.234", "EUR", "could be 1234 or 1.234: write it with 2 decimals, without grouping"],
    ["1,234", "KWD", "could be 1234 or 1.234: write it with 3 decimals, without grouping"],
    ["$12,500", "EUR", "written in $, expected EUR"],
    ["12 GBP", "EUR", "written in GBP, expected EUR"],
    ["12", "Euro", "Euro is no currency code: use one such as EUR"],
    ["12", "XQX", "XQX is no currency code: use one such as EUR"],
    ["1000000000000.01", "USD", "too large for an amount"],
    ["-1000000000000.01", "USD", "too large for an amount"],
    ["9".repeat(500), "USD", notAnAmount],
  ] as const)("refuses %j in %s", (text, currency, reason) => {
    expect(parseAmount(text, currency)).toEqual({ ok: false, reason });
  });

  const minorUnits = bigInt(-(10n ** 14n), 10n ** 14n);

  test("come back from any way of writing them", async () => {
    await assert(
      asyncProperty(
        minorUnits,
        constantFrom("EUR", "USD", "JPY", "KWD"),
        constantFrom(["", "."], [",", "."], [".", ","], [" ", ","], ["'", "."]),
        constantFrom("minus", "brackets"),
        boolean(),
        async (minor, currency, [grouping = "", mark = ""], negative, signed) => {
          const exponent = currencyExponent(currency);
          const digits = String(minor < 0n ? -minor : minor).padStart(exponent + 1, "0");
          const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+$)/g, grouping);
          const fraction = exponent === 0 ? "" : mark + digits.slice(-exponent);
          // A single group in a currency without decimals reads like three decimals: refused, tested above.
          if (exponent === 0 && grouping === "." && /^\d+\.\d{3}$/.test(whole)) return;
          // As does a decimal comma before three decimals, where a point would be meant.
          if (exponent === 3 && mark === "," && !/\D/.test(whole) && whole.length <= 3) return;
          const plain = `${signed ? `${currency} ` : ""}${whole}${fraction}`;
          const text = minor >= 0n ? plain : negative === "minus" ? `-${plain}` : `(${plain})`;
          expect(parseAmount(text, currency)).toEqual({ ok: true, minor });
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("never throw, whatever the text", async () => {
    const anyText = string({ unit: "binary", maxLength: 80 });
    await assert(asyncProperty(anyText, async (text) => parseAmount(text, "EUR") !== undefined));
  });
});

test.each([
  ["4821", "4821"],
  ["€1.234,5678", "1234.5678"],
  ["-0.125", "-0.125"],
  ["0012.50", "12.50"],
])("unit price %s keeps its digits", (text, decimal) => {
  expect(parseDecimal(text, "EUR")).toEqual({ ok: true, decimal });
});

describe("in a file whose decimal mark is known", () => {
  test.each([
    ["1.234", ",", "1234"],
    ["1.234", ".", "1.234"],
    ["1,234", ".", "1234"],
    ["1,234", ",", "1.234"],
    ["55.125", ".", "55.125"],
    ["1.234.567,5", ",", "1234567.5"],
    ["1'234", ",", "1234"],
    ["-€ 12", ",", "-12"],
  ] as const)("%s with %s is %s", (text, mark, decimal) => {
    expect(parseDecimal(text, "EUR", mark)).toEqual({ ok: true, decimal });
  });

  test.each([
    ["3.75", ",", "not an amount with a decimal comma, as the file writes them"],
    ["12,50", ".", "not an amount with a decimal point, as the file writes them"],
    ["1,234.50", ",", "not an amount with a decimal comma, as the file writes them"],
    ["1.2.3", ",", "not an amount: write it as 12500.00"],
  ] as const)("%s with %s is none", (text, mark, reason) => {
    expect(parseAmount(text, "EUR", mark)).toEqual({ ok: false, reason });
  });

  test.each([
    ["12,50", ","],
    ["1.234,50", ","],
    ["1.234.567", ","],
    ["€ 3.75", "."],
    ["0.125", "."],
    ["1,234,567", "."],
    ["(1234.565)", "."],
    ["1.234", undefined],
    ["1,234", undefined],
    ["1234", undefined],
    ["1.2.3", undefined],
    ["n/a", undefined],
    ["", undefined],
  ] as const)("%s shows %s", (text, mark) => {
    expect(decimalMarkOf(text)).toBe(mark);
  });
});

test.each([
  ["https://www.Grum-Ponds.example/about?x=1", "grum-ponds.example"],
  ["grum.co.example", "grum.co.example"],
  ["grum", undefined],
  ["ada@grum.example", undefined],
  ["not a domain.", undefined],
])("domain of %s", (text, domain) => {
  expect(parseDomain(text)).toBe(domain);
});
