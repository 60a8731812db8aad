/** What is known of deals before they end, a column each; every column has as many places as there are deals. */
export type Feature = NumberFeature | CategoryFeature;

export interface NumberFeature {
  readonly kind: "number";
  readonly name: string;
  /** NaN where it is not known. */
  readonly values: Float64Array;
}

export interface CategoryFeature {
  readonly kind: "category";
  readonly name: string;
  readonly levels: readonly string[];
  /** The place of a deal's level, or -1 where it is not known. */
  readonly codes: Int32Array;
}

/** Deals, or whatever else ends in one of two ways, before their end. */
export interface WinTable {
  readonly rows: number;
  readonly features: readonly Feature[];
}

/** How each deal of a table ended, and when it began. */
export interface Outcomes {
  /** 1 where it was won, 0 where not. */
  readonly won: Uint8Array;
  /** When what is known of it was known, such as the day it was created, in any unit that rises with time; NaN where that is not known. */
  readonly at?: Float64Array;
}

/** Why a column has no say. */
export type Exclusion =
  /** Every deal has the same. */
  | { readonly code: "constant" }
  /** Hardly any deal has one. */
  | { readonly code: "empty"; readonly filled: number }
  /** Nearly every deal has another one: a number of the row, a name. */
  | { readonly code: "identifier" }
  | { readonly code: "free-text" }
  /** Its name says that it is known only after the end. */
  | { readonly code: "leak-by-name"; readonly word: string }
  /** Alone it tells the end better than anything that is known beforehand does: by its value, or by being filled at all. */
  | { readonly code: "leak-by-evidence"; readonly by: "value" | "filled"; readonly auc: number }
  /** It is the outcome, or the time, itself or under another name. */
  | { readonly code: "outcome" }
  | { readonly code: "time" };

export interface ExcludedFeature {
  readonly feature: string;
  readonly why: Exclusion;
}
