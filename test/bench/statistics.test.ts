import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { median, nearestRank, summarise } from "../../bench/statistics.ts";

const seed = 41;
const latencies = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 300 });

test("a percentile is the nearest rank, as the definition's textbook example has it", () => {
  const sorted = [15, 20, 35, 40, 50];
  expect([0.05, 0.3, 0.4, 0.5, 1].map((share) => nearestRank(sorted, share))).toEqual([15, 20, 20, 35, 50]);
});

test("figures of a hundred values are the values at their ranks, in whatever order they came", () => {
  const values = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);
  expect(summarise(values)).toEqual({ n: 100, p50: 50, p95: 95, p99: 99, max: 100 });
  // What a computer makes of 0.07 · 100 is above 7.
  expect(
    nearestRank(
      values.toSorted((one, other) => one - other),
      0.07,
    ),
  ).toBe(7);
});

test("one slow answer in fifty is the 99th percentile, not the 95th", () => {
  const values = [...Array.from({ length: 49 }, () => 2), 900];
  expect(summarise(values)).toEqual({ n: 50, p50: 2, p95: 2, p99: 900, max: 900 });
});

test("nothing was measured: there is no figure", () => {
  expect(summarise([])).toBeUndefined();
  expect(median([])).toBeUndefined();
  expect(nearestRank([], 0.5)).toBeUndefined();
});

describe("of any values", () => {
  test("at least the share lies at or below the percentile, and less than it below", () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(0.5, 0.95, 0.99), (values, share) => {
        const sorted = values.toSorted((one, other) => one - other);
        const found = nearestRank(sorted, share) ?? Number.NaN;
        const needed = share * values.length;
        expect(sorted.filter((value) => value <= found).length).toBeGreaterThanOrEqual(needed - 1e-6);
        expect(sorted.filter((value) => value < found).length).toBeLessThan(needed);
      }),
      { seed },
    );
  });

  test("figures do not depend on the order and leave the values as they are", () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const frozen = Object.freeze([...values]);
        expect(summarise(frozen)).toEqual(summarise(values.toReversed()));
      }),
      { seed },
    );
  });
});
