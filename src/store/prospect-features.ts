import { z } from "zod";
import { type Day, daysBetween } from "../core/calendar.ts";
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
export type DescribedAccount = z.output<typeof describedAccount>;

/**
 * Prospects as the rows of a table for a model of deals, as if a deal with each began on a day: what it looks at and what accounts
 * have. What only a deal has, such as its product, is not known of them.
 */
export function prospectTable(model: WinModel, accounts: readonly DescribedAccount[], asOf: Day): WinTable {
  const columns = featuresOf(model).map(({ name }) =>
    textColumn(
      name,
      accounts.map((account) => textOf(account, name)),
    ),
  );
  const from = new Float64Array(accounts.length).fill(daysBetween("1970-01-01", asOf));
  return knownTo(model, { columns, rows: Int32Array.from(accounts.keys()), from }, storedReading);
}

function textOf({ industry, region, custom }: DescribedAccount, name: string): string {
  switch (name) {
    case "industry":
      return industry ?? "";
    case "region":
      return region ?? "";
    case "tier":
      return prospectTier;
    default: {
      const value = custom[name];
      return typeof value === "string" || typeof value === "number" ? String(value) : "";
    }
  }
}
