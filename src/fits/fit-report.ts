import type { BaselineName } from "../core/models/baselines.ts";
import type { Accuracy } from "../core/models/holdout.ts";
import type { FitOutcome, ModelName } from "../core/models/model.ts";
import type { PeriodUnit } from "./count-periods.ts";

/** Parameters, or counts, by name. */
export type Named = Readonly<Record<string, number>>;

/** Guesses that take no model: how often customers buy, and for sbg that retention stays as it was. */
export type GuessName = BaselineName | "constant-retention";

/** What a search found, by names; nothing in it is `NaN` or infinite. */
export interface FittedModel {
  readonly model: ModelName;
  /** Null without signal. */
  readonly parameters: Named | null;
  /** Null unless the search converged. */
  readonly standardErrors: Named | null;
  readonly logLikelihood: number | null;
  readonly customers: number;
  readonly outcome: FitOutcome;
  readonly holdout: Accuracy | null;
}

/** What `portfolio fit` prints. */
export interface FitReport extends FittedModel {
  /** Of the fit alone. */
  readonly seconds: number;
  readonly baselines: readonly (Accuracy & { readonly name: GuessName })[];
  /** The simpler model, the NBD, where a model came to a boundary or did not converge; null elsewhere. */
  readonly fallback: FittedModel | null;
  /** What people should see, of the model, its fallback and the guess that tells customers apart; null without a holdout. */
  readonly choice: { readonly name: ModelName | GuessName } | null;
  /** What people should know about the data, in whole sentences. */
  readonly notes: readonly string[];
  readonly file: LedgerReport | SurvivalReport | LifetimesReport;
}

/** What was read of a ledger. */
export interface LedgerReport {
  readonly kind: "ledger";
  readonly rows: number;
  readonly purchases: number;
  /** Rows that are no purchases, by reason. */
  readonly dropped: Named;
  /** Which column was read as what. */
  readonly columns: Readonly<Record<string, string>>;
  /** Days as `YYYY-MM-DD`: the first purchase, the last day that the model was shown, the last one of the holdout. */
  readonly from: string;
  readonly until: string;
  readonly holdoutUntil: string | null;
  readonly lastPurchase: string;
  readonly unit: "day" | "week";
  readonly repeatBuyers: number;
}

/** The share of all who began that is left after each period. */
export interface SurvivalPeriod {
  readonly period: number;
  /** Null after what the file knows. */
  readonly actual: number | null;
  readonly fitted: number | null;
}

/** What was read of a survival table. */
export interface SurvivalReport {
  readonly kind: "survival";
  readonly periods: readonly SurvivalPeriod[];
  /** The last period that the model was shown, and the last one of the holdout. */
  readonly until: number;
  readonly holdoutUntil: number | null;
}

/** What was read of subscriptions. */
export interface LifetimesReport {
  readonly kind: "lifetimes";
  readonly rows: number;
  readonly subscriptions: number;
  /** Rows that are no subscriptions, by reason. */
  readonly dropped: Named;
  readonly columns: Readonly<Record<string, string>>;
  readonly periods: readonly SurvivalPeriod[];
  readonly unit: PeriodUnit;
  /** Days as `YYYY-MM-DD`, of a file that has days: the last one that the model was shown, and the last one of the holdout. */
  readonly until: string | null;
  readonly holdoutUntil: string | null;
}
