import fc from "fast-check";
import { expect, test } from "vitest";
import {
  divideDecimals,
  isZero,
  multiplyDecimals,
  negateDecimal,
  subtractDecimals,
} from "../../src/ingest/decimal-arithmetic.ts";
import { toAmount } from "../../src/ingest/values.ts";

// Oracle: Python's decimal module.
test.each([
  [multiplyDecimals("0.1", "0.2"), "0.02"],
  [multiplyDecimals("-12", "1.005"), "-12.06"],
  [multiplyDecimals("-0.5", "-0.5"), "0.25"],
  [multiplyDecimals("80995", "2.08"), "168469.6"],
  [subtractDecimals("0.3", "0.1"), "0.2"],
  [subtractDecimals("100", "-19"), "119"],
  [subtractDecimals("-0.05", "0.95"), "-1"],
  [divideDecimals("11900", "119"), "100"],
  [divideDecimals("-2", "3"), "-0.666666666666"],
  [divideDecimals("1.5", "0.25"), "6"],
  [negateDecimal("0.00"), "0"],
  [negateDecimal("-7.10"), "7.1"],
])("%s is %s", (computed, expected) => {
  expect(computed).toBe(expected);
});

test("a zero is one however it is written", () => {
  expect(["0", "0.00", "-0.0", "0.01"].map(isZero)).toEqual([true, true, true, false]);
});

const cents = fc.integer({ min: -9_999_999, max: 9_999_999 });
const asDecimal = (value: number) =>
  `${value < 0 ? "-" : ""}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, "0")}`;

test("products are the integers' own, and net and tax of a gross amount differ by half a cent at most", () => {
  fc.assert(
    fc.property(cents, cents, fc.integer({ min: 1, max: 99 }), (left, right, rate) => {
      const scaled = BigInt(left) * BigInt(right);
      const product = multiplyDecimals(asDecimal(left), asDecimal(right));
      expect(toAmount(multiplyDecimals(product, "100"), "EUR")).toEqual({ ok: true, minor: scaled });
      const net = divideDecimals(multiplyDecimals(asDecimal(left), "100"), String(100 + rate));
      const amount = toAmount(net, "EUR");
      const minor = amount.ok ? amount.minor : 0n;
      const error = 2n * (BigInt(left) * 100n - minor * BigInt(100 + rate));
      expect(error <= BigInt(100 + rate) && error >= -BigInt(100 + rate)).toBe(true);
    }),
    { seed: 20_261_122 },
  );
});
