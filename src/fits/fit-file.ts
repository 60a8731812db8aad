import type { ModelName } from "../core/models/model.ts";
import { FileFault } from "../tables/file-fault.ts";
import { UsageError } from "../usage-error.ts";
import { fitLedger } from "./fit-ledger.ts";
import type { FitReport } from "./fit-report.ts";
import { fitSurvival } from "./fit-survival.ts";
import type { TypedLooking } from "./looking.ts";
import { type Purchases, type ReadingOptions, readPurchases } from "./read-purchases.ts";
import { readSurvival } from "./read-survival.ts";

export interface FitOptions extends ReadingOptions, TypedLooking {
  readonly model: ModelName;
}

/**
 * Fits a model to a file.
 *
 * @param now in milliseconds, from any moment on.
 * @throws FileFault for a file that does not hold what the model needs, UsageError for days that make no sense.
 */
export async function fitFile(
  path: string,
  { model, until, holdout, unit, ...reading }: FitOptions,
  now: () => number,
): Promise<FitReport> {
  if (model !== "sbg") {
    const purchases = await readPurchases(path, reading);
    if (model === "gamma-gamma") requireAmounts(path, purchases);
    const looking = {
      unit,
      ...(until === undefined ? {} : { until }),
      ...(holdout === undefined ? {} : { holdout }),
    };
    return fitLedger(model, purchases, looking, now);
  }
  if (until !== undefined || holdout !== undefined)
    throw new UsageError("sbg is fitted to periods and not to days: leave out --until and --holdout.");
  return fitSurvival(await readSurvival(path, reading), now);
}

function requireAmounts(path: string, { hasAmounts, columns }: Purchases): void {
  if (hasAmounts) return;
  throw new FileFault(
    path,
    `has no amounts beside ${columns.customer} and ${columns.day}`,
    'gamma-gamma is about what customers spend: add a column "Amount", or "Quantity" and "Unit price"',
  );
}
