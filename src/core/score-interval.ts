/** A share with the range it lies in. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The normal quantile of an interval of 95 %. */
const z = 1.959963984540054;

/** How many of how many, as a share with its score interval of 95 % (Wilson 1927); undefined of none. */
export function scoreInterval(part: number, whole: number): ShareInterval | undefined {
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
