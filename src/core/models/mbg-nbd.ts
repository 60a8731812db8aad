import { createLeavingModel, fitLeaving, type LeavingModel } from "./leaving-models.ts";
import type { Fit, Histories } from "./model.ts";
import type { CountModel } from "./nbd.ts";
import type { LeavingParameters } from "./purchase-counts.ts";

const mbg: LeavingModel = { model: "mbg-nbd", firstLeaves: 1 };

/**
 * The MBG/NBD (Batislam, Denizel & Filiztekin 2007; Hoppe & Wagner 2007): customers may leave at every purchase, the first
 * one included.
 */
export function fitMbgNbd(histories: Histories): Fit<LeavingParameters> {
  return fitLeaving(mbg, histories);
}

export function mbgNbd(parameters: LeavingParameters): CountModel {
  return createLeavingModel(mbg, parameters);
}
