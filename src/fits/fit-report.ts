import type { BaselineName } from "../core/models/baselines.ts";
import type { Accuracy, Choice } from "../core/models/holdout.ts";
import type { FitOutcome, ModelName } from "../core/models/model.ts";

/** Parameters, or counts, by name. */
type Named = Readonly<Record<string, number>>;

/** What `portfolio fit` prints; nothing in it is `NaN` or infinite. */
export interface FitReport {
  readonly model: ModelName;
  /** Null without signal. */
  readonly parameters: Named | null;
  /** Null at a boundary too. */
  readonly standardErrors: Named | null;
  readonly logLikelihood: number | null;
  readonly customers: number;
  /** Of the fit alone. */
  readonly seconds: number;
  readonly outcome: FitOutcome;
  readonly holdout: Accuracy | null;
  readonly baselines: readonly (Accuracy & { readonly name: BaselineName })[];
  /** What people should see, of the model and the baselines; null without a holdout. */
  readonly choice: Choice | null;
  readonly file: LedgerReport | SurvivalReport;
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
  readonly notes: readonly string[];
  /** Days as `YYYY-MM-DD`: the first purchase, the last day that the model was shown, the last one of the holdout. */
  readonly from: string;
  readonly until: string;
  readonly holdoutUntil: string | null;
  readonly lastPurchase: string;
  readonly unit: "day" | "week";
  readonly repeatBuyers: number;
}

/** What was read of a survival table. */
export interface SurvivalReport {
  readonly kind: "survival";
  /** The share of all who began that is left after each period; `actual` is null after the table's last one. */
  readonly periods: readonly {
    readonly period: number;
    readonly actual: number | null;
    readonly fitted: number | null;
  }[];
}
