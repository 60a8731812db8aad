import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { learnNextPurchases } from "../../../src/core/actions/next-purchases.ts";
import type { FirstPurchase } from "../../../src/core/actions/purchase-pairs.ts";
import { addDays } from "../../../src/core/calendar.ts";

/** So many accounts that each buy these products, a month apart. */
const buying = (accounts: number, name: string, ...products: readonly string[]): readonly FirstPurchase[] =>
  Array.from({ length: accounts }, (_, account) =>
    products.map((productId, month) => ({
      ...{ accountId: `${name} ${account}`, productId },
      firstOn: addDays("2026-01-01", month * 30),
    })),
  ).flat();

describe("by hand", () => {
  const histories = [
    ...buying(6, "both", "pump", "valve"),
    ...buying(4, "pumps", "pump"),
    ...buying(9, "hoses", "hose"),
    ...buying(1, "other", "hose", "valve"),
    ...buying(2, "thin", "meter", "gauge"),
  ];
  const { byAssociation, byPopularity } = learnNextPurchases(histories);

  test("6 of 10 owners of a pump bought a valve next, 1 of 12 others: 7.2 times as often", () => {
    const [first] = byAssociation(["pump"], 3);
    expect(first).toEqual({
      productId: "valve",
      // 7 of all 22 have one.
      chance: (6 + (10 * 7) / 22) / 20,
      reason: {
        ...{ code: "similar-bought", product: "valve", owned: "pump", buyers: 6, owners: 10 },
        lift: expect.closeTo(0.6 / (1 / 12), 12),
      },
    });
  });

  test("what is popular follows where nothing owned tells more", () => {
    expect(byAssociation(["pump"], 3).map(({ productId }) => productId)).toEqual(["valve", "hose", "gauge"]);
    const told = byAssociation(["hose"], 2);
    expect(told).toEqual(byPopularity(["hose"], 2));
    expect(told).toEqual([
      {
        ...{ productId: "pump", chance: 10 / 22 },
        reason: { code: "popular", product: "pump", buyers: 10, accounts: 22 },
      },
      {
        ...{ productId: "valve", chance: 7 / 22 },
        reason: { code: "popular", product: "valve", buyers: 7, accounts: 22 },
      },
    ]);
  });

  test("two who bought one after the other are no reason, however alike", () => {
    expect(byAssociation(["meter"], 1)).toMatchObject([{ productId: "hose", reason: { code: "popular" } }]);
  });

  test("what was bought on one day, or the other way round, is nothing that came next", () => {
    expect(byAssociation(["valve"], 1)).toMatchObject([{ reason: { code: "popular" } }]);
    const together = buying(9, "both", "pump", "valve").map((each) => ({ ...each, firstOn: "2026-01-01" }));
    const learned = learnNextPurchases([...together, ...buying(9, "hoses", "hose")]);
    expect(learned.byAssociation(["pump"], 1)).toMatchObject([{ reason: { code: "popular" } }]);
  });

  test("what nobody knows, and no purchases at all", () => {
    expect(byAssociation(["spaceship"], 1)).toEqual(byPopularity([], 1));
    expect(byAssociation(["pump"], 0)).toEqual([]);
    const nothing = learnNextPurchases([]);
    expect([...nothing.byAssociation(["pump"], 3), ...nothing.byPopularity([], 3)]).toEqual([]);
  });
});

const anyHistories: fc.Arbitrary<readonly FirstPurchase[]> = fc.array(
  fc.record({
    accountId: fc.integer({ min: 0, max: 25 }).map((account) => `account ${account}`),
    productId: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    firstOn: fc.integer({ min: 0, max: 20 }).map((days) => addDays("2026-01-01", days)),
  }),
  { minLength: 40, maxLength: 150 },
);
const owned: fc.Arbitrary<readonly string[]> = fc.uniqueArray(
  fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
);

