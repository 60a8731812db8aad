/**
 * Of the Pareto/NBD: customers buy at rates that are gamma distributed with shape `r` and rate `alpha`, and leave at rates
 * with shape `s` and rate `beta`; both rates in the unit of time of the histories.
 */
export interface ParetoNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/** How many integrals `addIntegrals` adds. */
export const integrals = 5;

interface Rule {
  /** Of Gauss and Legendre; each stands for itself and its mirror image. */
  readonly points: readonly number[];
  readonly weights: readonly number[];
  /** By so much the logarithm may fall in a piece, and time grow as a share of itself and the lesser rate. */
  readonly fall: number;
  readonly growth: number;
}

const twoPoints: Rule = { points: [0.5773502691896257], weights: [1], fall: 0.02, growth: 0.01 };
const fourPoints: Rule = {
  points: [0.3399810435848563, 0.8611363115940526],
  weights: [0.6521451548625461, 0.3478548451374538],
  ...{ fall: 0.5, growth: 0.2 },
};
export const eightPoints: Rule = {
  points: [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363],
  weights: [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763],
  ...{ fall: 4, growth: 1 },
};

/** From here on nothing is left that counts: e^-40 of the start. */
const leastLogarithm = -40;
/** The fall in one piece bounds the pieces; this ends the loop where a time is too large for a step to change it. */
const mostPieces = 100;

/**
 * The logarithm of how likely `frequency` purchases up to `time` and leaving right then are, but for factors without
 * `time`: -(r + x) ln(1 + y/α) - (s + 1) ln(1 + y/β).
 */
export function logDensity(parameters: ParetoNbdParameters, frequency: number, time: number): number {
  const { r, alpha, s, beta } = parameters;
  return -(r + frequency) * Math.log1p(time / alpha) - (s + 1) * Math.log1p(time / beta);
}

/**
 * Adds to `sums`, from index `at` on, five integrals of the density over the time `y` from one time to another, as
 * multiples of the density at the former: of itself, and times ln(1 + y/α), y/(α + y), ln(1 + y/β) and y/(β + y), which its
 * derivatives by the parameters are made of. They are what Fader and Hardie (2005) write as hypergeometric functions; a
 * few points give them to nine digits or more wherever the parameters are, and their derivatives with them.
 */
export function addIntegrals(
  parameters: ParetoNbdParameters,
  frequency: number,
  from: number,
  to: number,
  sums: Float64Array,
  at: number,
): void {
  const { r, alpha, s, beta } = parameters;
  const least = Math.min(alpha, beta);
  const top = logDensity(parameters, frequency, from);
  let start = from;
  for (let piece = 0; start < to && piece < mostPieces; piece += 1) {
    const fall = (r + frequency) / (alpha + start) + (s + 1) / (beta + start);
    const room = Math.min(eightPoints.fall / fall, eightPoints.growth * (least + start));
    const width = Math.min(to - start, room);
    addPiece(
      parameters,
      frequency,
      top,
      start,
      width,
      ruleFor(width * fall, width / (least + start)),
      sums,
      at,
    );
    start += width;
    if (logDensity(parameters, frequency, start) - top < leastLogarithm) return;
  }
}

function ruleFor(fall: number, growth: number): Rule {
  if (fall <= twoPoints.fall && growth <= twoPoints.growth) return twoPoints;
  return fall <= fourPoints.fall && growth <= fourPoints.growth ? fourPoints : eightPoints;
}

function addPiece(
  parameters: ParetoNbdParameters,
  frequency: number,
  top: number,
  start: number,
  width: number,
  { points, weights }: Rule,
  sums: Float64Array,
  at: number,
): void {
  const { r, alpha, s, beta } = parameters;
  const half = width / 2;
  for (let index = 0; index < 2 * points.length; index += 1) {
    const point = points[index >> 1] ?? 0;
    const time = start + half * (index % 2 === 0 ? 1 + point : 1 - point);
    const logAlpha = Math.log1p(time / alpha);
    const logBeta = Math.log1p(time / beta);
    const density = Math.exp(-(r + frequency) * logAlpha - (s + 1) * logBeta - top);
    const share = half * (weights[index >> 1] ?? 0) * density;
    sums[at] = (sums[at] ?? 0) + share;
    sums[at + 1] = (sums[at + 1] ?? 0) + share * logAlpha;
    sums[at + 2] = (sums[at + 2] ?? 0) + (share * time) / (alpha + time);
    sums[at + 3] = (sums[at + 3] ?? 0) + share * logBeta;
    sums[at + 4] = (sums[at + 4] ?? 0) + (share * time) / (beta + time);
  }
}
