import { createLeavingModel, fitLeaving, type LeavingModel } from "./leaving-models.ts";
import type { Fit, Histories } from "./model.ts";
import type { CountModel } from "./nbd.ts";
import type { LeavingParameters } from "./purchase-counts.ts";

const bg: LeavingModel = { model: "bg-nbd", firstLeaves: 0 };

/**
 * The BG/NBD (Fader, Hardie & Lee 2005): customers may leave at each repeat purchase, never at the first one. Whoever did
 * not buy again is therefore alive for certain: never use it to say who has gone quiet.
 */
export function fitBgNbd(histories: Histories): Fit<LeavingParameters> {
  return fitLeaving(bg, histories);
}

export function bgNbd(parameters: LeavingParameters): CountModel {
  return createLeavingModel(bg, parameters);
}
