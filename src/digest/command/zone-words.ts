import { distance } from "fastest-levenshtein";
import { isZone } from "../../core/calendar.ts";
import { UsageError } from "../../usage-error.ts";
import type { Read } from "./rhythm-words.ts";

/** Words of the longest names of cities that zones are called after, such as Port au Prince. */
const MOST_WORDS = 4;

/** `in Europe/Berlin`, `in new york`. @throws UsageError for a place that no zone is called after. */
export function readZone([first, ...words]: readonly string[]): Read<string> | undefined {
  if (first?.toLowerCase() !== "in") return undefined;
  for (let count = Math.min(MOST_WORDS, words.length); count > 0; count -= 1) {
    const zone = zoneCalled(words.slice(0, count).join(" "));
    if (zone !== undefined) return { words: count + 1, said: zone };
  }
  throw noZone(words[0] ?? "");
}

/** The zone of that name, or of the only city of that name. */
function zoneCalled(typed: string): string | undefined {
  const name = comparable(typed);
  const zones = Intl.supportedValuesOf("timeZone");
  const exact = zones.find((zone) => comparable(zone) === name);
  if (exact !== undefined) return exact;
  const written = typed.trim().replaceAll(" ", "_");
  // Names that were renamed since are zones too, though not listed.
  if (isZone(written)) return written.replace(/(^|[/_-])([a-z])(?=[a-z]{2})/g, upperCase);
  const cities = zones.filter((zone) => comparable(cityOf(zone)) === name);
  return cities.length === 1 ? cities[0] : undefined;
}

function upperCase(_: string, before: string, letter: string): string {
  return before + letter.toUpperCase();
}

function comparable(text: string): string {
  return text.trim().toLowerCase().replace(/[_-]/g, " ");
}

function cityOf(zone: string): string {
  return zone.split("/").at(-1) ?? zone;
}

function noZone(typed: string): UsageError {
  const name = comparable(typed);
  const far = (zone: string) =>
    Math.min(...[zone, cityOf(zone)].map((text) => distance(comparable(text), name)));
  const near = Intl.supportedValuesOf("timeZone")
    .map((zone) => ({ zone, far: far(zone) }))
    .filter((one) => one.far <= 2)
    .sort((left, right) => left.far - right.far)
    .slice(0, 3);
  const meant = near.map(({ zone }) => `\`in ${zone}\``).join(" or ");
  return new UsageError(
    `I know no time zone "${typed}". ${meant === "" ? "Name a city that has one, such as `in Europe/Berlin`, or leave it out: then it goes by the zone that you set in Slack." : `Did you mean ${meant}?`}`,
  );
}
