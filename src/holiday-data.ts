import { createRequire } from "node:module";
import type DateHolidays from "date-holidays";

const load = createRequire(import.meta.url);

/** The rules of every country: a megabyte, read when somebody first asks. */
function library(): typeof DateHolidays {
  return load("date-holidays");
}

/** The public holidays of a region, a country (`DE`) or a part of one (`DE-BY`); undefined for one that is not known. */
export function holidaysOfRegion(region: string): DateHolidays | undefined {
  const [country = "", state, part, ...more] = region.split("-");
  const source = new (library())(country, state ?? "", part ?? "");
  const isKnown =
    more.length === 0 &&
    country in source.getCountries() &&
    (state === undefined || state in (source.getStates(country) ?? {})) &&
    (part === undefined || part in (source.getRegions(country, state ?? "") ?? {}));
  return isKnown ? source : undefined;
}

/** Every country whose holidays are known, by its code, in English. */
export function countriesWithHolidays(): readonly (readonly [code: string, name: string])[] {
  return Object.entries(new (library())().getCountries("en"));
}
