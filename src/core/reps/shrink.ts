import jStat from "jstat";
import { type Evidence, likeliestSkill } from "./evidence.ts";
import { centerOf, freedomGone } from "./overdispersion.ts";

/** What is believed of a rep's skill once everybody's results are known, on the scale of the evidence, with its ratio. */
export interface ShrunkSkill {
  readonly skill: number;
  readonly low: number;
  readonly high: number;
  readonly ratio: number;
  readonly ratioLow: number;
  readonly ratioHigh: number;
}

/** Spreads of skill that are tried, evenly from 0; and points of each rep's skill, evenly so many deviations to both sides. */
const [spreadsTried, pointsTried, reach] = [31, 33, 6];

/**
 * Empirical Bayes with the spread of skill uncertain: skills are normal around the common level, and a rep's is averaged over all
 * standard deviations, as likely as everybody's results make each. So intervals are not narrowed by a spread that happened to be
 * estimated small. Beforehand a spread is as likely as its square: with each alike (Gelman 2006) intervals of thirty simulated reps
 * hold the truth a little less often than they say, so at least as often. What is expected of a rep may be off, too: by as much
 * of what is seen nobody can say whether it is skill.
 */
export function shrinkSkills(evidence: readonly Evidence[], level: number): readonly ShrunkSkill[] {
  const center = centerOf(evidence);
  const sd = spreadGuess(evidence, center);
  const widest = Math.min(3, 3 * sd + 3 * Math.sqrt(Math.min(...evidence.map(({ variance }) => variance))));
  const spreads = Array.from({ length: spreadsTried }, (_, at) => (widest * at) / (spreadsTried - 1));
  const centers = spreads.map((spread) => ({ at: center, variance: centerVariance(evidence, spread) }));
  const beliefs = evidence.map((each) =>
    spreads.map((spread, at) => believe(each, centers[at] ?? { at: center, variance: 0 }, spread)),
  );
  // Reps are compared with one another: so many results are there, but fewer that say something of their own.
  const own = 1 - Math.min(evidence.length - 1, freedomGone(evidence, sd ** 2)) / evidence.length;
  const logs = spreads.map((_, at) => own * sumOf(beliefs.map((each) => each[at]?.logLikelihood ?? 0)));
  const most = Math.max(...logs);
  const weights = logs.map((log, at) => (spreads[at] ?? 0) ** 2 * Math.exp(log - most));
  const total = sumOf(weights);
  return evidence.map((each, place) => {
    const parts = (beliefs[place] ?? []).map(({ mean, deviation }, at) => ({
      ...{ mean, deviation, weight: (weights[at] ?? 0) / total },
    }));
    const skill = sumOf(parts.map(({ mean, weight }) => mean * weight));
    const [low, high] = [quantileOf(parts, (1 - level) / 2), quantileOf(parts, (1 + level) / 2)];
    const ratios = [skill, low, high].map(each.ratioOf);
    return { skill, low, high, ratio: ratios[0] ?? 1, ratioLow: ratios[1] ?? 1, ratioHigh: ratios[2] ?? 1 };
  });
}

/** A first guess at the standard deviation of skill, by moments. */
function spreadGuess(evidence: readonly Evidence[], center: number): number {
  const excess = evidence.map(({ estimate, variance, doubt }) => {
    return ((estimate - center) ** 2 - variance - doubt.own) / (1 + doubt.others);
  });
  return Math.sqrt(Math.max(0, sumOf(excess) / Math.max(1, evidence.length)));
}

interface Belief {
  readonly mean: number;
  readonly deviation: number;
  /** Of the result, whatever the skill. */
  readonly logLikelihood: number;
}

interface Center {
  readonly at: number;
  readonly variance: number;
}

/** Of the common level, which is learned from the same results. */
function centerVariance(evidence: readonly Evidence[], spread: number): number {
  const precisions = evidence.map(
    ({ variance, doubt }) => 1 / (variance + doubt.own + spread ** 2 * (1 + doubt.others)),
  );
  return 1 / sumOf(precisions);
}

/**
 * What a result says where skill has such a spread: the moments of what is believed, by sums around its mode. The common level has
 * a say by what a result does not say itself, and is uncertain (Morris 1983).
 */
function believe(evidence: Evidence, { at: center, variance: ofCenter }: Center, spread: number): Belief {
  const { own, others } = evidence.doubt;
  const borrowed = own + spread ** 2 * others;
  const prior = spread ** 2 + borrowed;
  if (prior === 0) return { mean: center, deviation: 0, logLikelihood: evidence.logLikelihood(center) };
  const mode = likeliestSkill(evidence, center, prior);
  const width = 1 / Math.sqrt(evidence.information(mode) + 1 / prior);
  const logAt = (seen: number) => evidence.logLikelihood(seen) - (seen - center) ** 2 / (2 * prior);
  const top = logAt(mode);
  let [mass, sum, squares] = [0, 0, 0];
  const step = (2 * reach * width) / (pointsTried - 1);
  for (let point = 0; point < pointsTried; point += 1) {
    const seen = mode - reach * width + point * step;
    const weight = Math.exp(logAt(seen) - top);
    mass += weight;
    sum += weight * (seen - center);
    squares += weight * (seen - center) ** 2;
  }
  const [mean, square] = [sum / mass, squares / mass];
  // Of what is seen, the share that is skill; the rest is how far off what was expected is.
  const share = spread ** 2 / prior;
  const drawn = 1 - Math.max(0, square - mean ** 2) / prior;
  const variance =
    share ** 2 * Math.max(0, square - mean ** 2) + share * borrowed + (1 - share * drawn) ** 2 * ofCenter;
  return {
    mean: center + share * mean,
    deviation: Math.sqrt(variance),
    logLikelihood: top + Math.log((mass * step) / Math.sqrt(2 * Math.PI * prior)),
  };
}

interface Part {
  readonly mean: number;
  readonly deviation: number;
  readonly weight: number;
}

/** Of a mixture of normal distributions, by halving. */
function quantileOf(parts: readonly Part[], share: number): number {
  const heavy = parts.filter(({ weight }) => weight > 1e-6);
  const below = (value: number) =>
    sumOf(
      heavy.map(({ mean, deviation, weight }) => {
        if (deviation === 0) return value >= mean ? weight : 0;
        return weight * jStat.normal.cdf(value, mean, deviation);
      }),
    );
  let low = Math.min(...heavy.map(({ mean, deviation }) => mean - 8 * deviation));
  let high = Math.max(...heavy.map(({ mean, deviation }) => mean + 8 * deviation));
  for (let round = 0; round < 40; round += 1) {
    const middle = (low + high) / 2;
    if (below(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
