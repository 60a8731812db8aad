import type { Histories } from "./model.ts";

/** The histories of one frequency, on the times that they name: what lies between neighbours is worked out once for all. */
export interface TimeLine {
  readonly frequency: number;
  /** Distinct recencies and ages, ascending. */
  readonly times: Float64Array;
  /** Of each history, where its recency is in `times`, and its age. */
  readonly recencyAt: Uint32Array;
  readonly ageAt: Uint32Array;
  readonly customers: Float64Array;
  /** Sum of `customers`. */
  readonly total: number;
}

/** By frequency, ascending. */
export function timeLines(histories: Histories): readonly TimeLine[] {
  const { frequency } = histories;
  const order = Uint32Array.from(frequency, (_, index) => index).sort(
    (left, right) => (frequency[left] ?? 0) - (frequency[right] ?? 0),
  );
  const lines: TimeLine[] = [];
  let from = 0;
  for (let to = 1; to <= order.length; to += 1) {
    const isSame = to < order.length && frequency[order[to] ?? 0] === frequency[order[from] ?? 0];
    if (isSame) continue;
    lines.push(timeLine(histories, order.subarray(from, to)));
    from = to;
  }
  return lines;
}

function timeLine(histories: Histories, members: Uint32Array): TimeLine {
  const pick = (values: Float64Array) => Float64Array.from(members, (member) => values[member] ?? 0);
  const [recencies, ages, customers] = [
    pick(histories.recency),
    pick(histories.age),
    pick(histories.customers),
  ];
  const all = new Float64Array(2 * members.length);
  all.set(recencies);
  all.set(ages, members.length);
  const times = all.sort().filter((time, index) => index === 0 || time !== all[index - 1]);
  return {
    frequency: histories.frequency[members[0] ?? 0] ?? 0,
    times,
    recencyAt: Uint32Array.from(recencies, (time) => positionOf(times, time)),
    ageAt: Uint32Array.from(ages, (time) => positionOf(times, time)),
    customers,
    total: customers.reduce((sum, count) => sum + count, 0),
  };
}

/** Where a time is that is among ascending ones. */
function positionOf(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
