import { describe, expect, test } from "vitest";
import { chooseRecommender } from "../../../src/core/actions/choose-recommender.ts";
import type { FirstPurchase } from "../../../src/core/actions/purchase-pairs.ts";
import { addDays } from "../../../src/core/calendar.ts";
import { createRandom } from "../../../src/core/random.ts";

const [firstDay, lastDay] = ["2025-01-01", "2025-12-31"];
/** The last of the first three quarters. */
const shownUntil = "2025-10-01";
const bought = (accountId: string, productId: string, days: number): FirstPurchase => ({
  ...{ accountId, productId, firstOn: addDays(firstDay, days) },
});
const range = (length: number) => Array.from({ length }, (_, index) => index);

/** In each of 40 trades the second product follows the first; in each, one account has yet to buy it. */
const trades = (secondBefore: number) =>
  range(40).flatMap((trade) => [
    ...range(4).flatMap((account) => [
      bought(`${trade}-${account}`, `first-${trade}`, 0),
      bought(`${trade}-${account}`, `second-${trade}`, secondBefore),
    ]),
    bought(`${trade}-asked`, `first-${trade}`, 10),
    bought(`${trade}-asked`, `second-${trade}`, 364),
  ]);

test("what follows regularly is found, and is no chance: 40 of 40 against none", () => {
  const { uses, judged, recommend } = chooseRecommender(trades(30), lastDay);
  expect(uses).toBe("association");
  expect(judged).toEqual({
    ...{ shownUntil, asOf: lastDay, accounts: 40 },
    association: { accounts: 40, hitRate: 1 },
    popularity: { accounts: 0, hitRate: 0 },
    chance: expect.closeTo(2 * 0.5 ** 40, 18),
  });
  expect(recommend(["first-7"], 1)).toMatchObject([
    { productId: "second-7", reason: { code: "similar-bought", owned: "first-7", buyers: 5, owners: 5 } },
  ]);
});

test("what could only be known afterwards is not known: the same, all after the day that is shown", () => {
  const { uses, judged, recommend } = chooseRecommender(trades(300), lastDay);
  // The four who bought it first are asked about as well.
  expect(judged).toMatchObject({ accounts: 200, association: { accounts: 0 }, chance: 1 });
  expect(uses).toBe("popularity");
  expect(recommend(["first-7"], 1)).toMatchObject([{ reason: { code: "popular" } }]);
});

test("purchases after the day of the data are not looked at", () => {
  const known = trades(30);
  const { judged } = chooseRecommender([...known, bought("0-0", "first-1", 400)], lastDay);
  expect(judged).toEqual(chooseRecommender(known, lastDay).judged);
});

describe("popularity is used where nothing can be judged", () => {
  test.each([
    ["no purchases", [], lastDay],
    ["too short a time", trades(30), addDays(firstDay, 60)],
    ["nobody bought anything new", range(50).map((account) => bought(`${account}`, "pump", 0)), lastDay],
  ])("%s", (_, histories, asOf) => {
    expect(chooseRecommender(histories, asOf)).toMatchObject({ uses: "popularity", judged: undefined });
  });
});

test("where nothing has to do with anything, hardly a portfolio is recommended to by association", () => {
  const chosen = range(60).filter(
    (seed) => chooseRecommender(unrelated(seed), lastDay).uses === "association",
  );
  // One in forty by chance.
  expect(chosen.length).toBeLessThanOrEqual(4);
});

/** 120 accounts that buy about eight of 30 products, some more popular than others, each whenever. */
function unrelated(seed: number): readonly FirstPurchase[] {
  const random = createRandom(seed);
  return range(120).flatMap((account) =>
    range(8).map(() => bought(`${account}`, `${Math.floor(30 * random() ** 2)}`, Math.floor(365 * random()))),
  );
}
