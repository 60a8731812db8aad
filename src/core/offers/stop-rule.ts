import type { OfferTerms, WaveTally } from "./offer.ts";
import { chanceOfPause } from "./rule-power.ts";
import { expectedMarginPerHourOf, marginPerHourOf, outcomesOf, worthOf } from "./tally.ts";
import { chanceBelow, chanceBelowOther, learn, meanOf, neutralAt } from "./win-rate.ts";

/** A wave that earns less than this share of wave A's margin per hour is far below it. */
const farBelow = 0.5;
/** What a wave earns, as shares of the floor, that should be paused, and that should not. */
const [badWave, goodWave] = [0.5, 1.5];
/** Waves of fewer accounts, or with fewer wins at the floor, tell little before they end. */
const [fewAccounts, fewWins] = [20, 4];

export type Verdict = "too-early" | "worth-it" | "below-floor" | "far-below-a";

/** What the outcomes so far say about a wave. Money in minor units per hour. */
export interface Judgement {
  readonly outcomes: number;
  /** Outcomes from which on the rule speaks. */
  readonly needed: number;
  /** The win rate at which the wave earns the floor; from 1 on, even winning every pitch would not. */
  readonly breakEven: number;
  readonly probabilityBelowFloor: number;
  /** Undefined where wave A has too few outcomes to compare with, and for wave A. */
  readonly probabilityFarBelowA: number | undefined;
  /** So far; undefined without time. */
  readonly marginPerHour: number | undefined;
  /** What the next hours are expected to bring; undefined without time. */
  readonly expectedMarginPerHour: number | undefined;
  readonly verdict: Verdict;
  /** Where there are too few pitches for the rule to be good: its chances to be wrong. */
  readonly weakness?: Weakness;
}

/** Of waves of this size: chances to be wrong, from 0 to 1. */
export interface Weakness {
  readonly accounts: number;
  /** A wave that earns 1.5 times the floor is paused. */
  readonly pausesGood: number;
  /** A wave that earns half the floor is not. */
  readonly missesBad: number;
}

/**
 * Whether a wave is worth its hours. Its margin per hour is win rate × margin per win ÷ hours per pitch. Only the
 * win rate is taken as uncertain: it has the widest interval by far, and the other two are as `worthOf` says. The floor is
 * then a win rate to break even, floor × hours ÷ margin, and the rule asks how likely the true one is below it.
 *
 * The belief begins neutral at the rate that is asked about, so that outcomes alone move it: the plan said that the wave
 * is worth it, and the plan is what is on trial.
 *
 * With 40 accounts, a floor at 20 % wins and the usual settings this pauses 8 % of the waves that win 30 % and 83 % of
 * those that win 10 %.
 *
 * @param best wave A, where this is another one.
 */
export function judgeWave(tally: WaveTally, best: WaveTally | undefined, terms: OfferTerms): Judgement {
  const outcomes = outcomesOf(tally);
  const needed = Math.max(1, Math.min(terms.leastOutcomes, Math.ceil(tally.accounts / 2)));
  const pauseAbove = terms.pauseAbovePercent / 100;
  const breakEven = breakEvenOf(tally, terms);
  const below = chanceBelow(learn(neutralAt(breakEven), tally.won, outcomes), breakEven);
  const farBelowA =
    best && outcomesOf(best) >= terms.leastOutcomes ? chanceFarBelow(tally, best, terms) : undefined;
  const isSmall = tally.accounts < fewAccounts || tally.accounts * breakEven < fewWins;
  const setting = { accounts: tally.accounts, breakEven, needed, pauseAbove };
  return {
    ...{ outcomes, needed, breakEven, probabilityBelowFloor: below, probabilityFarBelowA: farBelowA },
    marginPerHour: marginPerHourOf(tally, terms),
    expectedMarginPerHour: expectedMarginPerHourOf(tally, terms),
    verdict: verdictOf({ outcomes, needed, pauseAbove, below, farBelowA }),
    ...(isSmall && tally.accounts > 0 && breakEven > 0 && breakEven < 1
      ? {
          weakness: {
            accounts: tally.accounts,
            pausesGood: chanceOfPause(setting, Math.min(1, goodWave * breakEven)),
            missesBad: 1 - chanceOfPause(setting, badWave * breakEven),
          },
        }
      : {}),
  };
}

function verdictOf(about: {
  readonly outcomes: number;
  readonly needed: number;
  readonly pauseAbove: number;
  readonly below: number;
  readonly farBelowA: number | undefined;
}): Verdict {
  if (about.outcomes < about.needed) return "too-early";
  if (about.below > about.pauseAbove) return "below-floor";
  return about.farBelowA !== undefined && about.farBelowA > about.pauseAbove ? "far-below-a" : "worth-it";
}

/** Infinite where a win brings nothing and there is a floor. */
function breakEvenOf(tally: WaveTally, terms: OfferTerms): number {
  const { marginPerWin, hoursPerPitch } = worthOf(tally, terms);
  const cost = terms.floorPerHour * hoursPerPitch;
  return cost === 0 ? 0 : cost / marginPerWin;
}

/** How likely the wave earns less than half of wave A's margin per hour; undefined where either takes no time. */
function chanceFarBelow(tally: WaveTally, best: WaveTally, terms: OfferTerms): number | undefined {
  const [own, its] = [worthOf(tally, terms), worthOf(best, terms)];
  if (own.hoursPerPitch === 0 || its.hoursPerPitch === 0 || its.marginPerWin <= 0) return undefined;
  const bestBelief = learn(neutralAt(its.plannedWinRate), best.won, outcomesOf(best));
  // Times wave A's win rate, the win rate at which this wave earns half of what A does.
  const factor = (farBelow * its.marginPerWin * own.hoursPerPitch) / (its.hoursPerPitch * own.marginPerWin);
  const belief = learn(neutralAt(factor * meanOf(bestBelief)), tally.won, outcomesOf(tally));
  return chanceBelowOther(belief, factor, bestBelief);
}
