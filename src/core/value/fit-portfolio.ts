import type { Day } from "../calendar.ts";
import { baselineNames } from "../models/baselines.ts";
import { fitGammaGamma, type GammaGammaParameters } from "../models/gamma-gamma.ts";
import type { Fit } from "../models/model.ts";
import { choosePredictor, chooseTeller } from "./choose-predictor.ts";
import { fitModels, isUsable } from "./fit-models.ts";
import { type SpendColumns, seenIn } from "./history-columns.ts";
import { judgeModels, type ShownBefore } from "./judge-models.ts";
import { type ValueFit, valueDefinitions } from "./value-fit.ts";

/** All accounts that ever bought, and how they stood when the holdout began. */
export interface PortfolioHistories {
  readonly asOf: Day;
  /** Of the first purchase of all; the as-of day where nobody ever bought. */
  readonly firstDay: Day;
  readonly all: SpendColumns;
  /** Undefined where there is no holdout: see `holdoutAfter`. */
  readonly before?: ShownBefore;
  /** The mean amount of a purchase, in minor units. */
  readonly meanPurchase: number;
}

/** Of fewer accounts, chance decides which model errs least. */
const leastHeldOutAccounts = 10;

/**
 * Fits every model to all accounts, and once more to what was known before the holdout, by which they are judged beside
 * guesses that take no model. Any number of accounts gives a fit, and nothing in it is `NaN`.
 */
export function fitPortfolio({ asOf, firstDay, all, before, meanPurchase }: PortfolioHistories): ValueFit {
  const shown = before && before.frequency.length >= leastHeldOutAccounts ? before : undefined;
  const trial = shown && judgeModels(shown, firstDay, asOf);
  const contenders = fitModels(all).map((fit) => {
    const judged = trial?.models.find((each) => each.fit.model === fit.model);
    return { fit, before: judged?.fit, holdout: judged?.holdout };
  });
  const baselines = trial?.baselines ?? baselineNames.map((name) => ({ name, holdout: undefined }));
  const guess = baselines.find(({ name }) => name === "same-as-calibration")?.holdout;
  return {
    ...{ definitions: valueDefinitions, firstDay, asOf, holdoutAfter: shown?.after },
    customers: all.frequency.length,
    models: contenders.map(({ fit, before: own, holdout }) => ({
      ...{ fit, holdout, gaveWay: own !== undefined && !isUsable(own) },
    })),
    baselines,
    ...choosePredictor(contenders, guess),
    teller: chooseTeller(contenders),
    spend: fitSpend(all),
    meanPurchase: Number.isFinite(meanPurchase) ? meanPurchase : 0,
    seen: seenIn(all, firstDay, asOf),
  };
}

function fitSpend({ frequency, repeatMinor }: SpendColumns): Fit<GammaGammaParameters> {
  const meanAmount = repeatMinor.map((amount, account) => amount / Math.max(1, frequency[account] ?? 0));
  return fitGammaGamma({ frequency, meanAmount, customers: new Float64Array(frequency.length).fill(1) });
}
