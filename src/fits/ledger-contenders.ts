import { type BaselineName, baselineNames, createBaselines, type Seen } from "../core/models/baselines.ts";
import type { CustomerHistories } from "../core/models/histories.ts";
import { chooseByErrors, heldOutOf, scoreHoldout } from "../core/models/holdout.ts";
import type { ModelName } from "../core/models/model.ts";
import type { FitReport, FittedModel } from "./fit-report.ts";
import { type Fitted, ledgerModels } from "./ledger-models.ts";
import type { Looking } from "./looking.ts";
import { reportFit } from "./report-fit.ts";

const daysPer = { day: 1, week: 7 } as const;

/** A model, what it falls back to and what takes no model, each with how it did in the holdout, if there is one. */
export function compareInHoldout(
  fitted: Fitted,
  histories: CustomerHistories,
  looking: Looking,
): Pick<FitReport, "holdout" | "baselines" | "fallback" | "choice"> {
  const fallback = fallbackOf(fitted, histories);
  const { until, end, unit } = looking;
  // What customers spend says nothing about how often they buy.
  if (end === undefined || fitted.fit.model === "gamma-gamma")
    return {
      holdout: null,
      baselines: [],
      fallback: fallback ? reportFit(fallback.fit) : null,
      choice: null,
    };
  const duration = (end - until) / daysPer[unit];
  const heldOut = heldOutOf(histories);
  const score = ({ model }: Fitted) =>
    (model && scoreHoldout(heldOut, (history) => model.expected(history, duration))) ?? null;
  const guesses = createBaselines(seenIn(histories, unit), duration);
  const baselines = baselineNames.flatMap((name) => {
    const accuracy = scoreHoldout(heldOut, guesses[name]);
    return accuracy ? [{ name, ...accuracy }] : [];
  });
  const models = [
    ...(fallback ? [{ ...reportFit(fallback.fit), holdout: score(fallback) }] : []),
    { ...reportFit(fitted.fit), holdout: score(fitted) },
  ];
  const contenders = models
    .filter(contends)
    .flatMap(({ model, holdout }) => (holdout ? [{ name: model, ...holdout }] : []));
  const seen = chooseByErrors<ModelName | BaselineName>(
    contenders,
    baselines.find(({ name }) => name === "same-as-calibration"),
  );
  return {
    ...{ holdout: models.at(-1)?.holdout ?? null, baselines },
    fallback: (fallback && models[0]) ?? null,
    choice: seen === undefined ? null : { name: seen },
  };
}

/** Where leaving was not seen, or no search settled on it, the NBD holds, in which nobody leaves. */
function fallbackOf({ fit }: Fitted, histories: CustomerHistories): Fitted | undefined {
  const isSettled = fit.outcome.kind === "converged" || fit.outcome.kind === "no-signal";
  const isSimplest = fit.model === "nbd" || fit.model === "gamma-gamma";
  return isSettled || isSimplest ? undefined : ledgerModels.nbd(histories);
}

/**
 * As in the product: parameters that no search settled on are not to be seen, however near they came this once, nor those at
 * a boundary, where the simpler model holds. Only the NBD has none below it: where everybody buys at one rate it is as good.
 */
function contends({ model, outcome, parameters }: FittedModel): boolean {
  if (outcome.kind === "converged") return true;
  return outcome.kind === "boundary" && model === "nbd" && (parameters?.r ?? 0) > 1;
}

/** Both the first and the last day count: three days are three, though only two lie between them. */
function seenIn({ age, frequency }: CustomerHistories, unit: Looking["unit"]): Seen {
  const oldest = age.reduce((most, each) => Math.max(most, each), 0);
  const purchases = frequency.reduce((sum, each) => sum + each, 0);
  return { span: oldest + 1 / daysPer[unit], purchases, customers: frequency.length };
}
