import type { OutlookMethod } from "../core/outlook/outlook-input.ts";
import { parameterDraws, runs } from "../core/outlook/paths.ts";
import type { SimulatedOutlook } from "../core/outlook/simulate-outlook.ts";
import type { PurchaseModelName, ValueFit } from "../core/value/value-fit.ts";
import type { OutlookBasis } from "../store/outlook.ts";
import { explainModels } from "../value/model-words.ts";
import { isModel, nameOf, wordQuality } from "../value/value-words.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";
import { acquisitionRule } from "./acquisition-words.ts";

/** How the figures came about, how far they can be trusted, and what they leave out. */
export function methodNotes(
  { method, acquisition }: Pick<SimulatedOutlook, "method" | "acquisition">,
  fit: ValueFit,
  basis: OutlookBasis,
): readonly string[] {
  const newcomers = acquisition ? " Newcomers buy first what the newest of them bought first." : "";
  return [
    `${wordMethod(method)}${newcomers} Ranges hold in four of five cases; seasons and a changed market are not foreseen.`,
    `${wordQuality(fit)}${wordTotal(method, fit)}`,
    ...(method.kind === "model" && cannotTell(fit)
      ? [
          `Lifetime values go by "${nameOf(fit.predictor)}", which was nearer per account; it cannot say who leaves, so leaving and buying are those of the ${nameOf(method.model)} model here.`,
        ]
      : []),
    ...(basis.accounts.length < basis.totals.customers
      ? [
          `Of ${countOf(basis.totals.customers, "account")}, those of largest value are looked at one by one, and some drawn by lot for the others: ${formatCount(basis.accounts.length)} together.`,
        ]
      : []),
  ];
}

/** In the NBD nobody leaves. */
function cannotTell({ predictor }: ValueFit): boolean {
  return !isModel(predictor) || predictor === "nbd";
}

function wordMethod(method: OutlookMethod): string {
  if (method.kind === "model")
    return `Every account's future was drawn ${runs} times from how often and how recently it bought and how such accounts go on.`;
  const { boughtBefore, boughtAgain } = method;
  return `No model can tell who leaves, so this takes the plain rate: of ${countOf(boughtBefore, "account")} that bought in the twelve months before, ${formatCount(boughtAgain)} bought in the last twelve again. Who bought in those counts as a customer and goes on so until it leaves.`;
}

/** How all purchases together came out: what an outlook hangs on more than on single accounts. */
function wordTotal(method: OutlookMethod, { models, holdoutAfter }: ValueFit): string {
  if (method.kind !== "model" || holdoutAfter === undefined) return "";
  const holdout = models.find(({ fit }) => fit.model === method.model)?.holdout;
  if (!holdout) return "";
  return ` Since ${formatDay(holdoutAfter)} it expected ${formatCount(Math.round(holdout.predicted))} purchases in all, and ${formatCount(Math.round(holdout.actual))} came; as far as it was off, the ranges are wider.`;
}

/** What stands behind Explain. */
export function explainFacts({ method, seed }: SimulatedOutlook, fit: ValueFit) {
  return [
    {
      label: "Who leaves",
      value: method.kind === "model" ? `${nameOf(method.model)} model` : "plain yearly retention",
    },
    { label: "Who is new", value: acquisitionRule },
    { label: "Runs", value: `${runs} under ${parameterDraws} draws of the parameters, seed "${seed}"` },
    { label: "Intervals", value: "the middle 80 % of the runs around their median" },
    ...(method.kind === "model"
      ? explainModels({ ...fit, models: usedModels(method.model, fit) }).map((value) => ({
          label: "Model",
          value,
        }))
      : []),
    ...usedModels(method.kind === "model" ? method.model : undefined, fit).map((used) => ({
      label: "Parameters",
      value: wordParameters(used.fit.parameters, used.fit.standardErrors),
    })),
  ];
}

function usedModels(model: PurchaseModelName | undefined, { models }: ValueFit) {
  return models.filter(({ fit }) => fit.model === model);
}

/** "r 0.525 ± 0.047, alpha 6.18 ± 0.61, …". */
function wordParameters(parameters: object | undefined, standardErrors: object | undefined): string {
  const errors: Readonly<Record<string, number>> = { ...standardErrors };
  return Object.entries({ ...parameters })
    .map(([name, value]) => {
      const error = errors[name];
      return `${name} ${Number(value).toPrecision(3)}${error === undefined ? "" : ` ± ${error.toPrecision(2)}`}`;
    })
    .join(", ");
}
