import { chanceOf } from "../win/design.ts";
import { type Doubt, noDoubt } from "./doubt.ts";

/**
 * What a rep's result says about their skill: a step in log-odds for counts, in the logarithm of the ratio for money and days;
 * 0 is what was expected.
 */
export interface Evidence {
  /** The first estimate of skill, and its variance if there is none. */
  readonly estimate: number;
  readonly variance: number;
  /** Of the result, beyond that of a normal distribution. */
  readonly excess: number;
  readonly doubt: Doubt;
  /** But for a constant. */
  readonly logLikelihood: (skill: number) => number;
  /** Its slope, and minus the slope of that. */
  readonly score: (skill: number) => number;
  readonly information: (skill: number) => number;
  /** What comes over what is expected, with so much skill. */
  readonly ratioOf: (skill: number) => number;
}

/**
 * Deals that end in one of two ways with unlike chances: as likely as so many with the mean chance, which a step in log-odds
 * moves by as much less as chances differ (their sum of p · (1 − p) says how much).
 */
export function countEvidence({
  n,
  observed,
  expected,
  variance,
  doubt,
}: {
  readonly n: number;
  readonly observed: number;
  readonly expected: number;
  readonly variance: number;
  readonly doubt: Doubt;
}): Evidence | undefined {
  const mean = expected / n;
  if (!(mean > 0 && mean < 1 && variance > 0)) return undefined;
  const logOdds = Math.log(mean / (1 - mean));
  const slope = Math.min(1, variance / (n * mean * (1 - mean)));
  const chanceAt = (skill: number) => chanceOf(logOdds + slope * skill);
  return {
    estimate: (observed - expected) / variance,
    variance: 1 / variance,
    // Of a sum of such: Σ pq (1 − 6 pq) over the squared variance, at most.
    excess: 1 / variance - 6 / n,
    doubt,
    logLikelihood: (skill) => {
      const step = logOdds + slope * skill;
      return (-observed * Math.log1p(Math.exp(-step)) - (n - observed) * Math.log1p(Math.exp(step))) / slope;
    },
    score: (skill) => observed - n * chanceAt(skill),
    information: (skill) => slope * n * chanceAt(skill) * (1 - chanceAt(skill)),
    ratioOf: (skill) => chanceAt(skill) / mean,
  };
}

/** Money comes in few large pieces: as a count of them whose variance is in proportion to what is expected. */
export function moneyEvidence({
  observed,
  expected,
  variance,
  fourths,
  doubt,
}: {
  readonly observed: number;
  readonly expected: number;
  readonly variance: number;
  readonly fourths: number;
  readonly doubt: Doubt;
}): Evidence | undefined {
  if (!(expected > 0 && variance > 0)) return undefined;
  const piece = variance / expected;
  return {
    estimate: observed / expected - 1,
    variance: variance / expected ** 2,
    excess: fourths / variance ** 2,
    doubt,
    logLikelihood: (skill) => (observed * skill - expected * Math.exp(skill)) / piece,
    score: (skill) => (observed - expected * Math.exp(skill)) / piece,
    information: (skill) => (expected * Math.exp(skill)) / piece,
    ratioOf: Math.exp,
  };
}

/** @param squares of all deals around the mean of their rep, with the degrees of freedom that they have. */
export function meanEvidence({
  log,
  n,
  squares,
  freedom,
}: {
  readonly log: number;
  readonly n: number;
  readonly squares: number;
  readonly freedom: number;
}): Evidence | undefined {
  if (!(squares > 0 && freedom > 4)) return undefined;
  // The variance is itself an estimate: what Student's distribution has beyond a normal one.
  const variance = squares / (freedom - 2) / n;
  return {
    estimate: log,
    variance,
    excess: 6 / (freedom - 4),
    doubt: noDoubt,
    logLikelihood: (skill) => -((log - skill) ** 2) / (2 * variance),
    score: (skill) => (log - skill) / variance,
    information: () => 1 / variance,
    ratioOf: Math.exp,
  };
}

/** The skill that a result speaks for, if it is normal around a center beforehand: by Newton's method, since it is concave. */
export function likeliestSkill(evidence: Evidence, center: number, prior: number): number {
  let at = center;
  for (let round = 0; round < 50; round += 1) {
    const slope = evidence.score(at) - (at - center) / prior;
    const move = slope / (evidence.information(at) + 1 / prior);
    at += Math.max(-0.5, Math.min(0.5, move));
    if (Math.abs(move) < 1e-9) break;
  }
  return at;
}
