import { setImmediate } from "node:timers/promises";
import { keepNewest } from "../core/keep-newest.ts";
import type { OutlookInput, OutlookTotals } from "../core/outlook/outlook-input.ts";
import { type SimulatedOutlook, simulateOutlook } from "../core/outlook/simulate-outlook.ts";
import type { OutlookBasis } from "../store/outlook.ts";

/** How long others wait at most, in milliseconds. */
const SLICE_MS = 10;
/** Always the same, so that what changes from day to day is what accounts did and not what was drawn. */
const SEED = "portfolio";
/** Simulations that are kept: a megabyte each. */
const MOST_KEPT = 40;

/**
 * By what they were simulated from, which the store gives again as long as it stays true: the same question is simulated
 * once, for all that have the same rights.
 */
const kept = new Map<OutlookBasis, Promise<SimulatedOutlook | undefined>>();

/** With fewer customers than this nothing can be said of all of them together. */
const fewest = 3;

/** Whether there are customers enough to look ahead from. */
export function isEnough({ customers }: Pick<OutlookTotals, "customers">): boolean {
  return customers >= fewest;
}

/**
 * Simulates a portfolio between the answers to others; undefined where nothing tells who leaves, or too few accounts do.
 *
 * @param about what the basis is of: always the same for the same one.
 */
export function simulatePolitely(
  basis: OutlookBasis,
  about: Pick<OutlookInput, "asOf" | "fit">,
): Promise<SimulatedOutlook | undefined> {
  const simulated = kept.get(basis) ?? telling(basis, about);
  keepNewest(kept, basis, simulated, MOST_KEPT);
  simulated.catch(() => kept.delete(basis));
  return simulated;
}

async function telling(
  basis: OutlookBasis,
  about: Pick<OutlookInput, "asOf" | "fit">,
): Promise<SimulatedOutlook | undefined> {
  const simulated = await inSlices(simulateOutlook({ ...basis, ...about, seed: SEED }));
  const isGuess = simulated?.method.kind === "retention" && basis.totals.boughtBefore < fewest;
  return isGuess ? undefined : simulated;
}

async function inSlices<Result>(work: Generator<void, Result, void>): Promise<Result> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await setImmediate();
  }
}
