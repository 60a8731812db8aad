/**
 * How customers differ: purchases come at a rate that has a gamma distribution over customers, with shape `r` and `alpha`
 * in the unit of time, so that r ÷ alpha is its mean.
 */
export interface NbdParameters {
  readonly r: number;
  readonly alpha: number;
}

/** Besides, at each purchase a customer leaves with a chance that has a beta distribution: a ÷ (a + b) is its mean. */
export interface LeavingParameters extends NbdParameters {
  readonly a: number;
  readonly b: number;
}

/** Beyond so many purchases nothing is added. */
const mostPurchases = 200_000;
/** Chances that are smaller than the first are computed larger by the second until they have grown. */
const [smallestLogChance, step] = [-700, 1e200];

/**
 * Purchases expected of somebody who has not left: the sum over n of the chance of at least n purchases if nobody ever
 * left, times the chance not to leave at the first n − 1. The closed form, by a hypergeometric function, says the same and
 * has gaps at a = 1 and a + b ≤ 1.
 */
export function expectedPurchases(parameters: LeavingParameters, duration: number): number {
  const { r, alpha, a, b } = parameters;
  const share = duration / (alpha + duration);
  const nextChance = createChances(parameters, duration);
  let [beyond, staying, sum] = [-Math.expm1(-r * Math.log1p(duration / alpha)), 1, 0];
  for (let count = 0; count < mostPurchases; count += 1) {
    sum += beyond * staying;
    staying *= (b + count) / (a + b + count);
    const chance = nextChance();
    beyond = Math.max(0, beyond - chance);
    const ratio = ((r + count + 1) / (count + 2)) * share;
    // What is still to come is at most a geometric series of geometric series.
    if (ratio < 1 && chance * staying <= 1e-14 * sum * (1 - ratio) ** 2) break;
  }
  return sum;
}

/** The chances of exactly `count` purchases in the duration and of at least as many, if nobody ever left. */
export function countChances(
  parameters: NbdParameters,
  count: number,
  duration: number,
): { readonly exactly: number; readonly atLeast: number } {
  const nextChance = createChances(parameters, duration);
  let exactly = Math.exp(logChanceOfNone(parameters, duration));
  let atLeast = 1;
  for (let each = 0; each < count; each += 1) {
    atLeast = Math.max(0, atLeast - exactly);
    exactly = nextChance();
  }
  return { exactly, atLeast };
}

/** Gives the chance of 1 purchase, then of 2, and so on: a negative binomial distribution. */
function createChances(parameters: NbdParameters, duration: number): () => number {
  const { r, alpha } = parameters;
  const share = duration / (alpha + duration);
  const logNone = logChanceOfNone(parameters, duration);
  let logUnit = logNone < smallestLogChance ? logNone : 0;
  let unit = Math.exp(logUnit);
  let chance = Math.exp(logNone - logUnit);
  let count = 0;
  return () => {
    chance *= ((r + count) / (count + 1)) * share;
    count += 1;
    if (chance > step) {
      chance /= step;
      logUnit += Math.log(step);
      unit = Math.exp(logUnit);
    }
    return chance * unit;
  };
}

function logChanceOfNone({ r, alpha }: NbdParameters, duration: number): number {
  return -r * Math.log1p(duration / alpha);
}
