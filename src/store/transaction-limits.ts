const TURN_MS = 30_000;

/**
 * For what locks a few rows, which is what a transaction gets that says nothing, changes many, or computes over all of
 * them: how long to wait for a turn, and for the end.
 */
export const transactionLimits = {
  short: { maxWait: TURN_MS, timeout: 30_000 },
  bulk: { maxWait: TURN_MS, timeout: 60_000 },
  computing: { maxWait: TURN_MS, timeout: 3_600_000 },
} as const;
