import { createRequire } from "node:module";
import type DateHolidays from "date-holidays";
import { nameKey } from "../core/names.ts";

/** A code that the settings refuse. */
const UNKNOWN = "?";
const load = createRequire(import.meta.url);
let library: DateHolidays | undefined;

/** Public holidays by region; a megabyte of data that is read when somebody types one. */
function regions(): DateHolidays {
  if (library) return library;
  const Holidays: typeof DateHolidays = load("date-holidays");
  library = new Holidays();
  return library;
}

/**
 * The code of a country (`DE`, Germany) or of a part of one (`DE-BY`) whose public holidays are known, nothing for none; for
 * any other text, one that the settings refuse.
 */
export function holidayRegionIn(typed: string): string {
  if (["", "none"].includes(typed.toLowerCase())) return "";
  const [country = "", state, part, ...more] = typed.toUpperCase().split("-");
  const isKnown =
    more.length === 0 &&
    country in regions().getCountries("en") &&
    (state === undefined || state in (regions().getStates(country, "en") ?? {})) &&
    (part === undefined || part in (regions().getRegions(country, state ?? "", "en") ?? {}));
  if (isKnown) return typed.toUpperCase();
  const key = nameKey(typed);
  return countries().find(([, name]) => nameKey(name) === key)?.[0] ?? UNKNOWN;
}

/** Every country whose holidays are known, by name. */
export function holidayCountries(): readonly string[] {
  return countries().map(([, name]) => name);
}

function countries(): readonly (readonly [code: string, name: string])[] {
  return Object.entries(regions().getCountries("en"));
}
