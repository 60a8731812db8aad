/** Durations in milliseconds, summed up; exact, since every one of them is kept. */
export interface Summary {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Undefined without values. */
export function summarise(values: readonly number[]): Summary | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const max = sorted.at(-1);
  if (max === undefined) return undefined;
  const at = (share: number) => nearestRank(sorted, share) ?? max;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max };
}

/**
 * The smallest value that at least `share` of all values do not exceed: always one that was measured.
 *
 * @param sorted ascending.
 */
export function nearestRank(sorted: readonly number[], share: number): number | undefined {
  // Rounded first: 0.07 of 100 is a little more than 7 to a computer.
  const rank = Math.ceil(Number((share * sorted.length).toFixed(6)));
  return sorted[Math.max(rank, 1) - 1];
}

/** The middle one, the lower of two; undefined without values. */
export function median(values: readonly number[]): number | undefined {
  return summarise(values)?.p50;
}
