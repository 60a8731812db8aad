import jStat from "jstat";
import { chanceOf } from "../win/design.ts";

/** So many of a rep's deals came through, such as won, or on to the next stage. */
export interface CountFigures {
  readonly kind: "count";
  readonly n: number;
  readonly observed: number;
  readonly expected: number;
  /** Of chances, the sum of p · (1 − p). */
  readonly variance: number;
  /** Of what is expected, in log-odds: see `Doubt`. */
  readonly doubt?: number;
}

/** A mean over a rep's deals, such as the discount, against what it is elsewhere. */
export interface MeanFigures {
  readonly kind: "mean";
  readonly n: number;
  readonly observed: number;
  readonly expected: number;
  /** The standard deviation of a single deal. */
  readonly deviation: number;
  /** Days and discounts: less is better. */
  readonly isLessBetter: boolean;
}

export type Figures = CountFigures | MeanFigures;

/** Points and weights of Gauss and Hermite for a standard normal distribution. */
const nodes: readonly (readonly [number, number])[] = [
  [-2.8569700138728056, 0.011257411327720691],
  [-1.355626179974266, 0.2220759220056126],
  [0, 0.5333333333333333],
  [1.355626179974266, 0.2220759220056126],
  [2.8569700138728056, 0.011257411327720691],
];

/** How likely chance alone is at least as far from what was expected, to either side. */
export function chanceOfFigures(figures: Figures): number {
  const { n, observed, expected } = figures;
  if (figures.kind === "mean") {
    const error = figures.deviation / Math.sqrt(n);
    // Few deals have a mean with longer tails than a normal one's: Student's, by a transformation (Wallace 1959).
    const t = Math.abs(observed - expected) / error;
    const z = Math.sqrt((n - 1) * Math.log1p(t ** 2 / (n - 1)) * (1 - 1 / (2 * (n - 1))));
    return Number.isFinite(z) ? 2 * jStat.normal.cdf(-z, 0, 1) : 1;
  }
  const mean = expected / n;
  if (!(mean > 0 && mean < 1 && figures.variance > 0)) return 1;
  const logOdds = Math.log(mean / (1 - mean));
  const slope = Math.min(1, figures.variance / (n * mean * (1 - mean)));
  const tails = nodes.map(([node, weight]) => {
    const chance = chanceOf(logOdds + slope * node * Math.sqrt(figures.doubt ?? 0));
    return { weight, ...tailsOf(observed, n * chance, slope * n * chance * (1 - chance)) };
  });
  const [below, above] = [
    tails.reduce((sum, { weight, below: tail }) => sum + weight * tail, 0),
    tails.reduce((sum, { weight, above: tail }) => sum + weight * tail, 0),
  ];
  return Math.min(1, 2 * Math.min(below, above));
}

/** At most, and at least, so many: of a sum of unlike chances, by the binomial distribution with its mean and variance. */
function tailsOf(observed: number, mean: number, variance: number): { below: number; above: number } {
  const chance = 1 - Math.min(variance, mean * (1 - 1e-9)) / mean;
  const trials = mean / chance;
  const atLeast = (count: number) => {
    if (count <= 0) return 1;
    return count > trials ? 0 : jStat.beta.cdf(chance, count, trials - count + 1);
  };
  return { below: 1 - atLeast(observed + 1), above: atLeast(observed) };
}
