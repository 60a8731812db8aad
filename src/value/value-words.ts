import type { BaselineName } from "../core/models/baselines.ts";
import type { FitOutcome } from "../core/models/model.ts";
import { currencyExponent, type Money } from "../core/money.ts";
import type { PredictorName, PurchaseModelName, ValueFit, ValueTerms } from "../core/value/value-fit.ts";
import { countOf, formatDay } from "../wording.ts";

/** An estimate for people: no more digits than it can be relied on, €41k. */
export function formatEstimate({ amount, currency }: Money): string {
  return estimateIn(currency)
    .format(amount / 10 ** currencyExponent(currency))
    .replace("K", "k");
}

/** Made once for each currency: making one takes longer than everything it ever formats in an answer. */
const formats = new Map<string, Intl.NumberFormat>();

function estimateIn(currency: string): Intl.NumberFormat {
  const known = formats.get(currency);
  if (known) return known;
  const format = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    notation: "compact",
    minimumFractionDigits: 0,
    maximumSignificantDigits: 2,
  });
  formats.set(currency, format);
  return format;
}

/** A chance in whole per cent: "12 %"; nothing that is only likely reads as certain. */
export function formatChance(chance: number): string {
  if (chance > 0 && chance < 0.01) return "<1 %";
  return chance < 1 && chance > 0.99 ? ">99 %" : `${Math.round(chance * 100)} %`;
}

/** Purchases that are expected: "3.4". */
export function formatExpected(purchases: number): string {
  return purchases > 0 && purchases < 0.05 ? "<0.1" : purchases.toFixed(1);
}

/** Tiers that differ: "C by spend, A by lifetime value". */
export function wordTiers(spendTier: string, worthTier: string): string {
  return `${spendTier} by spend, ${worthTier} by lifetime value`;
}

/** What a value is counted with: margin, discount, horizon. */
export function wordTerms({ margin, discountPercent, horizonMonths }: ValueTerms): string {
  return `${margin / 10} % margin on purchases expected in ${countOf(horizonMonths, "month")}; discounted by ${discountPercent} % a year`;
}

const modelNames: Readonly<Record<PurchaseModelName | "gamma-gamma", string>> = {
  "bg-nbd": "BG/NBD",
  "mbg-nbd": "MBG/NBD",
  "pareto-nbd": "Pareto/NBD",
  nbd: "NBD",
  "gamma-gamma": "Gamma-Gamma",
};

const baselineNames: Readonly<Record<BaselineName, string>> = {
  "same-as-calibration": "goes on as it did",
  "nobody-buys-again": "nobody buys again",
  "everybody-buys-the-mean": "everybody buys the average",
};

/** A model as it is called in publications, or a guess without a model in words. */
export function nameOf(predictor: PredictorName | "gamma-gamma"): string {
  return isModel(predictor) ? modelNames[predictor] : baselineNames[predictor];
}

/** What is expected of everybody, in a sentence. */
export function wordPredictor(predictor: PredictorName): string {
  switch (predictor) {
    case "same-as-calibration":
      return "Every account is expected to go on buying as it did.";
    case "nobody-buys-again":
      return "No account is expected to buy again.";
    case "everybody-buys-the-mean":
      return "Every account is expected to buy like the average of all.";
    case "nbd":
      return "Expected purchases follow from how often each account bought; nobody is expected to leave.";
    default:
      return "Expected purchases follow from how often and how recently each account bought, and how such accounts go on.";
  }
}

/** How what people see did where the past could tell, in a sentence that needs no statistics. */
export function wordQuality({ because, predictor, models, baselines, holdoutAfter }: ValueFit): string {
  if (because.kind === "no-signal")
    return `No model could be fitted. ${because.reason} This goes by what each account did so far.`;
  if (because.kind === "no-holdout" || holdoutAfter === undefined)
    return "There is too little history, or there are too few accounts, to try it on the past: nobody knows yet how far off it is.";
  const guess = baselines.find(({ name }) => name === "same-as-calibration")?.holdout;
  const tried = (by: number) =>
    `Tried on the time since ${formatDay(holdoutAfter)} it was off by ${off(by)} per account`;
  if (!isModel(predictor)) {
    const best = Math.min(...models.flatMap(({ holdout }) => holdout?.mae ?? []));
    if (!guess) return "";
    return `${tried(guess.mae)}${Number.isFinite(best) ? `, the best model by ${best.toFixed(2)}: no model did better` : ""}.`;
  }
  const own = models.find(({ fit }) => fit.model === predictor)?.holdout;
  if (!own) return "";
  if (!guess) return `${tried(own.mae)}.`;
  const without = `the guess that everybody goes on as before by ${guess.mae.toFixed(2)}`;
  return own.mae <= guess.mae
    ? `${tried(own.mae)}, ${without}.`
    : `${tried(own.mae)}, ${without}, but with larger misses.`;
}

function off(mae: number): string {
  return `${mae.toFixed(2)} purchases`;
}

export function isModel(
  predictor: PredictorName | "gamma-gamma",
): predictor is PurchaseModelName | "gamma-gamma" {
  return predictor in modelNames;
}

/** How a fit ended, in words; a boundary is named. */
export function wordOutcome(outcome: FitOutcome): string {
  switch (outcome.kind) {
    case "converged":
      return "fits";
    case "boundary":
      return `at a boundary: ${outcome.meaning}`;
    case "did-not-converge":
      return `did not converge: ${outcome.reason}`;
    case "no-signal":
      return `not fitted: ${outcome.reason}`;
  }
}

/** "€12k to €80k". */
export function formatRange(
  { low, high }: { readonly low: number; readonly high: number },
  currency: string,
) {
  return `${formatEstimate({ amount: low, currency })} to ${formatEstimate({ amount: high, currency })}`;
}
