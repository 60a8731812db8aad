import type { WaveTally } from "../../src/core/offers/offer.ts";

/**
 * An open wave B without outcomes: 40 accounts, a quarter of which is expected to bring 1,250.00 each in an hour. With
 * the floor and the margin of `terms()` it breaks even at a fifth.
 */
export function waveTally(known: Partial<WaveTally> = {}): WaveTally {
  const accounts = known.accounts ?? 40;
  const outcomes = (known.won ?? 0) + (known.lost ?? 0) + (known.noReply ?? 0);
  return {
    wave: "B",
    status: "open",
    overriddenUntilOutcomes: undefined,
    accounts,
    won: 0,
    lost: 0,
    noReply: 0,
    skipped: 0,
    wonAmount: (known.won ?? 0) * 125_000,
    minutes: outcomes * 60,
    minutesKnown: 0,
    expectedMargin: accounts * 12_500,
    expectedMinutes: accounts * 60,
    expectedWins: accounts * 0.25,
    ...known,
  };
}
