import { z } from "zod";
import { type Day, daysBetween } from "../core/calendar.ts";
import type { Tier } from "../core/tiers.ts";
import { featuresOf, knownTo } from "../core/win/known-to.ts";
import { textColumn } from "../core/win/text-column.ts";
import type { WinModel } from "../core/win/win-model.ts";
import type { WinTable } from "../core/win/win-table.ts";
import { prospectTier } from "./read-deals.ts";
import { optional } from "./sql.ts";
import { storedReading } from "./stored-reading.ts";

/** What is known of an account before there is a deal with it. */
export const describedAccount = z.object({
  industry: optional(z.string()),
  region: optional(z.string()),
  custom: z.record(z.string(), z.unknown()),
});

/** A deal that there could be. */
export interface PossibleDeal extends Readonly<z.output<typeof describedAccount>> {
  /** Of the account; undefined for a prospect. */
  readonly tier?: Tier | undefined;
  readonly product?: string | undefined;
  /** In major units, as it would be written. */
  readonly amount?: string | undefined;
}

/**
 * Deals that there could be as the rows of a table for a model of those there were, as if each began on a day. What is not known of
 * them, such as whatever else is written of deals, is unknown to the model too.
 */
export function possibleDeals(model: WinModel, deals: readonly PossibleDeal[], asOf: Day): WinTable {
  const columns = featuresOf(model).map(({ name }) =>
    textColumn(
      name,
      deals.map((deal) => textOf(deal, name)),
    ),
  );
  const from = new Float64Array(deals.length).fill(daysBetween("1970-01-01", asOf));
  return knownTo(model, { columns, rows: Int32Array.from(deals.keys()), from }, storedReading);
}

/** Named as deals are that were stored. */
function textOf({ industry, region, custom, tier, product, amount }: PossibleDeal, name: string): string {
  const known: Readonly<Record<string, string>> = {
    ...{ industry: industry ?? "", region: region ?? "", tier: tier ?? prospectTier },
    ...{ product: product ?? "", amount: amount ?? "", "list price": "" },
  };
  const value = Object.hasOwn(known, name) ? known[name] : custom[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
