import type { OfferTerms, WaveTally } from "./offer.ts";

/** The plan's margin per win counts as much as so many wins: amounts scatter, and the first one says little. */
const plannedWins = 3;

/** What a wave's pitches are worth and cost, as far as is known: the plan, corrected by the outcomes. */
export interface WaveWorth {
  /** Minor units. */
  readonly marginPerWin: number;
  /** 0 when somebody typed that pitches take no time. */
  readonly hoursPerPitch: number;
  /** Of the plan, not of the outcomes. */
  readonly plannedWinRate: number;
}

/** Pitches that were answered, or given up without an answer. What was skipped was never pitched. */
export function outcomesOf({ won, lost, noReply }: WaveTally): number {
  return won + lost + noReply;
}

/** Accounts on which nothing is left to do. */
export function resolvedOf(tally: WaveTally): number {
  return outcomesOf(tally) + tally.skipped;
}

/** Minor units, not rounded. */
export function marginOf({ wonAmount }: WaveTally, terms: OfferTerms): number {
  return (wonAmount * terms.margin) / 1_000;
}

/** So far, minor units; undefined without time. */
export function marginPerHourOf(tally: WaveTally, terms: OfferTerms): number | undefined {
  return perHour(marginOf(tally, terms), tally.minutes);
}

/** As planned, minor units; undefined without time. */
export function plannedMarginPerHourOf(tally: WaveTally): number | undefined {
  return perHour(tally.expectedMargin, tally.expectedMinutes);
}

/**
 * What the next hours are expected to bring, minor units: the plan, which counts as much as the outcomes that the stop
 * rule waits for, corrected by the outcomes. Undefined without time.
 */
export function expectedMarginPerHourOf(tally: WaveTally, terms: OfferTerms): number | undefined {
  const outcomes = outcomesOf(tally);
  if (outcomes === 0) return plannedMarginPerHourOf(tally);
  const { marginPerWin, hoursPerPitch, plannedWinRate } = worthOf(tally, terms);
  const winRate = (plannedWinRate * terms.leastOutcomes + tally.won) / (terms.leastOutcomes + outcomes);
  return ratio(winRate * marginPerWin, hoursPerPitch);
}

export function worthOf(tally: WaveTally, terms: OfferTerms): WaveWorth {
  const { accounts, won, minutes, expectedMargin, expectedMinutes, expectedWins } = tally;
  const outcomes = outcomesOf(tally);
  const margin = marginOf(tally, terms);
  const plannedMargin = ratio(expectedMargin, expectedWins);
  return {
    marginPerWin:
      plannedMargin === undefined
        ? (ratio(margin, won) ?? 0)
        : (plannedMargin * plannedWins + margin) / (plannedWins + won),
    hoursPerPitch: (ratio(minutes, outcomes) ?? ratio(expectedMinutes, accounts) ?? 0) / 60,
    plannedWinRate: ratio(expectedWins, accounts) ?? 0,
  };
}

function perHour(margin: number, minutes: number): number | undefined {
  return ratio(margin * 60, minutes);
}

function ratio(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}
