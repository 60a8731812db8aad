import { expect, test } from "vitest";
import { createRandom } from "../../../demo/random.ts";
import type { Candidate } from "../../../src/core/offers/offer.ts";
import { totalsOf } from "../../../src/core/offers/offer-totals.ts";
import { planOffer } from "../../../src/core/offers/plan-offer.ts";
import { candidate, scorerOf, terms } from "../../helpers/candidates.ts";

/** All of tier B, won with the same probability; 40 % of a sale is margin. */
function planned(accounts: readonly Partial<Candidate>[], probability: number) {
  return planOffer({
    candidates: accounts.map((known, index) => candidate({ accountId: `account-${index}`, ...known })),
    scorer: scorerOf(() => ({ probability })),
    terms: terms(),
    waveSize: 1_000,
    lot: () => 0,
  });
}

test("sums by hand: sales of 1,000 and 3,000 at 25 %, an hour each, and one that is held back", () => {
  const totals = totalsOf(
    planned(
      [
        { usualPurchase: 1_000 },
        { usualPurchase: 3_000 },
        { usualPurchase: 9_000, exclusions: [{ code: "complaint" }] },
      ],
      0.25,
    ),
  );
  // Margins of 400 and 1,200 give 100 + 300. Variance: (400² + 1,200²) · 0.25 · 0.75 = 300,000; 1.28155 · 547.72 = 701.93.
  expect(totals).toEqual({
    accounts: 2,
    excluded: 1,
    heldOut: 0,
    expectedMargin: 400,
    low: 0,
    high: 1_102,
    effortMinutes: 120,
    marginPerHour: 200,
    expectedWins: 0.5,
  });
});

test("never more than if everybody bought", () => {
  expect(totalsOf(planned([{ usualPurchase: 1_000 }], 0.9))).toMatchObject({
    low: 206,
    expectedMargin: 360,
    high: 400,
  });
});

test("nothing planned is nothing, and no margin per hour", () => {
  expect(totalsOf([])).toEqual({
    accounts: 0,
    excluded: 0,
    heldOut: 0,
    expectedMargin: 0,
    low: 0,
    high: 0,
    effortMinutes: 0,
    marginPerHour: undefined,
    expectedWins: 0,
  });
});

test("four of five draws of the wins fall into the interval", () => {
  const random = createRandom(24);
  const purchases = Array.from({ length: 60 }, () => random.integer(50_000, 500_000));
  const { low, high } = totalsOf(
    planned(
      purchases.map((usualPurchase) => ({ usualPurchase })),
      0.3,
    ),
  );
  const draws = Array.from({ length: 4_000 }, () =>
    purchases.reduce((sum, purchase) => sum + (random.chance(300) ? purchase * 0.4 : 0), 0),
  );
  const inside = draws.filter((sum) => sum >= low && sum <= high).length / draws.length;
  expect(inside).toBeGreaterThan(0.78);
  expect(inside).toBeLessThan(0.82);
});
