import { falseShare, largestTelling } from "../false-discovery.ts";
import { chanceOf, leastChanceOf, logFactorials } from "../fisher-test.ts";
import { groupBy } from "../group-by.ts";
import { of80, type ShareInterval, scoreInterval } from "../score-interval.ts";
import type { MarketColumn, MarketTally } from "./product-tally.ts";

/** A kind of account to which a product is sold clearly more often, or clearly less often, than to the others. */
export interface Market extends ShareInterval {
  readonly productId: string;
  readonly by: MarketColumn;
  readonly value: string;
  readonly won: number;
  readonly closed: number;
  /** The share of deals about the same product that are won with all other accounts of which the same is known. */
  readonly othersShare: number;
  readonly chance: number;
}

export interface Markets {
  /** The most telling first. */
  readonly found: readonly Market[];
  /** Combinations of a product and a kind of account that were looked at. */
  readonly tested: number;
}

/**
 * For whom products are easier or harder to sell. Each kind of account is set against all others of the same product by
 * Fisher's exact test; what is found passes Benjamini and Hochberg's rule over all that could be telling (Gilbert 2005).
 */
export function findMarkets(tallies: readonly MarketTally[]): Markets {
  const groups = groupBy(tallies, ({ productId, by }) => `${by} ${productId}`);
  const logs = logFactorials(Math.max(0, ...[...groups.values()].map(closedOf)));
  const judged = [...groups.values()].flatMap((group) => judge(group, logs));
  const threshold = largestTelling(judged.map(({ chance }) => chance));
  return {
    tested: judged.length,
    found: judged
      .filter(({ chance, share, othersShare }) => chance <= threshold && share !== othersShare)
      .sort((one, other) => one.chance - other.chance || (nameOf(one) < nameOf(other) ? -1 : 1)),
  };
}

function judge(group: readonly MarketTally[], logs: Float64Array): readonly Market[] {
  const whole = closedOf(group);
  const marked = group.reduce((sum, { won }) => sum + won, 0);
  return withoutMirrors(group).flatMap(({ productId, by, value, won, closed }) => {
    const draw = { whole, marked, drawn: closed };
    const rate = scoreInterval(won, closed, of80);
    if (rate === undefined || closed === whole || leastChanceOf(draw, logs) > falseShare) return [];
    return [
      {
        ...{ productId, by, value, won, closed, ...rate },
        othersShare: (marked - won) / (whole - closed),
        chance: chanceOf(draw, won, logs),
      },
    ];
  });
}

/** Of two kinds of account, the one says what the other does. */
function withoutMirrors(group: readonly MarketTally[]): readonly MarketTally[] {
  if (group.length !== 2) return group;
  const share = ({ won, closed }: MarketTally) => (closed === 0 ? 0 : won / closed);
  return group.toSorted((one, other) => share(other) - share(one)).slice(0, 1);
}

function closedOf(group: readonly MarketTally[]): number {
  return group.reduce((sum, { closed }) => sum + closed, 0);
}

function nameOf({ productId, by, value }: Market): string {
  return JSON.stringify([by, value, productId]);
}
