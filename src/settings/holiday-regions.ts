import { nameKey } from "../core/names.ts";
import { countriesWithHolidays, holidaysOfRegion } from "../holiday-data.ts";

/** A code that the settings refuse. */
const UNKNOWN = "?";

/**
 * The code of a country (`DE`, Germany) or of a part of one (`DE-BY`) whose public holidays are known, nothing for none; for
 * any other text, one that the settings refuse.
 */
export function holidayRegionIn(typed: string): string {
  if (["", "none"].includes(typed.toLowerCase())) return "";
  const code = typed.toUpperCase();
  if (holidaysOfRegion(code)) return code;
  const key = nameKey(typed);
  return countriesWithHolidays().find(([, name]) => nameKey(name) === key)?.[0] ?? UNKNOWN;
}

/** Every country whose holidays are known, by name. */
export function holidayCountries(): readonly string[] {
  return countriesWithHolidays().map(([, name]) => name);
}
