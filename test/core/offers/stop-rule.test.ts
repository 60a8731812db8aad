import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../demo/random.ts";
import { chanceOfPause } from "../../../src/core/offers/rule-power.ts";
import { judgeWave } from "../../../src/core/offers/stop-rule.ts";
import { terms } from "../../helpers/candidates.ts";
import { waveTally } from "../../helpers/waves.ts";

/** The revenue of a win and the minutes of a pitch. */
type Draw = (random: Random) => readonly [amount: number, minutes: number];

const asPlanned: Draw = () => [125_000, 60];
/** Some of what people type is as planned; the rest lies around it. */
const asTyped: Draw = (random) => [
  random.chance(600) ? 125_000 : random.integer(62_500, 187_500),
  random.chance(700) ? 60 : random.integer(20, 100),
];

/** The share of 4,000 waves of 40 accounts that is paused, judged after each outcome. */
function pausedShare(perMille: number, draw: Draw): number {
  const random = createRandom(24);
  const isPaused = () => {
    let [won, wonAmount, minutes] = [0, 0, 0];
    for (let outcomes = 1; outcomes <= 40; outcomes += 1) {
      const [amount, took] = draw(random);
      const isWon = random.chance(perMille);
      minutes += took;
      if (isWon) [won, wonAmount] = [won + 1, wonAmount + amount];
      const tally = waveTally({ won, lost: outcomes - won, wonAmount, minutes });
      if (judgeWave(tally, undefined, terms()).verdict === "below-floor") return true;
    }
    return false;
  };
  return Array.from({ length: 4_000 }, isPaused).filter(Boolean).length / 4_000;
}

describe("4,000 waves of 40 accounts whose floor is at a fifth won", () => {
  test("of those that win 30 % at most a tenth is paused, of those that win 10 % at least four fifths", () => {
    const [good, bad] = [pausedShare(300, asTyped), pausedShare(100, asTyped)];
    expect(good).toBeLessThanOrEqual(0.1);
    expect(bad).toBeGreaterThanOrEqual(0.8);
  });

  test.each([300, 100])("as many of %d wins in 1,000 are paused as is computed", (perMille) => {
    const setting = { accounts: 40, breakEven: 0.2, needed: 8, pauseAbove: 0.9 };
    const computed = chanceOfPause(setting, perMille / 1_000);
    // Three standard errors of 4,000 draws.
    const reach = 3 * Math.sqrt((computed * (1 - computed)) / 4_000);
    expect(Math.abs(pausedShare(perMille, asPlanned) - computed)).toBeLessThan(reach);
  });
});

describe("by hand", () => {
  test("eight losses at a floor of a fifth", () => {
    // 100.00 an hour for one hour, against 1,250.00 at 40 %: 10,000 ÷ 50,000. The plan's 25 % count as eight outcomes, so
    // that the next hour is expected to bring 2 ÷ 16 of 500.00.
    const judged = judgeWave(waveTally({ lost: 5, noReply: 3, skipped: 4 }), undefined, terms());
    expect(judged).toEqual({
      outcomes: 8,
      needed: 8,
      breakEven: 0.2,
      probabilityBelowFloor: expect.closeTo(1 - 0.5 * 0.8 ** 8, 6),
      probabilityFarBelowA: undefined,
      marginPerHour: 0,
      expectedMarginPerHour: 6_250,
      verdict: "below-floor",
    });
  });

  test("seven are too few, and a win outweighs eight losses", () => {
    expect(judgeWave(waveTally({ lost: 7 }), undefined, terms()).verdict).toBe("too-early");
    expect(judgeWave(waveTally({ won: 1, lost: 8 }), undefined, terms()).verdict).toBe("worth-it");
  });

  test("before any outcome nothing is known, and the plan is expected", () => {
    const judged = judgeWave(waveTally(), undefined, terms());
    expect(judged.probabilityBelowFloor).toBeCloseTo(0.5, 6);
    expect(judged).toMatchObject({ marginPerHour: undefined, expectedMarginPerHour: 12_500 });
  });

  test("three wins at half the planned amount count as much as the plan", () => {
    const judged = judgeWave(waveTally({ won: 3, lost: 9, wonAmount: 187_500 }), undefined, terms());
    // (50,000 + 25,000) ÷ 2 a win, so 10,000 ÷ 37,500; 75,000 in twelve hours.
    expect(judged.breakEven).toBeCloseTo(10_000 / 37_500, 12);
    expect(judged.marginPerHour).toBe(6_250);
  });

  test("pitches that take twice the time must be won twice as often", () => {
    const judged = judgeWave(waveTally({ won: 2, lost: 6, minutes: 960 }), undefined, terms());
    expect(judged.breakEven).toBeCloseTo(0.4, 12);
  });
});

