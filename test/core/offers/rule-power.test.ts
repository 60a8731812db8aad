import fc from "fast-check";
import { expect, test } from "vitest";
import { chanceOfPause, type RuleSetting } from "../../../src/core/offers/rule-power.ts";
import { chanceBelow, learn, neutralAt } from "../../../src/core/offers/win-rate.ts";

/** Oracle: every sequence of wins and losses, each followed until the rule pauses it. */
function bySequences(setting: RuleSetting, winRate: number): number {
  const { accounts, breakEven, needed, pauseAbove } = setting;
  const from = (outcomes: number, wins: number): number => {
    const below = chanceBelow(learn(neutralAt(breakEven), wins, outcomes), breakEven);
    if (outcomes >= needed && below > pauseAbove) return 1;
    if (outcomes === accounts) return 0;
    return winRate * from(outcomes + 1, wins + 1) + (1 - winRate) * from(outcomes + 1, wins);
  };
  return from(0, 0);
}

test("the chance of a pause is that of all sequences which end in one", () => {
  const rate = fc.double({ min: 0.02, max: 0.98, noNaN: true });
  const setting = fc.record({
    accounts: fc.integer({ min: 1, max: 12 }),
    breakEven: rate,
    needed: fc.integer({ min: 1, max: 8 }),
    pauseAbove: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
  });
  fc.assert(
    fc.property(setting, rate, (about, winRate) => {
      expect(chanceOfPause(about, winRate)).toBeCloseTo(bySequences(about, winRate), 9);
    }),
    { seed: 24, numRuns: 60 },
  );
});

test("eight accounts, by hand: only a wave without a win for eight pitches is paused", () => {
  // At a fifth, 1 − ½·0.8⁷ = 0.895 is not above 0.9, and 1 − ½·0.8⁸ = 0.916 is; with one win 8 outcomes are not enough.
  const setting = { accounts: 8, breakEven: 0.2, needed: 4, pauseAbove: 0.9 };
  expect(chanceOfPause(setting, 0.1)).toBeCloseTo(0.9 ** 8, 9);
  expect(chanceOfPause(setting, 0.3)).toBeCloseTo(0.7 ** 8, 9);
});

test("a wave that always wins goes on, one that never does is paused", () => {
  const setting = { accounts: 40, breakEven: 0.2, needed: 8, pauseAbove: 0.9 };
  expect([chanceOfPause(setting, 1), chanceOfPause(setting, 0)]).toEqual([0, 1]);
});
