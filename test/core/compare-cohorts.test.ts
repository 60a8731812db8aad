import fc from "fast-check";
import { expect, test } from "vitest";
import { compareCohorts, rangeOf } from "../../src/core/compare-cohorts.ts";

const verdicts = (cohorts: readonly (readonly [bought: number, customers: number])[]) =>
  compareCohorts(cohorts.map(([bought, customers]) => ({ bought, customers }))).map(({ verdict }) => verdict);

/** The part of a beta distribution below a point, by slices. */
function below(point: number, alpha: number, beta: number): number {
  const slices = 20_000;
  const density = (x: number) => x ** (alpha - 1) * (1 - x) ** (beta - 1);
  const sum = (end: number) =>
    Array.from({ length: slices }, (_, index) => density(((index + 0.5) / slices) * end)).reduce(
      (total, height) => total + (height * end) / slices,
      0,
    );
  return sum(point) / sum(1);
}

test("the range leaves a twentieth at each end of what is believed after Jeffreys' prior", () => {
  const { low, high } = rangeOf({ bought: 7, customers: 20 });
  expect(below(low, 7.5, 13.5)).toBeCloseTo(0.05, 6);
  expect(below(high, 7.5, 13.5)).toBeCloseTo(0.95, 6);
  expect(rangeOf({ bought: 0, customers: 10 }).low).toBe(0);
  expect(rangeOf({ bought: 10, customers: 10 }).high).toBe(1);
});

test("what stands out beyond chance is told, what does not is not", () => {
  expect(
    verdicts([
      [80, 100],
      [50, 100],
      [45, 100],
    ]),
  ).toEqual(["better", "alike", "worse"]);
  expect(
    verdicts([
      [52, 100],
      [50, 100],
      [45, 100],
    ]),
  ).toEqual(["alike", "alike", "alike"]);
});

test("cohorts too small to differ are not compared, and take nothing from those that can", () => {
  expect(
    verdicts([
      [2, 2],
      [0, 2],
    ]),
  ).toEqual(["too few", "too few"]);
  expect(
    verdicts([[80, 100], [40, 100], ...Array.from({ length: 40 }, () => [0, 1] as const)]).slice(0, 3),
  ).toEqual(["better", "worse", "too few"]);
  expect(verdicts([[5, 9]])).toEqual(["too few"]);
  expect(verdicts([])).toEqual([]);
});

test("where all are alike, one in twenty comparisons at most finds a difference", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const rounds = 400;
  const wrong = Array.from({ length: rounds }, () => {
    const cohorts = Array.from({ length: 8 }, () => {
      const customers = 5 + Math.floor(random() * 60);
      return [Array.from({ length: customers }).filter(() => random() < 0.4).length, customers] as const;
    });
    return verdicts(cohorts).some((verdict) => verdict === "better" || verdict === "worse");
  }).filter(Boolean).length;
  expect(wrong / rounds).toBeLessThan(0.07);
});

test("ranges hold their share, whatever the numbers", () => {
  const kept = fc
    .integer({ min: 1, max: 2000 })
    .chain((customers) =>
      fc.record({ customers: fc.constant(customers), bought: fc.integer({ min: 0, max: customers }) }),
    );
  fc.assert(
    fc.property(fc.array(kept, { minLength: 1, maxLength: 9 }), (cohorts) => {
      for (const [index, { low, high }] of compareCohorts(cohorts).entries()) {
        const { bought = 0, customers = 1 } = cohorts[index] ?? {};
        expect(low).toBeLessThanOrEqual(bought / customers);
        expect(high).toBeGreaterThanOrEqual(bought / customers);
      }
    }),
    { seed: 20_303 },
  );
});
