import { chanceOf, logFactorials } from "../fisher-test.ts";
import { of80, scoreInterval } from "../score-interval.ts";
import { tellApart, type Verdict } from "./differences.ts";

/** How often deals about a product are won. */
export interface WinRate {
  readonly won: number;
  readonly closed: number;
  readonly share: number;
  /** Interval of 80 %. */
  readonly low: number;
  readonly high: number;
  /** The share, drawn towards that of all products as far as it rests on few deals. */
  readonly shrunk: number;
  readonly verdict: Verdict;
}

export interface WinCount {
  readonly won: number;
  readonly lost: number;
}

/**
 * Win rates in the order of the counts; undefined where no deal is old enough to tell.
 *
 * @param leastDeals with fewer it is too early.
 */
export function judgeWinRates(
  counts: readonly WinCount[],
  leastDeals: number,
): { readonly areToldApart: boolean; readonly rates: readonly (WinRate | undefined)[] } {
  const told = counts.filter((count) => closedOf(count) >= leastDeals);
  const won = told.reduce((sum, count) => sum + count.won, 0);
  const closed = told.reduce((sum, count) => sum + closedOf(count), 0);
  const pooled = closed === 0 ? 0 : won / closed;
  const variance = pooled * (1 - pooled);
  const logs = logFactorials(closed);
  const spread = told.reduce(
    (sum, count) =>
      sum + (variance === 0 ? 0 : (count.won - closedOf(count) * pooled) ** 2 / (closedOf(count) * variance)),
    0,
  );
  const { areToldApart, verdicts } = tellApart(
    spread,
    told.map((count) => ({
      isAbove: count.won > closedOf(count) * pooled,
      chance: chanceOf({ whole: closed, marked: won, drawn: closedOf(count) }, count.won, logs),
    })),
  );
  const between = spreadBeyondChance(told, spread, variance);
  return {
    areToldApart,
    rates: counts.map((count) => {
      const rate = scoreInterval(count.won, closedOf(count), of80);
      if (rate === undefined) return undefined;
      const chance = variance / closedOf(count);
      const drawn = between + chance === 0 ? 0 : chance / (between + chance);
      return {
        ...{ won: count.won, closed: closedOf(count), ...rate },
        shrunk: told.length === 0 ? rate.share : drawn * pooled + (1 - drawn) * rate.share,
        verdict: verdicts[told.indexOf(count)] ?? "too-early",
      };
    }),
  };
}

/** The variance of true rates among products: what is left of their spread without chance (DerSimonian & Laird 1986). */
function spreadBeyondChance(told: readonly WinCount[], spread: number, variance: number): number {
  if (told.length < 2 || variance === 0) return 0;
  const weights = told.map((count) => closedOf(count) / variance);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const squares = weights.reduce((all, weight) => all + weight ** 2, 0);
  return Math.max(0, (spread - (told.length - 1)) / (sum - squares / sum));
}

function closedOf({ won, lost }: WinCount): number {
  return won + lost;
}
