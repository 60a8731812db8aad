import jStat from "jstat";

/** What is believed of a win rate: a beta distribution. */
export interface Belief {
  readonly alpha: number;
  readonly beta: number;
}

/** Neither 0 nor 1 can be the median of a belief. */
const [leastRate, mostRate] = [1e-6, 1 - 1e-6];
/** Slices of the first of two win rates that are compared. */
const slices = 400;

/**
 * The weak belief that is neutral at a win rate: before any outcome, the true one is as likely below as above. It is worth
 * one win (above a half: one loss), and its median is the rate, not its mean. Centred by its mean it would lean: a
 * rate of 1 % would be believed to be below with 63 % before anybody was pitched, and good waves of rare wins would
 * be paused for that.
 */
export function neutralAt(winRate: number): Belief {
  const rate = Math.min(Math.max(winRate, leastRate), mostRate);
  return rate <= 0.5
    ? { alpha: 1, beta: Math.log(0.5) / Math.log1p(-rate) }
    : { alpha: Math.log(0.5) / Math.log(rate), beta: 1 };
}

/** The belief after outcomes. */
export function learn({ alpha, beta }: Belief, wins: number, outcomes: number): Belief {
  return { alpha: alpha + wins, beta: beta + outcomes - wins };
}

export function meanOf({ alpha, beta }: Belief): number {
  return alpha / (alpha + beta);
}

/** How likely the win rate is below another, known one. */
export function chanceBelow({ alpha, beta }: Belief, winRate: number): number {
  if (winRate <= 0) return 0;
  return winRate >= 1 ? 1 : jStat.beta.cdf(winRate, alpha, beta);
}

/** How likely the win rate is below `factor` times another that is uncertain too, summed over slices of that one. */
export function chanceBelowOther(belief: Belief, factor: number, other: Belief): number {
  const edges = Array.from({ length: slices + 1 }, (_, slice) => slice / slices);
  return edges.slice(1).reduce((sum, edge) => {
    const weight = chanceBelow(other, edge) - chanceBelow(other, edge - 1 / slices);
    return sum + weight * chanceBelow(belief, factor * (edge - 0.5 / slices));
  }, 0);
}
