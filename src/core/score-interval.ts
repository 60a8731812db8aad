/** A share with the range it lies in. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The normal quantile of an interval of 95 %. */
const of95 = 1.959963984540054;
/** The normal quantile of an interval of 80 %. */
export const of80 = 1.2815515655446004;

/**
 * How many of how many, as a share with its score interval (Wilson 1927), of 95 % unless another quantile is given; undefined
 * of none.
 */
export function scoreInterval(part: number, whole: number, z = of95): ShareInterval | undefined {
  if (whole === 0) return undefined;
  const share = part / whole;
  const middle = share + z ** 2 / (2 * whole);
  const reach = z * Math.sqrt((share * (1 - share)) / whole + (z / (2 * whole)) ** 2);
  const scale = 1 + z ** 2 / whole;
  return {
    share,
    low: Math.max(0, (middle - reach) / scale),
    high: Math.min(1, (middle + reach) / scale),
  };
}
