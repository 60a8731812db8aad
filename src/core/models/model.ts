/**
 * How often a customer bought again, up to a day on which looking ended. All three are in the unit of the fit (days or
 * weeks) and count from the first purchase, which is not one of the repeats; purchases of one day are one.
 */
export interface History {
  /** Repeat purchases, `x`. */
  readonly frequency: number;
  /** When the last repeat was, `tx`; 0 without one. */
  readonly recency: number;
  /** How long the customer was looked at, `T`; at least the recency. */
  readonly age: number;
}

/** Equal histories as one, with how many customers have it: what likelihoods sum over. */
export interface Histories {
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  readonly customers: Float64Array;
  /** Sum of `customers`. */
  readonly total: number;
}

/** How a fit ended. */
export type FitOutcome =
  | { readonly kind: "converged" }
  /** The likelihood rises towards an edge where a simpler model holds, which is named: "no customer ever leaves". */
  | { readonly kind: "boundary"; readonly parameter: string; readonly meaning: string }
  | { readonly kind: "did-not-converge"; readonly reason: string }
  /** Too little data for any parameter: fewer than two customers, or nobody bought again. */
  | { readonly kind: "no-signal"; readonly reason: string };

/** What a fit found; parameters are finite whatever the outcome, and undefined without signal. */
export interface Fit<Parameters extends object> {
  readonly model: ModelName;
  readonly parameters: Parameters | undefined;
  /** From the inverse of the observed information; undefined unless the search converged, and on a ridge. */
  readonly standardErrors: Parameters | undefined;
  readonly logLikelihood: number | undefined;
  readonly customers: number;
  readonly outcome: FitOutcome;
}

export const modelNames = ["bg-nbd", "mbg-nbd", "pareto-nbd", "nbd", "gamma-gamma", "sbg"] as const;
export type ModelName = (typeof modelNames)[number];

/** Predicts how often one customer buys again. */
export interface TransactionModel {
  /** Expected purchases in the `duration` after what was seen. */
  expected(history: History, duration: number): number;
  /** The chance that the customer has not left. */
  alive(history: History): number;
  /** Purchases expected in the `duration` if the customer has not left: when the last one was does not matter then. */
  expectedIfAlive(history: Pick<History, "frequency" | "age">, duration: number): number;
}
