/** Where so many of so many have something: inside a group, and outside it. */
interface Shares {
  readonly inside: number;
  readonly insideAccounts: number;
  readonly outside: number;
  readonly outsideAccounts: number;
}

/** The log-odds of a probability strictly between 0 and 1. */
export function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** The probability of log-odds. */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** `hits` of `trials`, drawn to `prior` as if that had been seen in `strength` trials: the mean of a Beta posterior. */
export function shrunkenRate(hits: number, trials: number, prior: number, strength: number): number {
  return (hits + strength * prior) / (trials + strength);
}

/**
 * How much more often something occurs inside than outside, as the natural logarithm of the ratio of both shares. Each
 * share is drawn to the share overall by `strength` accounts, so that a few accounts say little. 0 where nobody has it.
 *
 * @example
 * shrunkenLogLift({ inside: 5, insideAccounts: 10, outside: 0, outsideAccounts: 10 }, 10); // => ln(0.375 ÷ 0.125)
 */
export function shrunkenLogLift(shares: Shares, strength: number): number {
  const { inside, insideAccounts, outside, outsideAccounts } = shares;
  if (inside + outside === 0) return 0;
  const overall = (inside + outside) / (insideAccounts + outsideAccounts);
  return Math.log(
    shrunkenRate(inside, insideAccounts, overall, strength) /
      shrunkenRate(outside, outsideAccounts, overall, strength),
  );
}

export function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
