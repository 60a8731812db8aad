import type { Fit } from "../core/models/model.ts";
import type { FittedModel, Named } from "./fit-report.ts";

/** A fit as JSON has it, without a holdout. */
export function reportFit({ parameters, standardErrors, logLikelihood, ...fit }: Fit<Named>): FittedModel {
  return {
    ...fit,
    ...{ parameters: parameters ?? null, standardErrors: standardErrors ?? null },
    ...{ logLikelihood: logLikelihood ?? null, holdout: null },
  };
}
