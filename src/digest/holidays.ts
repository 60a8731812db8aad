import type DateHolidays from "date-holidays";
import { addDays, type Day } from "../core/calendar.ts";
import { keepNewest } from "../core/keep-newest.ts";
import { holidaysOfRegion } from "../holiday-data.ts";

/** The public holidays of a country or a part of it. */
export interface Holidays {
  /** What a day is called that is one; undefined for every other day. */
  on(day: Day): string | undefined;
}

export const noHolidays: Holidays = { on: () => undefined };

/** Regions whose holidays are kept at hand. */
const MOST_KEPT = 50;
const kept = new Map<string, Holidays | undefined>();

/**
 * The holidays of a region such as `DE` or `DE-BY`, from data that is part of the app; none for the empty text, undefined for a
 * region that the data does not know.
 */
export function holidaysIn(region: string): Holidays | undefined {
  if (region === "") return noHolidays;
  const known = kept.has(region) ? kept.get(region) : lookUp(region);
  keepNewest(kept, region, known, MOST_KEPT);
  return known;
}

function lookUp(region: string): Holidays | undefined {
  const source = holidaysOfRegion(region);
  return source && holidaysOf(source);
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
