import type { Measure, RepSums } from "./standardise.ts";
import { standardise } from "./standardise.ts";

/** A place in a funnel plot: how much was expected, and the ratio that came of it. */
export interface FunnelPoint {
  readonly repId: string;
  readonly name: string;
  /** Wins, minor units, or won deals for the cycle. */
  readonly expected: number;
  readonly ratio: number;
}

/** Between which ratios chance puts 95 % and 99.8 % of those of whom so much was expected. */
export interface FunnelLimits {
  readonly expected: number;
  readonly low95: number;
  readonly high95: number;
  readonly low998: number;
  readonly high998: number;
}

export interface Funnel {
  readonly points: readonly FunnelPoint[];
  /** From the least that was expected to the most. */
  readonly limits: readonly FunnelLimits[];
}

const [z95, z998] = [1.959963984540054, 3.090232306167813];
const places = 40;

/**
 * A funnel plot (Spiegelhalter 2005) of reps with enough deals. Where reps differ beyond chance, its limits stay those of
 * chance: they say who is outside, and the test says that somebody is.
 */
export function drawFunnel(sums: readonly RepSums[], measure: Measure): Funnel {
  const told = standardise(sums, measure).flatMap(({ repId, name, n, ratio, evidence }, at) => {
    const expected = expectedOf(sums[at], measure, n);
    if (ratio === undefined || !evidence || !(expected > 0)) return [];
    // The variance of the ratio, were one expected: the same for all but for the mix.
    const spread =
      measure === "wins" || measure === "win-rate" ? evidence.variance ** -1 / expected : undefined;
    const unit = (spread ?? evidence.variance * expected) || 0;
    return [{ point: { repId, name, expected, ratio }, unit }];
  });
  const points = told.map(({ point }) => point);
  const all = points.reduce((sum, { expected }) => sum + expected, 0);
  const unit = told.reduce((sum, { point, unit: own }) => sum + own * point.expected, 0) / all;
  const [least, most] = [
    Math.min(...points.map(({ expected }) => expected)),
    Math.max(...points.map(({ expected }) => expected)),
  ];
  if (points.length === 0) return { points, limits: [] };
  const limits = Array.from({ length: places }, (_, at) => {
    const expected = least + ((most - least) * at) / (places - 1);
    return { expected, ...limitsAt(Math.sqrt(unit / expected), measure) };
  });
  return { points, limits };
}

function expectedOf(rep: RepSums | undefined, measure: Measure, n: number): number {
  if (measure === "cycle") return n;
  return measure === "margin" ? (rep?.money?.expectedMinor ?? 0) : (rep?.expected ?? 0);
}

/** Ratios of days are multiples, those of counts and money differences. */
function limitsAt(deviation: number, measure: Measure): Omit<FunnelLimits, "expected"> {
  const [low, high] =
    measure === "cycle"
      ? [(z: number) => Math.exp(-z * deviation), (z: number) => Math.exp(z * deviation)]
      : [(z: number) => Math.max(0, 1 - z * deviation), (z: number) => 1 + z * deviation];
  return { low95: low(z95), high95: high(z95), low998: low(z998), high998: high(z998) };
}
