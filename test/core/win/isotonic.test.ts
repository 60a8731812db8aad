import fc from "fast-check";
import { expect, test } from "vitest";
import { fitIsotonic } from "../../../src/core/win/isotonic.ts";

const told = fc.array(fc.record({ score: fc.nat(7), outcome: fc.constantFrom(0, 1) }), {
  minLength: 1,
  maxLength: 30,
});

// Oracle: the max-min formula (Barlow et al. 1972): at the k-th score the best is the largest, over all a up to k, of the
// smallest, over all b from k on, of the share that was won from the a-th to the b-th score.
test("chances are the best that never fall", () => {
  fc.assert(
    fc.property(told, (rows) => {
      const { at, to } = fitIsotonic(
        rows.map(({ score }) => score / 7),
        rows.map(({ outcome }) => outcome),
      );
      const scores = [...new Set(rows.map(({ score }) => score))].sort((one, other) => one - other);
      const shareWithin = (low: number, high: number) => {
        const own = rows.filter(({ score }) => score >= low && score <= high);
        return own.reduce((sum, { outcome }) => sum + outcome, 0) / own.length;
      };
      const best = scores.map((score) =>
        Math.max(
          ...scores
            .filter((low) => low <= score)
            .map((low) =>
              Math.min(...scores.filter((high) => high >= score).map((high) => shareWithin(low, high))),
            ),
        ),
      );
      const levels = [...new Set(best.map((each) => each.toFixed(9)))];
      expect(to).toHaveLength(levels.length);
      for (const [place, level] of levels.entries()) {
        const own = rows.filter(({ score }) => best[scores.indexOf(score)]?.toFixed(9) === level);
        const middle = own.reduce((sum, { score }) => sum + score / 7, 0) / own.length;
        expect(at[place]).toBeCloseTo(middle, 9);
        const isCertain = Number(level) === 0 || Number(level) === 1;
        if (!isCertain) expect(to[place]).toBeCloseTo(Number(level), 8);
      }
    }),
    { seed: 8, numRuns: 300 },
  );
});

test("points rise, and no chance is certain", () => {
  fc.assert(
    fc.property(told, (rows) => {
      const { at, to } = fitIsotonic(
        rows.map(({ score }) => score / 7),
        rows.map(({ outcome }) => outcome),
      );
      for (const [place, chance] of to.entries()) {
        expect(chance).toBeGreaterThan(0);
        expect(chance).toBeLessThan(1);
        if (place === 0) continue;
        expect(at[place]).toBeGreaterThan(at[place - 1] ?? 1);
        expect(chance).toBeGreaterThanOrEqual(to[place - 1] ?? 1);
      }
    }),
    { seed: 8, numRuns: 300 },
  );
});

test("the ends are by Laplace's rule, unless that would pass their neighbour", () => {
  const ends = fitIsotonic([0.1, 0.1, 0.1, 0.5, 0.5, 0.9, 0.9], [0, 0, 0, 0, 1, 1, 1]);
  expect(ends.to).toEqual([1 / 5, 0.5, 3 / 4]);
  const near = fitIsotonic([0.1, ...new Array(20).fill(0.5)], [0, 1, ...new Array(19).fill(0)]);
  expect(near.to).toEqual([1 / 20, 1 / 20]);
  const apart = fitIsotonic([0.1, 0.2], [0, 1]);
  expect(apart.to).toEqual([1 / 3, 2 / 3]);
});
