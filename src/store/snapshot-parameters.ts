import { z } from "zod";
import { defaultSettings } from "../core/settings.ts";
import { tiers } from "../core/tiers.ts";
import { potentialParameters } from "./potential-basis.ts";
import type { SalesBasis } from "./sales.ts";

const rateSpan = z.object({
  currency: z.string(),
  from: z.string(),
  before: z.string(),
  multiply: z.string(),
  divide: z.string(),
});

const driftFigures = z.object({ accounts: z.number(), expected: z.number(), actual: z.number() });

/** What the values of a snapshot follow from, beside the fit that it names. */
const valueParameters = z.object({
  /** The snapshot in which the fit was made. */
  fittedIn: z.number(),
  terms: z.object({ margin: z.number(), discountPercent: z.number(), horizonMonths: z.number() }),
  quietBelowPercent: z.number(),
  drift: z
    .object({
      since: z.string(),
      all: driftFigures,
      tiers: z.array(driftFigures.extend({ tier: z.enum(tiers) })),
    })
    .optional(),
});

/** Definitions that differ from those of the snapshot before, and how many accounts that put into another tier. */
const redefined = z.object({ changed: z.array(z.string()), moves: z.number() });
export type Redefined = z.output<typeof redefined>;

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
  /** Not in older snapshots. */
  value: valueParameters.optional(),
  /** Not in older snapshots, nor where nobody bought in the last twelve months. */
  potential: potentialParameters.optional(),
  redefined: redefined.optional(),
  /** Where not all deals that ended are kept: the day from which on they are. */
  dealsSince: z.string().optional(),
});
export type SnapshotParameters = z.output<typeof snapshotParameters>;
export type ValueParameters = z.output<typeof valueParameters>;

/** How the snapshot turned facts into money. */
export function basisOf(
  currency: string,
  { revenue, basisDays, rates }: Pick<SnapshotParameters, "revenue" | "basisDays" | "rates">,
): SalesBasis {
  return { currency, revenue, basisDays, rates };
}
