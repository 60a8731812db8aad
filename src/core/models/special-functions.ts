/** From here on Stirling's series is exact to the last digits. */
const stirlingFrom = 10;
const tiny = 1e-17;
const halfLogTwoPi = Math.log(2 * Math.PI) / 2;

/** The natural logarithm of the gamma function of `x` above 0. */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < stirlingFrom) {
    product *= shifted;
    shifted += 1;
  }
  return (shifted - 0.5) * Math.log(shifted) - shifted + stirlingRest(shifted) - Math.log(product);
}

/** The derivative of `logGamma` at `x` above 0. */
export function digamma(x: number): number {
  let shifted = x;
  let sum = 0;
  while (shifted < stirlingFrom) {
    sum += 1 / shifted;
    shifted += 1;
  }
  const inverse = 1 / (shifted * shifted);
  const rest =
    inverse *
    (1 / 12 -
      inverse *
        (1 / 120 -
          inverse * (1 / 252 - inverse * (1 / 240 - inverse * (1 / 132 - (inverse * 691) / 32_760)))));
  return Math.log(shifted) - 0.5 / shifted - rest - sum;
}

/** The natural logarithm of the beta function of `a` and `b` above 0; exact where one is far larger than the other. */
export function logBeta(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  if (large < stirlingFrom) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const both = small + large;
  const lost = small - small * Math.log(both) - (large - 0.5) * Math.log1p(small / large);
  return logGamma(small) + lost + stirlingRest(large) - stirlingRest(both);
}

/**
 * Gauss's hypergeometric function for `a`, `b` and `c` above 0 and `z` from 0 to below 1. All terms are positive, so that
 * no digits cancel. Near 1, where the series hardly converges, its Taylor series at a point halfway to 1 carries it on.
 */
export function hypergeometric2F1(a: number, b: number, c: number, z: number): number {
  // Euler's transformation, where it makes the series shorter.
  if (c > a && c > b && (c - a) * (c - b) < a * b) {
    return (1 - z) ** (c - a - b) * continued(c - a, c - b, c, z);
  }
  return continued(a, b, c, z);
}

/** What Stirling's formula lacks, `1 ÷ 12x - …`. */
function stirlingRest(x: number): number {
  const inverse = 1 / (x * x);
  const series =
    1 / 12 -
    inverse *
      (1 / 360 -
        inverse * (1 / 1_260 - inverse * (1 / 1_680 - inverse * (1 / 1_188 - (inverse * 691) / 360_360))));
  return halfLogTwoPi + series / x;
}

function continued(a: number, b: number, c: number, z: number): number {
  // With large parameters the other solution of the equation falls steeply, and steps as wide as 4 / c would let it in.
  let at = Math.min(z, 1 - Math.min(0.2, 8 / Math.max(a, b, c)));
  let [value, slope] = [1, 0];
  let term = 1;
  for (let n = 0; term > tiny * value || n * term > tiny * slope; n += 1) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * at;
    value += term;
    slope += (n + 1) * term;
  }
  slope /= at;
  while (at < z) {
    const next = Math.min(z, (1 + at) / 2);
    [value, slope] = step(a, b, c, at, next - at, value, slope);
    at = next;
  }
  return value;
}

/** Value and slope a `width` further, by the recurrence that the hypergeometric differential equation gives. */
function step(
  a: number,
  b: number,
  c: number,
  at: number,
  width: number,
  value: number,
  slope: number,
): [value: number, slope: number] {
  const curve = at * (1 - at);
  // Taylor terms: coefficients times powers of the width.
  let [before, last] = [value, slope * width];
  let [sum, slopes] = [before + last, last];
  for (let n = 0; before + last > tiny * sum || n * last > tiny * slopes; n += 1) {
    const own = -(n + 1) * ((1 - 2 * at) * n + c - (a + b + 1) * at) * last * width;
    const next = (own + (n + a) * (n + b) * before * width * width) / (curve * (n + 2) * (n + 1));
    [before, last] = [last, next];
    sum += next;
    slopes += (n + 2) * next;
  }
  return [sum, slopes / width];
}
