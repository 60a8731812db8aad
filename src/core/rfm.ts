import type { Day } from "./calendar.ts";

/** What recency, frequency and monetary value are scored by. */
export interface RfmFacts {
  /** Of the last purchase. */
  readonly lastOn: Day;
  /** Days with a purchase. */
  readonly frequency: number;
  /** In minor units. */
  readonly monetaryMinor: number;
}

/** Lower ends of the scores 2, 3, 4 and 5; whoever is below the first has a 1. */
export type Thresholds<Value> = readonly [Value, Value, Value, Value];

export interface RfmThresholds {
  readonly recency: Thresholds<Day>;
  readonly frequency: Thresholds<number>;
  readonly monetary: Thresholds<number>;
}

export interface RfmScores {
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
}

/** Shares of accounts at which a score ends. */
const quintiles = [0.2, 0.4, 0.6, 0.8] as const;

/**
 * Where quintiles end, each the smallest value that at least the share of all is not above: PostgreSQL's
 * `percentile_disc(array[.2, .4, .6, .8])`. Undefined of no accounts.
 */
export function rfmThresholds(accounts: readonly RfmFacts[]): RfmThresholds | undefined {
  if (accounts.length === 0) return undefined;
  const recency = quintilesOf(accounts.map(({ lastOn }) => lastOn));
  const frequency = quintilesOf(accounts.map((each) => each.frequency));
  const monetary = quintilesOf(accounts.map(({ monetaryMinor }) => monetaryMinor));
  return recency && frequency && monetary && { recency, frequency, monetary };
}

/**
 * Scores from 1 to 5, 5 the best: one more for every threshold that the account is above. Equal accounts score alike, so
 * that where few distinct values exist some scores are given to nobody.
 */
export function scoreRfm(thresholds: RfmThresholds, account: RfmFacts): RfmScores {
  return {
    recency: scoreOf(thresholds.recency, account.lastOn),
    frequency: scoreOf(thresholds.frequency, account.frequency),
    monetary: scoreOf(thresholds.monetary, account.monetaryMinor),
  };
}

function quintilesOf<Value extends string | number>(values: readonly Value[]): Thresholds<Value> | undefined {
  const ordered = [...values].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
  const [first, second, third, fourth] = quintiles.map(
    (share) => ordered[Math.max(1, Math.ceil(share * ordered.length)) - 1],
  );
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    return undefined;
  return [first, second, third, fourth];
}

function scoreOf<Value extends string | number>(thresholds: Thresholds<Value>, value: Value): number {
  return 1 + thresholds.filter((threshold) => value > threshold).length;
}
