import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { liftOf, resultsOf } from "../../../src/core/offers/results.ts";
import { terms } from "../../helpers/candidates.ts";
import { waveTally } from "../../helpers/waves.ts";

describe("results", () => {
  test("by hand", () => {
    const tally = waveTally({
      ...{ won: 3, lost: 5, noReply: 2, skipped: 1, wonAmount: 333_335, minutes: 450, minutesKnown: 4 },
    });
    expect(resultsOf(tally, terms())).toEqual({
      outcomes: 10,
      won: 3,
      winRate: 0.3,
      revenue: 333_335,
      margin: 133_334,
      hours: 7.5,
      marginPerHour: 17_778,
      hoursKnown: 0.4,
      expected: { won: 10, winRate: 0.25, margin: 500_000, hours: 40, marginPerHour: 12_500 },
    });
  });

  test("nothing is divided by nothing", () => {
    expect(resultsOf(waveTally({ accounts: 0 }), terms())).toEqual({
      ...{ outcomes: 0, won: 0, winRate: undefined, revenue: 0, margin: 0, hours: 0 },
      ...{ marginPerHour: undefined, hoursKnown: undefined },
      expected: { won: 0, winRate: undefined, margin: 0, hours: 0, marginPerHour: undefined },
    });
  });
});

describe("lift", () => {
  // Oracle: Newcombe 1998, Statistics in Medicine 17, 873–890, table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])("%d of %d against %d of %d", (bought, accounts, otherBought, others, low, high) => {
    const lift = liftOf({
      pitched: { accounts, bought },
      holdOut: { accounts: others, bought: otherBought },
    });
    expect(lift?.low).toBeCloseTo(low, 4);
    expect(lift?.high).toBeCloseTo(high, 4);
    expect(lift?.difference).toBeCloseTo(bought / accounts - otherBought / others, 12);
    expect(lift?.isCertain).toBe(low > 0);
  });

  test("says nothing without anybody to compare", () => {
    expect(
      liftOf({ pitched: { accounts: 9, bought: 3 }, holdOut: { accounts: 0, bought: 0 } }),
    ).toBeUndefined();
    expect(
      liftOf({ pitched: { accounts: 0, bought: 0 }, holdOut: { accounts: 9, bought: 3 } }),
    ).toBeUndefined();
  });

  test("the other way round it is the same with the other sign", () => {
    const bought = fc
      .tuple(fc.integer({ min: 1, max: 300 }), fc.nat({ max: 300 }))
      .map(([accounts, some]) => ({ accounts, bought: some % (accounts + 1) }));
    fc.assert(
      fc.property(bought, bought, (pitched, holdOut) => {
        const [lift, turned] = [liftOf({ pitched, holdOut }), liftOf({ pitched: holdOut, holdOut: pitched })];
        if (!lift || !turned) throw new Error("nothing to compare");
        expect(lift.difference).toBeCloseTo(-turned.difference, 12);
        expect(lift.low).toBeCloseTo(-turned.high, 12);
        expect(lift.low).toBeLessThanOrEqual(lift.difference);
        expect(lift.high).toBeGreaterThanOrEqual(lift.difference);
        expect(lift.isCertain).toBe(turned.isCertain);
      }),
      { seed: 24 },
    );
  });
});
