import jStat from "jstat";
import { largestTelling } from "../false-discovery.ts";

/** How one product stands to all the others together. */
export type Verdict = "above" | "below" | "alike" | "too-early";

/** A product that has enough deals to tell, against the others that have. */
export interface Compared {
  readonly isAbove: boolean;
  /** How likely chance alone sets it as far apart from the others. */
  readonly chance: number;
}

/** Of chance alone, products are told apart this often at most. */
const leastDifference = 0.025;

/**
 * Which of several products differ from the others. First of all of them: whether they spread more than chance spreads
 * them; only then each against the rest, by Benjamini and Hochberg's rule over all.
 *
 * @param spread a chi-square statistic of all differences.
 */
export function tellApart(
  spread: number,
  compared: readonly Compared[],
): { readonly areToldApart: boolean; readonly verdicts: readonly Verdict[] } {
  const areToldApart = compared.length > 1 && chanceOfSpread(spread, compared.length - 1) < leastDifference;
  const threshold = areToldApart ? largestTelling(compared.map(({ chance }) => chance)) : -1;
  const verdicts = compared.map(({ isAbove, chance }): Verdict => {
    if (chance > threshold) return "alike";
    return isAbove ? "above" : "below";
  });
  return { areToldApart: verdicts.some((verdict) => verdict !== "alike"), verdicts };
}

/** How likely chance alone spreads as much. */
function chanceOfSpread(spread: number, freedom: number): number {
  return Number.isFinite(spread) ? 1 - jStat.chisquare.cdf(spread, freedom) : 0;
}

/** How likely a normal value lies at least as far from the middle, on either side. */
export function chanceBeyond(deviations: number): number {
  return 2 * jStat.normal.cdf(-Math.abs(deviations), 0, 1);
}
