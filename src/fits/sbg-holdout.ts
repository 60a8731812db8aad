import { type Accuracy, chooseByErrors } from "../core/models/holdout.ts";
import type { FitOutcome, ModelName } from "../core/models/model.ts";
import type { Renewals } from "../core/models/renewals.ts";
import { retentionOf, type SbgParameters } from "../core/models/sbg.ts";
import type { FitReport, GuessName } from "./fit-report.ts";

/** The chance to renew at the end of the so-many-th period, as a model or a guess has it. */
export type RetentionIn = (period: number) => number;

/** The model, if its search settled, beside the guess that retention stays what it was. */
export function compareRetention(
  parameters: SbgParameters | undefined,
  outcome: FitOutcome,
  renewals: readonly Renewals[],
  score: (retention: RetentionIn) => Accuracy | undefined,
): Pick<FitReport, "holdout" | "baselines" | "choice"> {
  const holdout = parameters && score((period) => retentionOf(parameters, period));
  const due = renewals.reduce((sum, each) => sum + each.due, 0);
  const renewed = renewals.reduce((sum, each) => sum + each.renewed, 0);
  const constant = due > 0 ? score(() => renewed / due) : undefined;
  const baselines = constant ? [{ name: "constant-retention" as const, ...constant }] : [];
  const contends = holdout && outcome.kind !== "did-not-converge";
  const models = contends ? [{ name: "sbg" as const, ...holdout }] : [];
  const name = chooseByErrors<ModelName | GuessName>(models, baselines[0]);
  return { holdout: holdout ?? null, baselines, choice: name === undefined ? null : { name } };
}

/** The chance to renew at the ends of so many periods, one after the other. */
export function chanceToRenew(retention: RetentionIn, from: number, renewals: number): number {
  let chance = 1;
  for (let period = from; period < from + renewals; period += 1) chance *= retention(period);
  return chance;
}
