import type { PitchReason } from "../core/offers/offer.ts";

/** A trait as people know it: a value, or a span of sizes from `from` to below `below`. */
export interface TraitValue {
  readonly column: string;
  readonly value?: string;
  readonly from?: number;
  readonly below?: number;
}

/** Why an account has its potential, and a prospect its chance; worded only when shown. */
export type PotentialReason =
  /** What it follows from: customers with these traits, or all where there are none. `kind` names them in the snapshot. */
  | {
      readonly code: "like";
      readonly customers: number;
      readonly traits: readonly TraitValue[];
      readonly kind: string;
    }
  | PitchReason;
