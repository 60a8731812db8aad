import type { ModelName } from "../core/models/model.ts";
import { FileFault } from "../tables/file-fault.ts";
import { UsageError } from "../usage-error.ts";
import type { PeriodUnit } from "./count-periods.ts";
import { fitLedger } from "./fit-ledger.ts";
import type { FitReport } from "./fit-report.ts";
import { fitSubscriptions } from "./fit-subscriptions.ts";
import type { TypedDays } from "./looking.ts";
import { type Purchases, type ReadingOptions, readPurchases } from "./read-purchases.ts";

export interface FitOptions extends ReadingOptions, TypedDays {
  readonly model: ModelName;
  /** Of time in the parameters, weeks without it; for sbg how long a period is, months without it. */
  readonly unit?: PeriodUnit;
}

/**
 * Fits a model to a file.
 *
 * @param now in milliseconds, from any moment on.
 * @throws FileFault for a file that does not hold what the model needs, UsageError for options that make no sense.
 */
export async function fitFile(
  path: string,
  { model, unit, ...options }: FitOptions,
  now: () => number,
): Promise<FitReport> {
  if (model === "sbg") return fitSubscriptions(path, { ...options, unit: unit ?? "month" }, now);
  const { until, holdout, ...reading } = options;
  const days = { ...(until === undefined ? {} : { until }), ...(holdout === undefined ? {} : { holdout }) };
  const inUnit = unit ?? "week";
  if (inUnit !== "day" && inUnit !== "week")
    throw new UsageError(`${model} is fitted in days or weeks: say --unit day or --unit week.`);
  const purchases = await readPurchases(path, reading);
  if (model === "gamma-gamma") requireAmounts(path, purchases);
  return fitLedger(model, purchases, { ...days, unit: inUnit }, now);
}

function requireAmounts(path: string, { hasAmounts, currencies, columns }: Purchases): void {
  if (!hasAmounts)
    throw new FileFault(
      path,
      `has no amounts beside ${columns.customer} and ${columns.day}`,
      'gamma-gamma is about what customers spend: add a column "Amount", or "Quantity" and "Unit price"',
    );
  if (currencies.length > 1)
    throw new FileFault(
      path,
      `has amounts in ${currencies.slice(0, 5).join(", ")}`,
      "gamma-gamma is about what customers spend: convert all amounts to one currency, or keep the rows of one",
    );
}
