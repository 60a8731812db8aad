import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chanceBelow,
  chanceBelowOther,
  learn,
  meanOf,
  neutralAt,
} from "../../../src/core/offers/win-rate.ts";

test("before any outcome a rate is as likely below as above, however rare wins are", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.0001, max: 0.9999, noNaN: true }), (rate) => {
      expect(chanceBelow(neutralAt(rate), rate)).toBeCloseTo(0.5, 5);
    }),
    { seed: 24 },
  );
});

test("losses alone, by hand: what is left above a rate shrinks by each loss's chance", () => {
  // Of Beta(1, b), (1 − rate)^b is above the rate: a half before any outcome, times 0.8 for each loss.
  expect(chanceBelow(learn(neutralAt(0.2), 0, 8), 0.2)).toBeCloseTo(1 - 0.5 * 0.8 ** 8, 6);
  expect(chanceBelow(learn(neutralAt(0.7), 5, 5), 0.7)).toBeCloseTo(0.5 * 0.7 ** 5, 6);
});

test("a belief's mean lies between what it began with and what was seen", () => {
  expect(meanOf(learn({ alpha: 1, beta: 3 }, 4, 8))).toBeCloseTo(5 / 12, 12);
});

test("nothing is below 0, everything below 1 and more", () => {
  expect([-1, 0, 1, 7, Number.POSITIVE_INFINITY].map((rate) => chanceBelow(neutralAt(0.2), rate))).toEqual([
    0, 0, 1, 1, 1,
  ]);
});

describe("one uncertain rate below a multiple of another", () => {
  const uniform = { alpha: 1, beta: 1 };

  test.each([
    // E[½Y] for Y uniform, ½·⅔ for Y of density 2y, and the chance that a uniform one is below twice another: ¾.
    [uniform, 0.5, uniform, 1 / 4],
    [uniform, 0.5, { alpha: 2, beta: 1 }, 1 / 3],
    [uniform, 2, uniform, 3 / 4],
    [{ alpha: 3.5, beta: 9.2 }, 1, { alpha: 3.5, beta: 9.2 }, 1 / 2],
    [uniform, 0, uniform, 0],
    [uniform, Number.POSITIVE_INFINITY, uniform, 1],
  ])("%j below %d times %j", (belief, factor, other, chance) => {
    expect(chanceBelowOther(belief, factor, other)).toBeCloseTo(chance, 4);
  });
});
