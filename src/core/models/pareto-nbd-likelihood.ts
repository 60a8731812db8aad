import { addIntegrals, integrals, type ParetoNbdParameters } from "./dropout-integrals.ts";
import type { ValueAndGradient } from "./maximise.ts";
import type { Histories } from "./model.ts";
import { addShortPiece } from "./short-pieces.ts";
import { type TimeLine, timeLines } from "./time-lines.ts";

/** Room for what is known at each time of a line, made once. */
interface Room {
  /** ln(1 + time/α), ln(1 + time/β), and what `logDensity` makes of them. */
  readonly logAlpha: Float64Array;
  readonly logBeta: Float64Array;
  readonly logDensity: Float64Array;
  /** The integrals from each time to the last, as multiples of the density at the former. */
  readonly toLast: Float64Array;
}

/**
 * The log-likelihood of `r`, `alpha`, `s` and `beta`, in this order, and its derivatives. Of one history it is
 * r(r + 1)…(r + x - 1) α^-x [(1 + T/α)^-(r + x) (1 + T/β)^-s + s/β ∫ (1 + y/α)^-(r + x) (1 + y/β)^-(s + 1) dy], with `y`
 * from `tx` to `T`: still there at `T`, or left at `y`. Everything is taken as a multiple of the density at `tx`, so that
 * nothing under- or overflows. Integrals over all that lies between two times of a frequency are shared.
 */
export function paretoNbdLikelihood(histories: Histories): ValueAndGradient {
  const lines = timeLines(histories);
  const longest = Math.max(0, ...lines.map(({ times }) => times.length));
  const room = {
    ...{ logAlpha: new Float64Array(longest), logBeta: new Float64Array(longest) },
    ...{ logDensity: new Float64Array(longest), toLast: new Float64Array(longest * integrals) },
  };
  return (x, gradient) => {
    const parameters = { r: x[0] ?? 0, alpha: x[1] ?? 0, s: x[2] ?? 0, beta: x[3] ?? 0 };
    const { r, alpha } = parameters;
    const logAlpha = Math.log(alpha);
    gradient.fill(0);
    let value = 0;
    let [purchases, logRising, reciprocals] = [0, 0, 0];
    for (const line of lines) {
      for (; purchases < line.frequency; purchases += 1) {
        logRising += Math.log(r + purchases);
        reciprocals += 1 / (r + purchases);
      }
      fill(room, parameters, line);
      value +=
        line.total * (logRising - line.frequency * logAlpha) + addHistories(room, parameters, line, gradient);
      gradient[0] = (gradient[0] ?? 0) + line.total * reciprocals;
      gradient[1] = (gradient[1] ?? 0) - (line.total * line.frequency) / alpha;
    }
    return value;
  };
}

function fill(room: Room, parameters: ParetoNbdParameters, { frequency, times }: TimeLine): void {
  const { r, alpha, s, beta } = parameters;
  const { logAlpha, logBeta, logDensity, toLast } = room;
  for (let i = 0; i < times.length; i += 1) {
    const time = times[i] ?? 0;
    const [byAlpha, byBeta] = [Math.log1p(time / alpha), Math.log1p(time / beta)];
    logAlpha[i] = byAlpha;
    logBeta[i] = byBeta;
    logDensity[i] = -(r + frequency) * byAlpha - (s + 1) * byBeta;
  }
  const last = times.length - 1;
  toLast.fill(0, last * integrals, times.length * integrals);
  for (let i = last - 1; i >= 0; i -= 1) {
    const [time, next] = [times[i] ?? 0, times[i + 1] ?? 0];
    const fall = Math.exp((logDensity[i + 1] ?? 0) - (logDensity[i] ?? 0));
    const at = i * integrals;
    for (let k = at; k < at + integrals; k += 1) toLast[k] = fall * (toLast[k + integrals] ?? 0);
    const moment = { time, logAlpha: logAlpha[i] ?? 0, logBeta: logBeta[i] ?? 0 };
    if (!addShortPiece(parameters, frequency, moment, next - time, toLast, at))
      addIntegrals(parameters, frequency, time, next, toLast, at);
  }
}

/** Adds the derivatives of a line's histories to `gradient` and returns their value, both without what all have alike. */
function addHistories(
  { logAlpha, logBeta, logDensity, toLast }: Room,
  { r, alpha, s, beta }: ParetoNbdParameters,
  { frequency, times, recencyAt, ageAt, customers }: TimeLine,
  gradient: Float64Array,
): number {
  let [value, byR, byAlpha, byS, byBeta] = [0, 0, 0, 0, 0];
  for (let i = 0; i < customers.length; i += 1) {
    const [recency, age, count] = [recencyAt[i] ?? 0, ageAt[i] ?? 0, customers[i] ?? 0];
    const time = times[age] ?? 0;
    const fall = Math.exp((logDensity[age] ?? 0) - (logDensity[recency] ?? 0));
    const [from, to] = [recency * integrals, age * integrals];
    const left = (s / beta) * Math.max(0, (toLast[from] ?? 0) - fall * (toLast[to] ?? 0));
    const leftLogAlpha = (s / beta) * ((toLast[from + 1] ?? 0) - fall * (toLast[to + 1] ?? 0));
    const leftAlpha = (s / beta) * ((toLast[from + 2] ?? 0) - fall * (toLast[to + 2] ?? 0));
    const leftLogBeta = (s / beta) * ((toLast[from + 3] ?? 0) - fall * (toLast[to + 3] ?? 0));
    const leftBeta = (s / beta) * ((toLast[from + 4] ?? 0) - fall * (toLast[to + 4] ?? 0));
    const stayed = fall * (1 + time / beta);
    const weight = count / (stayed + left);
    value += count * ((logDensity[recency] ?? 0) + Math.log(stayed + left));
    byR -= weight * (stayed * (logAlpha[age] ?? 0) + leftLogAlpha);
    byAlpha += weight * ((stayed * time) / (alpha + time) + leftAlpha);
    byS += weight * (left / s - stayed * (logBeta[age] ?? 0) - leftLogBeta);
    byBeta += weight * (s * ((stayed * time) / (beta + time)) - left + (s + 1) * leftBeta);
  }
  gradient[0] = (gradient[0] ?? 0) + byR;
  gradient[1] = (gradient[1] ?? 0) + ((r + frequency) * byAlpha) / alpha;
  gradient[2] = (gradient[2] ?? 0) + byS;
  gradient[3] = (gradient[3] ?? 0) + byBeta / beta;
  return value;
}
