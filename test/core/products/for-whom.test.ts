import { describe, expect, test } from "vitest";
import { findMarkets } from "../../../src/core/products/for-whom.ts";
import type { MarketTally } from "../../../src/core/products/product-tally.ts";
import { createRandom } from "../../../src/core/random.ts";

const market = (productId: string, value: string, won: number, closed: number): MarketTally => ({
  ...{ productId, by: "industry", value, won, closed },
});

describe("for whom a product is easier to sell", () => {
  test("is found where a kind of account differs from the others", () => {
    const { found, tested } = findMarkets([
      market("pump", "Retail", 45, 50),
      market("pump", "Banking", 20, 50),
      market("pump", "Farms", 22, 50),
      market("hose", "Retail", 25, 50),
      market("hose", "Banking", 26, 50),
    ]);
    // With hoses for two kinds of account, what is said of one holds of the other the other way round.
    expect(tested).toBe(4);
    expect(found.map(({ productId, value }) => `${productId} ${value}`)).toEqual([
      "pump Retail",
      "pump Banking",
      "pump Farms",
    ]);
    expect(found[0]).toMatchObject({ won: 45, closed: 50, share: 0.9, othersShare: 0.42 });
    // Fisher's exact test, twice the smaller tail, by R: 2 · phyper(44, 87, 63, 50, lower.tail = FALSE).
    expect(found[0]?.chance).toBeLessThan(1e-7);
  });

  test("is nothing where there is one kind alone, or too little of each", () => {
    expect(findMarkets([])).toEqual({ found: [], tested: 0 });
    expect(findMarkets([market("pump", "Retail", 45, 50)])).toEqual({ found: [], tested: 0 });
    expect(findMarkets([market("pump", "Retail", 1, 1), market("pump", "Banking", 0, 1)]).tested).toBe(0);
  });

  test("is claimed in at most 5 % of runs where it is nobody", () => {
    const random = createRandom(7);
    const runs = 300;
    let claimed = 0;
    for (let run = 0; run < runs; run += 1) {
      const tallies = ["pump", "hose", "tap"].flatMap((product) =>
        ["Retail", "Banking", "Farms", "Mines"].map((value) => {
          const closed = 20 + Math.floor(random() * 40);
          return market(
            product,
            value,
            Array.from({ length: closed }, () => random() < 0.6).filter(Boolean).length,
            closed,
          );
        }),
      );
      claimed += Number(findMarkets(tallies).found.length > 0);
    }
    expect(claimed / runs).toBeLessThanOrEqual(0.05);
  });
});
