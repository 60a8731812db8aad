import { z } from "zod";
import { defaultSettings } from "../core/settings.ts";
import type { SalesBasis } from "./sales.ts";

const rateSpan = z.object({
  currency: z.string(),
  from: z.string(),
  before: z.string(),
  multiply: z.string(),
  divide: z.string(),
});

/** What a snapshot was computed with, so that it can be computed again; `settings_version` says who decided it. */
export const snapshotParameters = z.object({
  measure: z.literal("spend"),
  cuts: z.object({ A: z.number(), B: z.number(), C: z.number() }),
  windowMonths: z.number(),
  /** Older snapshots do not name what has since become a setting. */
  compareDays: z.number().default(defaultSettings.compareDays),
  /** The last day of the earlier window. */
  previousUntil: z.string(),
  fiscalYearStart: z.number().default(defaultSettings.fiscalYearStart),
  revenue: z.enum(["net", "gross"]).default("net"),
  basisDays: z.number().default(defaultSettings.basisDays),
  rates: z.array(rateSpan).default([]),
  definitionsVersion: z.number(),
});
export type SnapshotParameters = z.output<typeof snapshotParameters>;

/** How the snapshot turned facts into money. */
export function basisOf(
  currency: string,
  { revenue, basisDays, rates }: Pick<SnapshotParameters, "revenue" | "basisDays" | "rates">,
): SalesBasis {
  return { currency, revenue, basisDays, rates };
}
