import { chanceBelow, learn, neutralAt } from "./win-rate.ts";

/** How the stop rule is set for one wave. */
export interface RuleSetting {
  readonly accounts: number;
  /** The win rate at which the wave earns its floor. */
  readonly breakEven: number;
  /** Outcomes before which nothing is paused. */
  readonly needed: number;
  readonly pauseAbove: number;
}

/**
 * The chance that a wave is paused for the floor before it ends, when every pitch is won with the same probability: exact,
 * by going through the outcomes one after the other and keeping how likely each number of wins is that was not paused.
 */
export function chanceOfPause(setting: RuleSetting, winRate: number): number {
  let going: readonly number[] = [1];
  let paused = 0;
  for (const [index, most] of mostWinsOfPauses(setting).entries()) {
    const next = Array.from(
      { length: index + 2 },
      (_, wins) => (going[wins] ?? 0) * (1 - winRate) + (going[wins - 1] ?? 0) * winRate,
    );
    paused += next.slice(0, most + 1).reduce((sum, chance) => sum + chance, 0);
    going = next.map((chance, wins) => (wins <= most ? 0 : chance));
  }
  return paused;
}

/** For 1, 2, … outcomes: the most wins with which the wave is paused, −1 for none. It never falls, so it is followed. */
function mostWinsOfPauses({ accounts, breakEven, needed, pauseAbove }: RuleSetting): readonly number[] {
  const prior = neutralAt(breakEven);
  let most = -1;
  return Array.from({ length: accounts }, (_, index) => {
    const outcomes = index + 1;
    if (outcomes < needed) return -1;
    while (most < outcomes && chanceBelow(learn(prior, most + 1, outcomes), breakEven) > pauseAbove)
      most += 1;
    return most;
  });
}
