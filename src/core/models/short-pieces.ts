import type { ParetoNbdParameters } from "./dropout-integrals.ts";

/** A time, and the logarithms of how it compares with the rates: ln(1 + time/α) and ln(1 + time/β). */
interface Moment {
  readonly time: number;
  readonly logAlpha: number;
  readonly logBeta: number;
}

/** By so much the logarithm of the density may fall in a short piece, and time grow as a share of itself and a rate. */
const [mostFall, mostGrowth] = [0.02, 0.01];
/** Of Gauss and Legendre, with two points. */
const point = 0.5773502691896257;

/**
 * Adds the integrals of `addIntegrals` where so little time lies between the two that a few powers stand for logarithms and
 * exponentials, to twelve digits. Gives false, and adds nothing, where more lies between them.
 */
export function addShortPiece(
  { r, alpha, s, beta }: ParetoNbdParameters,
  frequency: number,
  { time, logAlpha, logBeta }: Moment,
  width: number,
  sums: Float64Array,
  at: number,
): boolean {
  const [perAlpha, perBeta] = [1 / (alpha + time), 1 / (beta + time)];
  const fall = (r + frequency) * perAlpha + (s + 1) * perBeta;
  if (!(width * fall <= mostFall && width * perAlpha <= mostGrowth && width * perBeta <= mostGrowth))
    return false;
  for (let side = -1; side <= 1; side += 2) {
    const later = (width / 2) * (1 + side * point);
    const [growthAlpha, growthBeta] = [later * perAlpha, later * perBeta];
    const [moreAlpha, moreBeta] = [logarithmOf(growthAlpha), logarithmOf(growthBeta)];
    const share = (width / 2) * exponentialOf((r + frequency) * moreAlpha + (s + 1) * moreBeta);
    sums[at] = (sums[at] ?? 0) + share;
    sums[at + 1] = (sums[at + 1] ?? 0) + share * (logAlpha + moreAlpha);
    sums[at + 2] = (sums[at + 2] ?? 0) + share * (time + later) * perAlpha * inverseOf(growthAlpha);
    sums[at + 3] = (sums[at + 3] ?? 0) + share * (logBeta + moreBeta);
    sums[at + 4] = (sums[at + 4] ?? 0) + share * (time + later) * perBeta * inverseOf(growthBeta);
  }
  return true;
}

/** ln(1 + x) for a small x. */
function logarithmOf(x: number): number {
  return x * (1 - x * (1 / 2 - x * (1 / 3 - x * (1 / 4 - x * (1 / 5 - x / 6)))));
}

/** e^-x for a small x. */
function exponentialOf(x: number): number {
  return 1 - x * (1 - (x / 2) * (1 - (x / 3) * (1 - (x / 4) * (1 - (x / 5) * (1 - x / 6)))));
}

/** 1 ÷ (1 + x) for a small x. */
function inverseOf(x: number): number {
  return 1 - x * (1 - x * (1 - x * (1 - x * (1 - x * (1 - x)))));
}
