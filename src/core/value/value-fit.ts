import type { Day } from "../calendar.ts";
import type { BaselineName, Seen } from "../models/baselines.ts";
import type { ParetoNbdParameters } from "../models/dropout-integrals.ts";
import type { GammaGammaParameters } from "../models/gamma-gamma.ts";
import type { Accuracy } from "../models/holdout.ts";
import type { Fit } from "../models/model.ts";
import type { LeavingParameters, NbdParameters } from "../models/purchase-counts.ts";

/** Raised whenever the same data would be fitted, or an account be valued, otherwise than before. */
export const valueDefinitions = 1;

/** Models of how often accounts buy again; times are in weeks of seven days. */
export type PurchaseFit =
  | (Fit<LeavingParameters> & { readonly model: "bg-nbd" | "mbg-nbd" })
  | (Fit<ParetoNbdParameters> & { readonly model: "pareto-nbd" })
  | (Fit<NbdParameters> & { readonly model: "nbd" });
export type PurchaseModelName = PurchaseFit["model"];

/** What expects purchases of an account: a model, or a guess that needs none. */
export type PredictorName = PurchaseModelName | BaselineName;

/** Models that can tell whether an account that bought only once has left; the BG/NBD cannot, and in the NBD nobody leaves. */
export type TellingModelName = "mbg-nbd" | "pareto-nbd";

/** A model as fitted to everything, and how it did where it was fitted to the time before the holdout alone. */
export interface JudgedModel {
  readonly fit: PurchaseFit;
  /** Undefined where there was no holdout, or the model had nothing to say about it. */
  readonly holdout: Accuracy | undefined;
  /** Whether a simpler model holds in its place for the time before the holdout: then it is not shown, however near it came. */
  readonly gaveWay: boolean;
}

/** Everything that lifetime values of a portfolio follow from, beside each account's own history. */
export interface ValueFit {
  /** `valueDefinitions` of the program that fitted it. */
  readonly definitions: number;
  /** The first and the last day of what was fitted to. */
  readonly firstDay: Day;
  readonly asOf: Day;
  /** The holdout is everything after this day; undefined where there is too little time or too few accounts for one. */
  readonly holdoutAfter: Day | undefined;
  /** Accounts that ever bought. */
  readonly customers: number;
  readonly models: readonly JudgedModel[];
  readonly baselines: readonly { readonly name: BaselineName; readonly holdout: Accuracy | undefined }[];
  /** What users see: the nearest in the holdout (`chooseByErrors`), "same as calibration" included. */
  readonly predictor: PredictorName;
  /** Why it is that one. */
  readonly because:
    | { readonly kind: "best-in-holdout" }
    /** Nothing could be judged by a holdout, so that the likeliest model is trusted. */
    | { readonly kind: "no-holdout" }
    /** Nothing could be fitted: every account goes on as it did. */
    | { readonly kind: "no-signal"; readonly reason: string };
  /** The one that says who is still there; undefined where none of them can tell. */
  readonly teller: TellingModelName | undefined;
  /** How much is bought at a time, in minor units. */
  readonly spend: Fit<GammaGammaParameters>;
  /** The mean amount of a purchase, in minor units: for accounts of which nothing better is known. */
  readonly meanPurchase: number;
  readonly seen: Seen;
}

/** How expected purchases become money of today. */
export interface ValueTerms {
  /** Thousandths of a sale that are margin. */
  readonly margin: number;
  readonly discountPercent: number;
  readonly horizonMonths: number;
}

/** What one account did, as a standing has it. Money in minor units. */
export interface AccountHistory {
  readonly purchaseDays: number;
  readonly firstOn: Day;
  readonly lastOn: Day;
  /** What was bought after the first day, net. */
  readonly repeatMinor: number;
}

/** What is expected of one account from the snapshot's day on. */
export interface AccountValue {
  /** The chance that it is still a customer; undefined where no model can tell. */
  readonly alive: number | undefined;
  /** Days with a purchase in the next twelve months. */
  readonly expected: number;
  /** Discounted margin within the horizon, in minor units. */
  readonly worthMinor: number;
}
