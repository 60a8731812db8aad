import { expect, test } from "vitest";
import { countPairs, type FirstPurchase } from "../../../src/core/actions/purchase-pairs.ts";

const rows = (
  accountId: string,
  ...bought: readonly (readonly [string, string])[]
): readonly FirstPurchase[] => bought.map(([productId, firstOn]) => ({ accountId, productId, firstOn }));

const histories = [
  ...rows("acme", ["pump", "2026-01-01"], ["valve", "2026-02-01"], ["hose", "2026-02-01"]),
  ...rows("beta", ["valve", "2026-03-01"], ["pump", "2026-04-01"], ["pump", "2026-01-05"]),
  ...rows("gamma", ["valve", "2026-01-01"]),
];

test("by hand: what was bought together and what after what, of the first day of each", () => {
  const { accounts, products, buyers, both, after } = countPairs(histories);
  expect({ accounts, products }).toEqual({ accounts: 3, products: ["valve", "pump", "hose"] });
  expect([...buyers]).toEqual([3, 2, 1]);
  expect([...both]).toEqual([0, 2, 1, 2, 0, 1, 1, 1, 0]);
  // Both bought the valve after the pump, one the hose after it.
  expect([...after]).toEqual([0, 0, 0, 2, 0, 1, 0, 0, 0]);
});

test("the most bought products, and as many accounts as there is room for", () => {
  expect(countPairs(histories, { products: 2, pairs: 100 })).toMatchObject({
    ...{ accounts: 3, products: ["valve", "pump"] },
    buyers: new Uint32Array([3, 2]),
  });
  const many = Array.from({ length: 100 }, (_, account) =>
    rows(`account ${account}`, ["pump", "2026-01-01"], ["valve", "2026-02-01"]),
  );
  // Two products count as two pairs.
  const limited = countPairs(many.flat(), { products: 10, pairs: 50 });
  expect(limited).toMatchObject({ accounts: 25, buyers: new Uint32Array([25, 25]) });
  expect(countPairs(many.toReversed().flat(), { products: 10, pairs: 50 })).toEqual(limited);
});
