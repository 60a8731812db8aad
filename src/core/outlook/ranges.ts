/** What will most likely come, and between what four of five cases lie. */
export interface Range {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  /** Of all cases; where few cases are very large it lies above the middle one. */
  readonly mean: number;
}

/** The middle 80 % of cases, their median and their mean; zeros of none. */
export function rangeOf(cases: Float64Array): Range {
  const sorted = cases.slice().sort();
  const sum = sorted.reduce((all, each) => all + each, 0);
  return {
    low: quantile(sorted, 0.1),
    mid: quantile(sorted, 0.5),
    high: quantile(sorted, 0.9),
    mean: sorted.length > 0 ? sum / sorted.length : 0,
  };
}

/** Between the two cases that it lies between. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
