import type { FitOutcome, Histories } from "./model.ts";
import type { NbdParameters } from "./purchase-counts.ts";

/** Why there is nothing to fit; undefined where there is. */
export function missingSignal({ frequency, total }: Histories): FitOutcome | undefined {
  if (total < 2) return { kind: "no-signal", reason: "There are fewer than two customers." };
  if (frequency.some((each) => each > 0)) return undefined;
  return { kind: "no-signal", reason: "Nobody has bought again." };
}

/** What mean and variance of the purchases suggest if nobody leaves. Somebody has bought again. */
export function nbdByMoments({ frequency, age, customers, total }: Histories): NbdParameters {
  let [purchases, squares, time] = [0, 0, 0];
  for (let row = 0; row < frequency.length; row += 1) {
    const own = frequency[row] ?? 0;
    const weight = customers[row] ?? 0;
    purchases += weight * own;
    squares += weight * own * own;
    time += weight * (age[row] ?? 0);
  }
  const mean = purchases / total;
  const excess = squares / total - mean * mean - mean;
  const r = excess > 0 ? Math.min(Math.max((mean * mean) / excess, 0.05), 10) : 10;
  return { r, alpha: (r * time) / purchases };
}
