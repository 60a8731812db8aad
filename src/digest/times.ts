/** How long things around a delivery may take; one place, since they depend on each other. */
export interface DeliveryTimes {
  /** How long a worker has a delivery to itself. */
  readonly leaseMs: number;
  /** The longest that one call of Slack takes; none is begun with less of the lease left. */
  readonly callMs: number;
  /** After the last call that there can have been, how long until a message that is not there will not come either. */
  readonly settleMs: number;
  /** The waits before the second attempt, the third and so on; after the last of them it has failed. */
  readonly retriesMs: readonly number[];
}

const MINUTE_MS = 60_000;

/** Attempts go on for a day. Calls of Slack end after 3 seconds. */
export const usualTimes: DeliveryTimes = {
  leaseMs: MINUTE_MS,
  callMs: 10_000,
  settleMs: MINUTE_MS,
  retriesMs: [1, 5, 25, 125, 180, 180, 180, 180, 180, 180, 180, 180].map((minutes) => minutes * MINUTE_MS),
};

/** When to try again after so many attempts; undefined when it is enough. */
export function retryAt(attempts: number, { retriesMs }: DeliveryTimes, now: Date): Date | undefined {
  const waitMs = retriesMs[attempts - 1];
  return waitMs === undefined ? undefined : new Date(now.getTime() + waitMs);
}

/** From when on the absence of a message whose sending began then shows that it was never posted. */
export function isThereBy(sentAt: Date, { leaseMs, settleMs }: DeliveryTimes): Date {
  return new Date(sentAt.getTime() + leaseMs + settleMs);
}
