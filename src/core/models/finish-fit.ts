import type { Climb } from "./fit-starts.ts";
import type { Maximum } from "./maximise.ts";
import type { Fit, FitOutcome, Histories, ModelName } from "./model.ts";
import { standardErrors } from "./standard-errors.ts";

interface Climbed<Parameters> {
  readonly model: ModelName;
  readonly histories: Pick<Histories, "total">;
  readonly climb: Climb;
  readonly parametersOf: (values: Float64Array) => Parameters;
  readonly boundary: FitOutcome | undefined;
}

/** A fit of nothing. */
export function withoutSignal(
  model: ModelName,
  { total }: Pick<Histories, "total">,
  outcome: FitOutcome,
): Fit<never> {
  return {
    model,
    ...{ parameters: undefined, standardErrors: undefined, logLikelihood: undefined },
    customers: total,
    outcome,
  };
}

/** What a maximum says; a boundary counts before convergence, as a climb towards one may end anywhere. */
export function finishFit<Parameters extends object>(climbed: Climbed<Parameters>): Fit<Parameters> {
  const { model, histories, climb, parametersOf, boundary } = climbed;
  const outcome = boundary ?? convergenceOf(climb);
  const errors = outcome.kind === "converged" ? standardErrors(climb.x, climb.likelihood) : undefined;
  return {
    model,
    parameters: parametersOf(climb.x),
    standardErrors: errors && parametersOf(errors),
    logLikelihood: climb.value,
    customers: histories.total,
    outcome,
  };
}

/** Whether a climb came to its top. */
export function convergenceOf({ isConverged, iterations }: Maximum): FitOutcome {
  if (isConverged) return { kind: "converged" };
  return { kind: "did-not-converge", reason: `The likelihood was still rising after ${iterations} steps.` };
}
