import jStat from "jstat";
import { type Evidence, likeliestSkill } from "./evidence.ts";

/** Whether results differ by more than chance: nobody is ranked before they do. */
export interface DispersionTest {
  readonly reps: number;
  /** Σ z², and the degrees of freedom of the distribution that it is held against. */
  readonly statistic: number;
  readonly freedom: number;
  /** How likely chance alone puts results so far apart. */
  readonly chance: number;
  readonly isBeyondChance: boolean;
  /** By how much the variance of z exceeds 1, and the standard deviation between reps, on the scale of the evidence. */
  readonly factor: number;
  readonly deviation: number;
}

/** One-sided: results that differ less than chance has them differ are none to rank by. */
const level = 0.025;
/** This share of z-scores at each end is drawn in, so that a single outlier does not widen everybody's limits. */
const winsorised = 0.1;

/**
 * Spiegelhalter's test (2005) of z-scores around their common level. Two things make it hold its level where deals are few and
 * their mix has many features. Expectations are learned from the same deals, one rep's from the others': by their doubts so many
 * degrees of freedom are gone, and scores that are left are that much wider. And counts are not normal: the distribution has the
 * variance that the fourth moments give, by a multiple of chi-square with fitting degrees of freedom (Satterthwaite 1946).
 */
export function testDispersion(evidence: readonly Evidence[]): DispersionTest {
  const reps = evidence.length;
  const center = centerOf(evidence);
  const scores = evidence.map((each) => scoreOf(each, center));
  const statistic = scores.reduce((sum, score) => sum + score ** 2, 0);
  const gone = Math.min(reps - 1, Math.max(1, freedomGone(evidence, 0)));
  // Without doubts scores are taken as independent but for their center.
  const isDoubted = evidence.some(({ doubt }) => doubt.own > 0);
  const mean = isDoubted ? reps : reps - gone;
  const variance =
    (2 * mean ** 2) / (reps - gone) + evidence.reduce((sum, { excess }) => sum + Math.max(0, excess), 0);
  const freedom = (2 * mean ** 2) / variance;
  const chance = reps < 2 ? 1 : 1 - jStat.chisquare.cdf((statistic * freedom) / mean, freedom);
  const isBeyondChance = chance < level;
  return { reps, statistic, freedom, chance, isBeyondChance, ...spreadOf(evidence, scores) };
}

/**
 * (estimate − center) ÷ its deviation, but with the variance that a count has at what it and its expectation together speak for: if
 * expectations are low by chance, so are their own variances, and results would seem to be further off.
 */
function scoreOf(evidence: Evidence, center: number): number {
  const { own } = evidence.doubt;
  const at = own > 0 ? likeliestSkill(evidence, center, own) : center;
  const information = evidence.information(at);
  return evidence.score(at) / Math.sqrt(information / (1 + own * information));
}

/** The common level of results, by their precision. */
export function centerOf(evidence: readonly Evidence[]): number {
  const weights = evidence.map((each) => 1 / totalVariance(each));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sum = evidence.reduce((all, each, place) => all + each.estimate * (weights[place] ?? 0), 0);
  return total > 0 ? sum / total : 0;
}

/** Degrees of freedom that went into expectations, where skill has such a variance. */
export function freedomGone(evidence: readonly Evidence[], skillVariance: number): number {
  return evidence.reduce((sum, { variance, doubt }) => {
    const borrowed = doubt.own + skillVariance * doubt.others;
    return sum + borrowed / (variance + skillVariance + borrowed);
  }, 0);
}

function totalVariance({ variance, doubt }: Evidence): number {
  return variance + doubt.own;
}

/** The over-dispersion factor and the standard deviation between units of that paper (its equations for φ and τ²). */
function spreadOf(
  evidence: readonly Evidence[],
  scores: readonly number[],
): Pick<DispersionTest, "factor" | "deviation"> {
  const reps = scores.length;
  if (reps < 2) return { factor: 1, deviation: 0 };
  const sorted = scores.toSorted((one, other) => one - other);
  const drawn = Math.floor(winsorised * reps);
  const [low, high] = [sorted[drawn] ?? 0, sorted[reps - 1 - drawn] ?? 0];
  const total = scores.reduce((sum, score) => sum + Math.min(high, Math.max(low, score)) ** 2, 0);
  const weights = evidence.map((each) => 1 / totalVariance(each));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const squares = weights.reduce((all, weight) => all + weight ** 2, 0);
  const deviation = Math.sqrt(Math.max(0, total - (reps - 1)) / (sum - squares / sum));
  return { factor: Math.max(1, total / reps), deviation };
}
