import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reasonLine, wordActionReason } from "../../src/actions/reason-words.ts";
import type { ActionReason } from "../../src/core/actions/action.ts";

const terms = { currency: "EUR", today: "2026-11-22" };
const words = (reason: ActionReason) => wordActionReason(reason, terms).join("");

test.each<[ActionReason, string]>([
  [
    {
      code: "similar-bought",
      product: "Valve",
      owned: "Pump",
      buyers: 12,
      owners: 40,
      lift: 2.31,
    },
    "12 of 40 owners of Pump bought Valve next, 2.3 times as many as others",
  ],
  [
    { code: "similar-bought", product: "Valve", owned: "Pump", buyers: 4, owners: 1_200, lift: 12.4 },
    "4 of 1,200 owners of Pump bought Valve next, 12 times as many as others",
  ],
  [
    { code: "similar-bought", product: "Valve", owned: "Pump", buyers: 1, owners: 1, lift: 1.04 },
    "1 of 1 owner of Pump bought Valve next, as many as others",
  ],
  [{ code: "popular", product: "Valve", buyers: 12, accounts: 40 }, "12 of 40 customers bought Valve"],
  [
    { code: "below-similar", product: "Pump", yearMinor: 100_000, usualMinor: 400_050, similar: 14 },
    "buys Pump for €1,000 a year, half of 14 similar customers for more than €4,001",
  ],
  [
    { code: "complaint", since: "2026-11-03", reason: "the pump leaks" },
    "complaint open since 3 Nov 2026: the pump leaks",
  ],
  [{ code: "complaint", since: "2026-11-03", reason: "" }, "complaint open since 3 Nov 2026"],
  [{ code: "renewal-date", column: "Contract end", on: "2027-01-31" }, "Contract end 31 Jan 2027"],
  [
    { code: "recurs", product: "Pump", months: 3, times: 5, lastOn: "2026-09-03", chance: 0.84 },
    "buys Pump every quarter, renewed 5 times, last 3 Sep 2026, 84 % chance that it renews",
  ],
  [
    { code: "recurs", months: 1, times: 2, lastOn: "2026-11-01" },
    "buys every month, renewed twice, last 1 Nov 2026",
  ],
  [
    { code: "offer", offer: "Spring", offerId: 3, probability: 0.42 },
    "in an open wave of Spring, 42 % chance to win it",
  ],
  [
    { code: "gone-quiet", alive: 0.231, lastOn: "2026-03-03" },
    "last bought 3 Mar 2026, 23 % chance that it is still a customer",
  ],
  // What is nearly sure does not read as sure.
  [
    { code: "gone-quiet", alive: 0.001, lastOn: "2026-03-03" },
    "last bought 3 Mar 2026, 1 % chance that it is still a customer",
  ],
  [
    { code: "lapsed", lastOn: "2025-03-03", yearBeforeMinor: 1_200_000 },
    "bought for €12,000 in the year before, nothing since 3 Mar 2025",
  ],
  [{ code: "first-purchase", on: "2026-11-08" }, "first bought 8 Nov 2026"],
  [
    { code: "won-deal", on: "2026-11-08", deal: "Line 4", valueMinor: 500_000 },
    "Line 4 won 8 Nov 2026 for €5,000",
  ],
  [{ code: "won-deal", on: "2026-11-08", valueMinor: 990 }, "a deal won 8 Nov 2026 for €9.90"],
  [{ code: "tier", tier: "A" }, "tier A"],
  [{ code: "tenure", years: 6, on: "2026-12-03" }, "customer for 6 years on 3 Dec 2026"],
  [{ code: "tenure", years: 1, on: "2026-11-22" }, "customer for 1 year"],
  [{ code: "survey", score: 9, on: "2026-10-03" }, "gave 9 of 10 on 3 Oct 2026"],
  [{ code: "prospects-like-it", prospects: 1 }, "1 prospect of its industry and region could hear from it"],
  [{ code: "no-thanks" }, "never thanked so far"],
  [{ code: "no-thanks", since: "2025-11-03" }, "not thanked since 3 Nov 2025"],
])("%j reads %s", (reason, sentence) => {
  expect(words(reason)).toBe(sentence);
});

describe("what comes from data", () => {
  const name = fc.string({ minLength: 1, unit: "grapheme" });

  test("is a span of its own, whatever it is", () => {
    fc.assert(
      fc.property(name, name, (product, owned) => {
        const spans = wordActionReason(
          { code: "similar-bought", product, owned, buyers: 3, owners: 9, lift: 2 },
          terms,
        );
        expect(spans).toEqual([
          "3 of 9 owners of ",
          owned,
          " bought ",
          product,
          " next, 2.0 times as many as others",
        ]);
      }),
      { seed: 7 },
    );
  });

  test("several reasons are one line in their order", () => {
    const line = reasonLine(
      [
        { code: "no-thanks" },
        { code: "tier", tier: "B" },
        { code: "renewal-date", column: "*Ends*", on: "2027-01-31" },
      ],
      terms,
    );
    expect(line).toEqual(["never thanked so far", " · ", "tier B", " · ", "*Ends*", " 31 Jan 2027"]);
  });
});
