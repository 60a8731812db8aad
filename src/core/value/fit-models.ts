import { fitBgNbd } from "../models/bg-nbd.ts";
import { collapse } from "../models/histories.ts";
import { fitMbgNbd } from "../models/mbg-nbd.ts";
import { fitNbd } from "../models/nbd.ts";
import { fitParetoNbd } from "../models/pareto-nbd.ts";
import { daysPerWeek, type HistoryColumns } from "./history-columns.ts";
import type { PurchaseFit } from "./value-fit.ts";

/** Every model of how often accounts buy again, in the order in which they are shown. */
export function fitModels({ frequency, recencyDays, ageDays }: HistoryColumns): readonly PurchaseFit[] {
  const histories = collapse(frequency, recencyDays, ageDays, daysPerWeek);
  return [
    { ...fitBgNbd(histories), model: "bg-nbd" },
    { ...fitMbgNbd(histories), model: "mbg-nbd" },
    { ...fitParetoNbd(histories), model: "pareto-nbd" },
    { ...fitNbd(histories), model: "nbd" },
  ];
}

/**
 * Whether people may be shown what a model expects. At a boundary a simpler one holds, which is among the models: all come
 * down to the NBD. Only that has none below it; at its upper end, where everybody buys at one rate, it is as good as there.
 */
export function isUsable({ outcome, ...fit }: PurchaseFit): boolean {
  if (outcome.kind === "converged") return true;
  return outcome.kind === "boundary" && fit.model === "nbd" && (fit.parameters?.r ?? 0) > 1;
}
