import type DateHolidays from "date-holidays";
import { addDays, type Day } from "../core/calendar.ts";
import { keepNewest } from "../core/keep-newest.ts";

/** The public holidays of a country or a part of it. */
export interface Holidays {
  /** What a day is called that is one; undefined for every other day. */
  on(day: Day): string | undefined;
}

export const noHolidays: Holidays = { on: () => undefined };

/** Regions whose holidays are kept at hand. */
const MOST_KEPT = 50;
const kept = new Map<string, Promise<Holidays | undefined>>();

/**
 * The holidays of a region such as `DE` or `DE-BY`, from data that is part of the app; none for the empty text, undefined for a
 * region that the data does not know. The data is large: it is loaded when it is first asked for.
 */
export function holidaysIn(region: string): Promise<Holidays | undefined> {
  if (region === "") return Promise.resolve(noHolidays);
  const known = kept.get(region) ?? load(region);
  keepNewest(kept, region, known, MOST_KEPT);
  return known;
}

async function load(region: string): Promise<Holidays | undefined> {
  const { default: DateHolidays } = await import("date-holidays");
  const [country = "", state = "", part = ""] = region.split("-");
  const source = new DateHolidays(country, state, part);
  const isKnown =
    country in source.getCountries() &&
    (state === "" || state in (source.getStates(country) ?? {})) &&
    (part === "" || part in (source.getRegions(country, state) ?? {}));
  return isKnown ? holidaysOf(source) : undefined;
}

function holidaysOf(source: DateHolidays): Holidays {
  const years = new Map<number, ReadonlyMap<Day, string>>();
  const beginningIn = (year: number) => {
    const known = years.get(year) ?? daysIn(source, year);
    years.set(year, known);
    return known;
  };
  return {
    on: (day) => {
      const year = Number(day.slice(0, 4));
      // Some that begin in December last into January.
      return beginningIn(year).get(day) ?? beginningIn(year - 1).get(day);
    },
  };
}

/** Every day of the holidays that begin in a year. Half days begin at noon, and people work on them. */
function daysIn(source: DateHolidays, year: number): ReadonlyMap<Day, string> {
  const whole = source
    .getHolidays(year, "en")
    .filter(({ type, date }) => type === "public" && date.slice(11, 13) < "12");
  return new Map(
    whole.flatMap(({ date, start, end, name }) => {
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
      return Array.from({ length: days }, (_, index) => [addDays(date.slice(0, 10), index), name] as const);
    }),
  );
}

const DAY_MS = 86_400_000;
