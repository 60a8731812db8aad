import { describe, expect, test } from "vitest";
import { judgeDiscounts } from "../../../src/core/products/discounts.ts";
import type { PriceSums } from "../../../src/core/products/product-tally.ts";
import { createRandom, drawNormal } from "../../../src/core/random.ts";

const sumsOf = (deals: readonly (readonly [amount: number, list: number])[]): PriceSums => {
  const sum = (of: (amount: number, list: number) => number) =>
    deals.reduce((all, [amount, list]) => all + of(amount, list), 0);
  return {
    deals: deals.length,
    amount: sum((amount) => amount),
    list: sum((_, list) => list),
    amountSquares: sum((amount) => amount ** 2),
    crossProducts: sum((amount, list) => amount * list),
    listSquares: sum((_, list) => list ** 2),
  };
};

const around = (discount: number, deals: number, seed: number) => {
  const random = createRandom(seed);
  return sumsOf(
    Array.from({ length: deals }, () => [1_000 * (1 - discount + 0.05 * drawNormal(random)), 1_000] as const),
  );
};

describe("discounts", () => {
  test("are of all deals together, with the range of such a mean", () => {
    // Ratios .9 and 1.1 of one list price: mean 1, standard error sqrt(.02 / 2) = .1.
    const { discounts } = judgeDiscounts(
      [
        sumsOf([
          [900, 1_000],
          [1_100, 1_000],
        ]),
      ],
      20,
    );
    expect(discounts[0]?.share).toBeCloseTo(0, 12);
    expect(discounts[0]?.high).toBeCloseTo(0.12816, 5);
    expect(discounts[0]).toMatchObject({ deals: 2, verdict: "too-early" });
    // Large deals count for more: 1 − 1,700 / 2,000.
    const weighted = judgeDiscounts(
      [
        sumsOf([
          [100, 100],
          [1_600, 1_900],
        ]),
      ],
      20,
    ).discounts[0];
    expect(weighted?.share).toBeCloseTo(0.15, 12);
  });

  test("tell products apart where they differ beyond chance", () => {
    const { areToldApart, discounts } = judgeDiscounts(
      [around(0.02, 80, 1), around(0.02, 80, 2), around(0.12, 80, 3)],
      20,
    );
    expect(areToldApart).toBe(true);
    expect(discounts[2]?.verdict).toBe("above");
    expect(judgeDiscounts([around(0.05, 80, 4), around(0.05, 80, 5)], 20).areToldApart).toBe(false);
  });

  test("without prices are not known, and list prices alone are no difference", () => {
    const atList = sumsOf(Array.from({ length: 30 }, () => [500, 500] as const));
    expect(judgeDiscounts([sumsOf([]), sumsOf([[1, 2]])], 20).discounts).toEqual([undefined, undefined]);
    expect(judgeDiscounts([atList, atList], 20).areToldApart).toBe(false);
    const { discounts } = judgeDiscounts([atList], 20);
    expect(discounts[0]?.share).toBe(0);
    expect(discounts[0]?.verdict).toBe("alike");
  });
});
