import { leavingBoundary } from "./boundaries.ts";
import { finishFit, withoutSignal } from "./finish-fit.ts";
import { fitFromStarts } from "./fit-starts.ts";
import { createLeavingLikelihood } from "./likelihoods.ts";
import type { Fit, Histories, History, ModelName } from "./model.ts";
import { type CountModel, fitNbd } from "./nbd.ts";
import { countChances, expectedPurchases, type LeavingParameters } from "./purchase-counts.ts";
import { missingSignal } from "./purchase-moments.ts";

/** What tells the models apart in which customers may leave at a purchase. */
export interface LeavingModel {
  readonly model: ModelName;
  /** How many chances to leave the first purchase brings. */
  readonly firstLeaves: 0 | 1;
}

/**
 * Starts where the fit without leaving ended, with few and with some who leave; at the pace of those who bought again, with
 * many and with most who leave; and where chances are near 0 or 1.
 */
export function fitLeaving(
  { model, firstLeaves }: LeavingModel,
  histories: Histories,
): Fit<LeavingParameters> {
  const missing = missingSignal(histories);
  if (missing) return withoutSignal(model, histories, missing);
  const nobodyLeaves = fitNbd(histories);
  const { r, alpha } = nobodyLeaves.parameters ?? { r: 1, alpha: 1 };
  const pace = repeatersPace(histories);
  const starts = [
    [r, alpha, 0.1, 10],
    [r, alpha, 0.8, 2.5],
    [1, pace, 1, 1],
    [1, pace, 3, 1],
    [1, pace, 0.1, 0.1],
    [r, alpha, 0.02, 0.2],
  ];
  const climb = fitFromStarts(histories, starts, (some) => createLeavingLikelihood(some, firstLeaves));
  const gain = climb.value - (nobodyLeaves.logLikelihood ?? 0);
  const boundary = leavingBoundary(parametersOf(climb.x), gain);
  return finishFit({ model, histories, climb, parametersOf, boundary });
}

/** The time between purchases of those who bought again, up to their last one. */
function repeatersPace({ frequency, recency, customers }: Histories): number {
  let [purchases, time] = [0, 0];
  for (let row = 0; row < frequency.length; row += 1) {
    purchases += (customers[row] ?? 0) * (frequency[row] ?? 0);
    time += (customers[row] ?? 0) * (recency[row] ?? 0);
  }
  return time / purchases;
}

function parametersOf([r = 0, alpha = 0, a = 0, b = 0]: Float64Array): LeavingParameters {
  return { r, alpha, a, b };
}

export function createLeavingModel({ firstLeaves }: LeavingModel, parameters: LeavingParameters): CountModel {
  const { r, alpha, a, b } = parameters;
  const alive = ({ frequency, recency, age }: History) => {
    const chances = frequency + firstLeaves;
    if (chances === 0) return 1;
    const quiet = Math.log1p(age / alpha) - Math.log1p(recency / alpha);
    return 1 / (1 + (a / (b + chances - 1)) * Math.exp((r + frequency) * quiet));
  };
  const expectedIfAlive = ({ frequency, age }: Pick<History, "frequency" | "age">, duration: number) =>
    expectedPurchases({ r: r + frequency, alpha: alpha + age, a, b: b + frequency + firstLeaves }, duration);
  return {
    ...{ alive, expectedIfAlive },
    expected: (history, duration) => alive(history) * expectedIfAlive(history, duration),
    chanceOf: (count, duration) => {
      const { exactly, atLeast } = countChances(parameters, count, duration);
      const last = count + firstLeaves;
      const [stayed, before] = [chanceToStay(parameters, last), chanceToStay(parameters, last - 1)];
      return stayed * exactly + (before - stayed) * atLeast;
    },
  };
}

/** At so many purchases in a row; 1 for none or fewer. */
function chanceToStay({ a, b }: LeavingParameters, chances: number): number {
  let chance = 1;
  for (let each = 0; each < chances; each += 1) chance *= (b + each) / (a + b + each);
  return chance;
}
