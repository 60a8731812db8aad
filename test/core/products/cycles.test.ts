import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeCycles, medianOf } from "../../../src/core/products/cycles.ts";
import { createRandom } from "../../../src/core/random.ts";

const listOf = (days: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  return [...counts]
    .map(([day, deals]) => ({ days: day, deals }))
    .sort((one, other) => one.days - other.days);
};

const upTo = (most: number, step = 1) => Array.from({ length: most }, (_, index) => (index + 1) * step);

describe("days to win", () => {
  test("are told by their median and the deals around it", () => {
    expect(medianOf([])).toBeUndefined();
    expect(medianOf(listOf([7]))).toEqual({ won: 1, median: 7, low: 7, high: 7 });
    expect(medianOf(listOf([1, 2, 3, 10]))).toMatchObject({ median: 2.5, low: 1, high: 4 * 2.5 });
    // Places 43 to 58 of 100: 50 ∓ 1.2816 · 10 / 2.
    expect(medianOf(listOf(upTo(100)))).toEqual({ won: 100, median: 50.5, low: 43, high: 58 });
  });

  test("tell products apart by ranks, as the classic example has it", () => {
    // Wilcoxon's rank sums of 1..30 against 31..60 are as far apart as they can be.
    const { areToldApart, cycles } = judgeCycles([listOf(upTo(30)), listOf(upTo(60).slice(30))], 20);
    expect(areToldApart).toBe(true);
    expect(cycles.map((cycle) => cycle?.verdict)).toEqual(["below", "above"]);
  });

  test("of the same course are alike, and of few wins too early", () => {
    const { areToldApart, cycles } = judgeCycles(
      [listOf(upTo(40)), listOf(upTo(40)), listOf([400, 500])],
      20,
    );
    expect(areToldApart).toBe(false);
    expect(cycles.map((cycle) => cycle?.verdict)).toEqual(["alike", "alike", "too-early"]);
    const same = judgeCycles([[{ days: 9, deals: 30 }], [{ days: 9, deals: 50 }]], 20);
    expect(same.cycles.map((cycle) => cycle?.verdict)).toEqual(["alike", "alike"]);
    expect(judgeCycles([], 20)).toEqual({ areToldApart: false, cycles: [] });
  });

  test("that are all the same are called different in at most 3.5 % of runs", () => {
    const random = createRandom(6);
    const runs = 600;
    let toldApart = 0;
    for (let run = 0; run < runs; run += 1) {
      const lists = Array.from({ length: 6 }, () =>
        listOf(Array.from({ length: 40 }, () => Math.ceil(-60 * Math.log(1 - random())))),
      );
      toldApart += Number(judgeCycles(lists, 20).areToldApart);
    }
    expect(toldApart / runs).toBeLessThanOrEqual(0.035);
  });

  test("have a median in its range, which is that of the sorted list", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 60 }), (days) => {
        const sorted = days.toSorted((one, other) => one - other);
        const middle = (days.length - 1) / 2;
        const found = medianOf(listOf(days));
        expect(found?.median).toBe(
          ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2,
        );
        expect(found?.low).toBeLessThanOrEqual(found?.median ?? 0);
        expect(found?.high).toBeGreaterThanOrEqual(found?.median ?? 0);
      }),
      { seed: 9 },
    );
  });
});
