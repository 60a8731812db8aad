import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * Gives numbers from 0 to below 1. The draws below are made of it: `jstat` has them too, but takes them from a source that
 * the whole process shares, so that a seed would not give the same numbers again.
 */
export type Random = () => number;

/** The same numbers for the same seed; of a text, its hash is the seed. */
export function createRandom(seed: string | number): Random {
  const generator = xoroshiro128plus(typeof seed === "number" ? seed : hashOf(seed));
  return () => ((generator.next() >>> 6) * 2 ** 27 + (generator.next() >>> 5)) / 2 ** 53;
}

/** Of mean 1. */
export function drawExponential(random: Random): number {
  return -Math.log(1 - random());
}

/** Of rate 1: divide by a rate. A shape of 0 gives 0. Marsaglia & Tsang (2000), the two steps of whose test are kept. */
export function drawGamma(random: Random, shape: number): number {
  if (shape <= 0) return 0;
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = 1 - random();
    const square = x * x;
    // Nearly always this says the same without a logarithm.
    if (u < 1 - 0.0331 * square * square) return d * v;
    if (Math.log(u) < square / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
}

export function drawBeta(random: Random, a: number, b: number): number {
  const [left, right] = [drawGamma(random, a), drawGamma(random, b)];
  // Both may vanish where both parameters are tiny: then it is one of the ends.
  return left + right > 0 ? left / (left + right) : Number(random() * (a + b) < a);
}

/** Above this mean, many at a time. */
const fewEvents = 12;

/** A count with this mean. Large ones by their waiting times, many at a time (Ahrens & Dieter 1974). */
export function drawPoisson(random: Random, mean: number): number {
  let [count, left] = [0, mean];
  while (left > fewEvents) {
    const step = Math.floor((left * 7) / 8);
    const waited = drawGamma(random, step);
    if (waited > left) return count + drawBinomial(random, step - 1, left / waited);
    count += step;
    left -= waited;
  }
  const none = Math.exp(-left);
  for (let product = 1 - random(); product > none; product *= 1 - random()) count += 1;
  return count;
}

/** How many of so many trials succeed: halved by the middle one of their order (Relles 1972) until few are left. */
function drawBinomial(random: Random, trials: number, chance: number): number {
  let [left, share, count] = [trials, chance, 0];
  while (left > fewEvents) {
    const middle = 1 + Math.floor(left / 2);
    const position = drawBeta(random, middle, left + 1 - middle);
    if (position <= share) {
      count += middle;
      left -= middle;
      share = (share - position) / (1 - position);
    } else {
      left = middle - 1;
      share /= position;
    }
  }
  for (let trial = 0; trial < left; trial += 1) if (random() < share) count += 1;
  return count;
}

/** Marsaglia's polar method (1964); the second of the pair is let go, so that nothing is kept between draws. */
export function drawNormal(random: Random): number {
  for (;;) {
    const [x, y] = [2 * random() - 1, 2 * random() - 1];
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/** FNV-1a: texts that differ in one letter begin quite different streams. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