/** The same, of plain sets and by looking at every account for every pair. */
function plainly(histories: readonly FirstPurchase[], own: readonly string[]) {
  const accounts = [...new Set(histories.map(({ accountId }) => accountId))];
  const dayOf = (account: string, product: string) =>
    histories
      .filter(({ accountId, productId }) => accountId === account && productId === product)
      .map(({ firstOn }) => firstOn)
      .sort()[0];
  const ownersOf = (product: string) => accounts.filter((account) => dayOf(account, product));
  const evidence = (first: string, second: string) => {
    const could = ownersOf(first).filter(
      (account) => (dayOf(account, second) ?? "9") > (dayOf(account, first) ?? ""),
    );
    const did = could.filter((account) => dayOf(account, second));
    const others = accounts.filter((account) => !dayOf(account, first));
    const elsewhere = Math.max(1, others.filter((account) => dayOf(account, second)).length);
    const lift = did.length / could.length / (elsewhere / Math.max(1, others.length));
    const both = ownersOf(first).filter((account) => dayOf(account, second)).length;
    const like = both / (Math.sqrt(ownersOf(first).length * ownersOf(second).length) + 10);
    return { owned: first, buyers: did.length, owners: could.length, lift, like };
  };
  return ["a", "b", "c", "d", "e", "f"]
    .filter((product) => !own.includes(product) && ownersOf(product).length > 0)
    .map((product) => {
      const reasons = own
        .filter((each) => ownersOf(each).length > 0)
        .map((each) => evidence(each, product))
        .filter(({ buyers, lift }) => buyers >= 3 && lift > 1);
      const score = reasons.reduce((sum, { like }) => sum + like, 0);
      return { product, score, reasons, nearest: Math.max(...reasons.map(({ like }) => like)) };
    })
    .filter(({ score }) => score > 0);
}

describe("whatever was bought", () => {
  test("scores and reasons are those of plain counting", () => {
    let seen = 0;
    fc.assert(
      fc.property(anyHistories, owned, (histories, own) => {
        const told = learnNextPurchases(histories)
          .byAssociation(own, 6)
          .flatMap(({ productId, reason }) =>
            reason.code === "similar-bought" ? [{ productId, reason }] : [],
          );
        seen += told.length;
        const plain = plainly(histories, own);
        const scoreOf = (product: string) => plain.find((each) => each.product === product)?.score ?? 0;
        expect(told.map(({ productId }) => productId).toSorted()).toEqual(
          plain.map(({ product }) => product).toSorted(),
        );
        for (const [index, { productId, reason }] of told.entries()) {
          const next = told[index + 1];
          // Likenesses are kept in single precision.
          if (next) expect(scoreOf(productId)).toBeGreaterThan(scoreOf(next.productId) - 1e-6);
          const { reasons = [], nearest = 0 } = plain.find((each) => each.product === productId) ?? {};
          const own = reasons.find((each) => each.owned === reason.owned);
          expect(own?.like).toBeCloseTo(nearest, 6);
          expect(reason).toMatchObject({ buyers: own?.buyers, owners: own?.owners });
          expect(reason.lift).toBeCloseTo(own?.lift ?? 0, 9);
        }
      }),
      { seed: 51 },
    );
    expect(seen).toBeGreaterThan(20);
  });

  test("nothing owned, nothing twice, at most as many as asked for, and the same in any order of rows", () => {
    const shuffled = anyHistories.chain((histories) =>
      fc.tuple(fc.constant(histories), fc.shuffledSubarray([...histories], { minLength: histories.length })),
    );
    fc.assert(
      fc.property(shuffled, owned, fc.integer({ min: 0, max: 7 }), ([histories, others], own, count) => {
        const [learned, again] = [learnNextPurchases(Object.freeze(histories)), learnNextPurchases(others)];
        for (const way of ["byAssociation", "byPopularity"] as const) {
          const told = learned[way](own, count);
          expect(told).toEqual(again[way](own, count));
          const products = told.map(({ productId }) => productId);
          expect(new Set(products).size).toBe(products.length);
          expect(products.filter((product) => own.includes(product))).toEqual([]);
          const free = new Set(
            histories.map(({ productId }) => productId).filter((product) => !own.includes(product)),
          );
          expect(told.length).toBe(Math.min(count, free.size));
          for (const { chance } of told) {
            expect(chance).toBeGreaterThan(0);
            expect(chance).toBeLessThanOrEqual(1);
          }
        }
      }),
      { seed: 52 },
    );
  });
});
