/** For every distinct time: `ln(1 + time ÷ alpha)` and how fast that falls as alpha grows. */
export interface TimeTable {
  /** Per row, where its time is in the other two. */
  readonly place: Uint32Array;
  readonly log: Float64Array;
  readonly slope: Float64Array;
  /** Fills both for an alpha. */
  readonly fill: (alpha: number) => void;
}

/** Rows that are looked at to see whether times repeat, and the share of distinct ones above which they hardly do. */
const [sampled, mostDistinct] = [16_384, 0.25];

/** Rows share few days, so that a logarithm per distinct time is far less work than one per row. */
export function createTimeTable(times: Float64Array): TimeTable {
  const { place, distinct } = hardlyRepeat(times) ? eachItsOwn(times) : placesOf(times);
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

/** Moments instead of days: looking each of them up takes longer than a hundred logarithms. */
function hardlyRepeat(times: Float64Array): boolean {
  const stride = Math.ceil(times.length / sampled);
  const seen = new Set<number>();
  for (let row = 0; row < times.length; row += stride) seen.add(times[row] ?? 0);
  return seen.size * stride > mostDistinct * times.length;
}

function eachItsOwn(times: Float64Array) {
  const place = new Uint32Array(times.length);
  for (let row = 0; row < times.length; row += 1) place[row] = row;
  return { place, distinct: times };
}

function placesOf(times: Float64Array) {
  const places = new Map<number, number>();
  const place = new Uint32Array(times.length);
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? 0;
    const known = places.get(time) ?? places.size;
    if (known === places.size) places.set(time, known);
    place[row] = known;
  }
  return { place, distinct: Float64Array.from(places.keys()) };
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
