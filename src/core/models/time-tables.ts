/** For every distinct time: `ln(1 + time ÷ alpha)` and how fast that falls as alpha grows. */
export interface TimeTable {
  /** Per row, where its time is in the other two. */
  readonly place: Uint32Array;
  readonly log: Float64Array;
  readonly slope: Float64Array;
  /** Fills both for an alpha. */
  readonly fill: (alpha: number) => void;
}

/** Rows share few days, so that a logarithm per distinct time is far less work than one per row. */
export function createTimeTable(times: Float64Array): TimeTable {
  const places = new Map<number, number>();
  const place = new Uint32Array(times.length);
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? 0;
    const known = places.get(time) ?? places.size;
    if (known === places.size) places.set(time, known);
    place[row] = known;
  }
  const distinct = Float64Array.from(places.keys());
  const [log, slope] = [new Float64Array(distinct.length), new Float64Array(distinct.length)];
  const fill = (alpha: number) => {
    for (let at = 0; at < distinct.length; at += 1) {
      const time = distinct[at] ?? 0;
      log[at] = Math.log1p(time / alpha);
      slope[at] = time / (alpha * (alpha + time));
    }
  };
  return { place, log, slope, fill };
}

/** How many customers have each frequency, from 0 to the largest. */
export function customersByFrequency(frequency: Float64Array, customers: Float64Array): Float64Array {
  const most = frequency.reduce((left, right) => Math.max(left, right), 0);
  const counts = new Float64Array(most + 1);
  for (let row = 0; row < frequency.length; row += 1) {
    const own = frequency[row] ?? 0;
    counts[own] = (counts[own] ?? 0) + (customers[row] ?? 0);
  }
  return counts;
}
