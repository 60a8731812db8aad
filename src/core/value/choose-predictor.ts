import { type Accuracy, chooseByErrors } from "../models/holdout.ts";
import type { FitOutcome } from "../models/model.ts";
import { isUsable } from "./fit-models.ts";
import type { PredictorName, PurchaseFit, TellingModelName, ValueFit } from "./value-fit.ts";

/** A model as fitted to everything, and as it was judged. */
export interface Contender {
  readonly fit: PurchaseFit;
  /** As fitted to the time before the holdout alone. */
  readonly before: PurchaseFit | undefined;
  readonly holdout: Accuracy | undefined;
}

/**
 * What people are shown. A model contends where both its fits are usable, and of the baselines only "same as calibration",
 * by both its errors. That nobody buys again errs least on average wherever most accounts do not, as the median is what an
 * absolute error favours: but then every account is worth nothing. That everybody buys the mean tells no account
 * from another. Both are there to be compared with. Where no model could be judged, as when nobody had bought again before
 * the holdout, it is as if there had been none.
 */
export function choosePredictor(
  contenders: readonly Contender[],
  guess: Accuracy | undefined,
): Pick<ValueFit, "predictor" | "because"> {
  const usable = contenders.filter(({ fit }) => isUsable(fit));
  const judged = usable.flatMap(({ fit, before, holdout }) =>
    before && isUsable(before) && holdout ? [{ name: fit.model, ...holdout }] : [],
  );
  if (judged.length > 0 && guess) {
    const name = "same-as-calibration";
    const predictor = chooseByErrors<PredictorName>(judged, { name, ...guess }) ?? name;
    return { predictor, because: { kind: "best-in-holdout" } };
  }
  const likeliest = highest(usable, ({ fit }) => informationOf(fit));
  if (likeliest) return { predictor: likeliest.fit.model, because: { kind: "no-holdout" } };
  return { predictor: "same-as-calibration", because: { kind: "no-signal", reason: silence(contenders) } };
}

/** The better judge of who is still there, by the holdout, or else by likelihood. */
export function chooseTeller(contenders: readonly Contender[]): TellingModelName | undefined {
  const telling = contenders.flatMap(({ fit, holdout }) =>
    (fit.model === "mbg-nbd" || fit.model === "pareto-nbd") && fit.outcome.kind === "converged"
      ? [{ name: fit.model, fit, mae: holdout?.mae }]
      : [],
  );
  const judged = telling.filter(({ mae }) => mae !== undefined);
  const best = judged.length > 0 ? highest(judged, ({ mae = 0 }) => -mae) : undefined;
  return (best ?? highest(telling, ({ fit }) => informationOf(fit)))?.name;
}

/** Log-likelihood less one for every parameter (Akaike 1974): more parameters fit anything better. */
function informationOf({ logLikelihood, parameters }: PurchaseFit): number {
  return (logLikelihood ?? Number.NEGATIVE_INFINITY) - Object.keys(parameters ?? {}).length;
}

/** Why the simplest model, which is the last to fail, could not be fitted. */
function silence(contenders: readonly Contender[]): string {
  const simplest = contenders.find(({ fit }) => fit.model === "nbd");
  return simplest ? sentenceOf(simplest.fit.outcome) : "";
}

function sentenceOf(outcome: FitOutcome): string {
  if (outcome.kind === "converged") return "";
  if (outcome.kind !== "boundary") return outcome.reason;
  return `${outcome.meaning.charAt(0).toUpperCase()}${outcome.meaning.slice(1)}.`;
}

/** The first of those with the highest score. */
function highest<Item>(items: readonly Item[], score: (item: Item) => number): Item | undefined {
  return items.reduce<Item | undefined>(
    (best, each) => (best === undefined || score(each) > score(best) ? each : best),
    undefined,
  );
}
