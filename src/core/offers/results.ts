import jStat from "jstat";
import type { OfferTerms, WaveTally } from "./offer.ts";
import { marginOf, marginPerHourOf, outcomesOf, plannedMarginPerHourOf } from "./tally.ts";

/** What a wave brought so far, beside what was planned. Money in whole minor units; nothing where there is nothing to divide by. */
export interface WaveResults {
  readonly outcomes: number;
  readonly won: number;
  /** Of outcomes, from 0 to 1. */
  readonly winRate: number | undefined;
  readonly revenue: number;
  readonly margin: number;
  readonly hours: number;
  readonly marginPerHour: number | undefined;
  /** The share of outcomes whose time somebody typed; the others count with the usual one. */
  readonly hoursKnown: number | undefined;
  /** Of the whole wave, as planned. */
  readonly expected: {
    readonly won: number;
    readonly winRate: number | undefined;
    readonly margin: number;
    readonly hours: number;
    readonly marginPerHour: number | undefined;
  };
}

/** Accounts, and those of them that bought since. */
export interface Bought {
  readonly accounts: number;
  readonly bought: number;
}

/** How much more of the pitched accounts bought than of those held out, as a difference of shares from −1 to 1. */
export interface Lift {
  readonly pitchedShare: number;
  readonly holdOutShare: number;
  readonly difference: number;
  /** Interval of 95 %. */
  readonly low: number;
  readonly high: number;
  /** Whether the interval excludes that pitching changes nothing. */
  readonly isCertain: boolean;
}

export function resultsOf(tally: WaveTally, terms: OfferTerms): WaveResults {
  const { accounts, won, wonAmount, minutes, minutesKnown } = tally;
  const outcomes = outcomesOf(tally);
  return {
    outcomes,
    won,
    winRate: outcomes > 0 ? won / outcomes : undefined,
    revenue: wonAmount,
    margin: Math.round(marginOf(tally, terms)),
    hours: minutes / 60,
    marginPerHour: rounded(marginPerHourOf(tally, terms)),
    hoursKnown: outcomes > 0 ? minutesKnown / outcomes : undefined,
    expected: {
      won: tally.expectedWins,
      winRate: accounts > 0 ? tally.expectedWins / accounts : undefined,
      margin: Math.round(tally.expectedMargin),
      hours: tally.expectedMinutes / 60,
      marginPerHour: rounded(plannedMarginPerHourOf(tally)),
    },
  };
}

/**
 * What pitching changed, with the hybrid score interval of Newcombe (1998, Statistics in Medicine 17, 873–890, method 10),
 * which holds for few accounts and for shares of 0 and 1. Undefined when there is nobody to compare.
 */
export function liftOf({
  pitched,
  holdOut,
}: {
  readonly pitched: Bought;
  readonly holdOut: Bought;
}): Lift | undefined {
  if (pitched.accounts === 0 || holdOut.accounts === 0) return undefined;
  const [first, second] = [wilson(pitched), wilson(holdOut)];
  const difference = first.share - second.share;
  const low = difference - Math.hypot(first.share - first.low, second.high - second.share);
  const high = difference + Math.hypot(first.high - first.share, second.share - second.low);
  return {
    ...{ pitchedShare: first.share, holdOutShare: second.share, difference, low, high },
    isCertain: low > 0 || high < 0,
  };
}

/** A share with its score interval of 95 % (Wilson 1927). */
function wilson({ accounts, bought }: Bought) {
  const z = jStat.normal.inv(0.975, 0, 1);
  const share = bought / accounts;
  const middle = share + z ** 2 / (2 * accounts);
  const reach = z * Math.sqrt((share * (1 - share)) / accounts + (z / (2 * accounts)) ** 2);
  const scale = 1 + z ** 2 / accounts;
  return { share, low: (middle - reach) / scale, high: (middle + reach) / scale };
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value);
}