describe("at the ends", () => {
  test("a floor of 0 pauses nothing", () => {
    const judged = judgeWave(waveTally({ lost: 40 }), undefined, terms({ floorPerHour: 0 }));
    expect(judged).toMatchObject({ breakEven: 0, probabilityBelowFloor: 0, verdict: "worth-it" });
  });

  test("where even winning every pitch does not earn the floor, wins do not help", () => {
    const judged = judgeWave(waveTally({ won: 8 }), undefined, terms({ floorPerHour: 50_001 }));
    expect(judged.breakEven).toBeGreaterThan(1);
    expect(judged).toMatchObject({ probabilityBelowFloor: 1, verdict: "below-floor" });
  });

  test("an offer that is worth nothing is below any floor", () => {
    const tally = waveTally({ lost: 8, expectedMargin: 0, expectedWins: 0 });
    expect(judgeWave(tally, undefined, terms())).toMatchObject({
      ...{ breakEven: Number.POSITIVE_INFINITY, verdict: "below-floor", expectedMarginPerHour: 0 },
    });
  });

  test("pitches that take no time are worth any floor", () => {
    const tally = waveTally({ lost: 8, minutes: 0, minutesKnown: 8 });
    expect(judgeWave(tally, undefined, terms())).toMatchObject({
      ...{ breakEven: 0, verdict: "worth-it", marginPerHour: undefined, expectedMarginPerHour: undefined },
    });
  });

  test("a wave without accounts is too early to judge", () => {
    const judged = judgeWave(waveTally({ accounts: 0 }), undefined, terms());
    expect(judged).toMatchObject({ outcomes: 0, needed: 1, verdict: "too-early" });
    expect(judged).not.toHaveProperty("weakness");
  });
});

describe("a small wave says how often the rule is wrong", () => {
  test("with 8 accounts it waits for 4 and misses 57 % of the bad ones", () => {
    const judged = judgeWave(waveTally({ accounts: 8 }), undefined, terms());
    expect(judged.needed).toBe(4);
    expect(judged.weakness).toEqual({
      accounts: 8,
      pausesGood: expect.closeTo(0.7 ** 8, 9),
      missesBad: expect.closeTo(1 - 0.9 ** 8, 9),
    });
  });

  test("so does a large one where wins are rare at the floor, and no other", () => {
    const rare = judgeWave(waveTally(), undefined, terms({ floorPerHour: 2_500 }));
    expect(rare.weakness?.missesBad).toBeGreaterThan(0.5);
    expect(judgeWave(waveTally(), undefined, terms())).not.toHaveProperty("weakness");
  });
});

describe("against wave A", () => {
  const low = terms({ floorPerHour: 100 });
  const best = waveTally({ wave: "A", won: 12, lost: 8 });

  test("a wave that wins a twentieth where A wins most is far below it", () => {
    const judged = judgeWave(waveTally({ won: 1, lost: 19 }), best, low);
    expect(judged.verdict).toBe("far-below-a");
    expect(judged.probabilityFarBelowA).toBeGreaterThan(0.95);
    expect(judged.probabilityBelowFloor).toBeLessThan(0.2);
  });

  test("one at half of A's is neither far below nor clearly not", () => {
    const judged = judgeWave(waveTally({ won: 6, lost: 14 }), best, low);
    expect(judged.verdict).toBe("worth-it");
    expect(judged.probabilityFarBelowA).toBeGreaterThan(0.3);
    expect(judged.probabilityFarBelowA).toBeLessThan(0.7);
  });

  test("what counts is money for hours, not wins", () => {
    const rareButLarge = waveTally({ won: 1, lost: 19, wonAmount: 2_500_000, expectedMargin: 10_000_000 });
    expect(judgeWave(rareButLarge, best, low).verdict).toBe("worth-it");
    const oftenButSlow = waveTally({ won: 10, lost: 10, minutes: 7_200 });
    expect(judgeWave(oftenButSlow, best, low).verdict).toBe("far-below-a");
  });

  test("nothing is said before A has outcomes enough", () => {
    const early = waveTally({ wave: "A", won: 7 });
    expect(judgeWave(waveTally({ lost: 20 }), early, low)).toMatchObject({
      ...{ probabilityFarBelowA: undefined, verdict: "worth-it" },
    });
  });
});

test("one more loss of the usual time never makes a wave look better, one more win of the usual amount never worse", () => {
  const count = fc.integer({ min: 0, max: 60 });
  const floor = fc.integer({ min: 0, max: 60_000 });
  fc.assert(
    fc.property(count, count, floor, (won, lost, floorPerHour) => {
      const below = (outcomes: { readonly won: number; readonly lost: number }) =>
        judgeWave(waveTally({ accounts: 200, ...outcomes }), undefined, terms({ floorPerHour }))
          .probabilityBelowFloor;
      expect(below({ won, lost: lost + 1 })).toBeGreaterThanOrEqual(below({ won, lost }) - 1e-6);
      expect(below({ won: won + 1, lost })).toBeLessThanOrEqual(below({ won, lost }) + 1e-6);
    }),
    { seed: 24 },
  );
});
