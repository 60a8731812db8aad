/**
 * Arrivals that the clock alone decides, as in an open loop: however slow the answers are, the next request
 * comes when it is due, and its latency counts from that moment.
 */
export interface Schedule {
  readonly perSecond: number;
  readonly forMs: number;
}

/** When the request with an index is due, in milliseconds after the start. */
export function dueAtMs({ perSecond }: Pick<Schedule, "perSecond">, index: number): number {
  return (index * 1000) / perSecond;
}

/** How many requests are due in all. */
export function arrivals({ perSecond, forMs }: Schedule): number {
  return Math.ceil((forMs * perSecond) / 1000);
}

/** The slices of a run in which each subject has its turn in every round: what disturbs for long disturbs all. */
export function interleaved<Subject>(subjects: readonly Subject[], rounds: number): readonly Subject[] {
  return Array.from({ length: rounds }, () => subjects).flat();
}
