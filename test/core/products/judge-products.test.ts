import { describe, expect, test } from "vitest";
import { easeOf, judgeProducts } from "../../../src/core/products/judge-products.ts";
import type { ProductTally } from "../../../src/core/products/product-tally.ts";

const noPrices = { deals: 0, amount: 0, list: 0, amountSquares: 0, crossProducts: 0, listSquares: 0 };
const tally = (product: string, won: number, lost: number, days = 10): ProductTally => ({
  ...{ productId: product.toLowerCase(), product, won, lost },
  days: won === 0 ? [] : [{ days, deals: won }],
  ...{ priced: noPrices, wonInWindow: won, wonMinor: won * 100 },
});

describe("products", () => {
  test("stand by how easily they are sold where that can be told, those too early last", () => {
    const { products, toldApart } = judgeProducts([
      ...[tally("Hose", 30, 70), tally("New", 5, 0), tally("Pump", 80, 20), tally("Tap", 55, 45)],
    ]);
    expect(toldApart).toEqual({ rate: true, cycle: false, discount: false });
    expect(products.map((one) => [one.product, easeOf(one)])).toEqual([
      ...[
        ["Pump", "above"],
        ["Tap", "alike"],
        ["Hose", "below"],
        ["New", "too-early"],
      ],
    ]);
  });

  test("stand by name where it cannot", () => {
    const { products, toldApart, overall } = judgeProducts([
      ...[tally("tap", 52, 48), tally("Pump", 55, 45), tally("Hose", 50, 50)],
    ]);
    expect(toldApart.rate).toBe(false);
    expect(products.map(({ product }) => product)).toEqual(["Hose", "Pump", "tap"]);
    expect(overall).toMatchObject({ won: 157, closed: 300, medianDays: 10 });
    expect(overall.rate?.share).toBeCloseTo(157 / 300, 12);
  });

  test("are told apart by days alone", () => {
    const { products, toldApart } = judgeProducts([tally("Hose", 50, 50, 30), tally("Pump", 51, 49, 9)]);
    expect(toldApart).toEqual({ rate: false, cycle: true, discount: false });
    expect(products.map(({ cycle }) => cycle?.verdict)).toEqual(["above", "below"]);
  });

  test("that there are none of say nothing", () => {
    expect(judgeProducts([])).toEqual({
      products: [],
      toldApart: { rate: false, cycle: false, discount: false },
      overall: { won: 0, closed: 0, rate: undefined, medianDays: undefined },
    });
  });
});
