import { distance } from "fastest-levenshtein";
import { matchNames, nameKey } from "../core/names.ts";
import type { TierCuts } from "../core/tiers.ts";

/** Every currency's code. */
export const currencyCodes: readonly string[] = Intl.supportedValuesOf("currency");
/** The months, January first. */
export const monthNames: readonly string[] =
  "January February March April May June July August September October November December".split(" ");

/** The names that a word may have been meant as, the nearest first. */
export function nearNames(typed: string, names: readonly string[]): readonly string[] {
  const key = nameKey(typed);
  return names
    .map((name) => {
      const other = nameKey(name);
      return { name, far: other.startsWith(key) || key.startsWith(other) ? 0 : distance(key, other) };
    })
    .filter(({ name, far }) => key !== "" && far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((left, right) => left.far - right.far || left.name.localeCompare(right.name, "en"))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Every zone there is, `UTC` among them. */
export const zoneNames: readonly string[] = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];

/** Zones that contain what was typed, or whose city is nearly called so. */
export function nearZones(typed: string): readonly string[] {
  const containing = matchNames(typed, zoneNames, (zone) => zone);
  if (containing.length > 0) return containing.slice(0, 3);
  const cities = new Map(zoneNames.map((zone) => [cityOf(zone), zone]));
  return nearNames(cityOf(typed), [...cities.keys()]).map((city) => cities.get(city) ?? city);
}

/** The zone as it is written, by its name or its city alone; other text as it is. */
export function zoneNamed(typed: string): string {
  const key = nameKey(typed);
  const exactly = zoneNames.find((zone) => nameKey(zone) === key);
  const cities = zoneNames.filter((zone) => nameKey(cityOf(zone)) === key);
  return exactly ?? (cities.length === 1 ? (cities[0] ?? typed) : typed);
}

function cityOf(zone: string): string {
  return zone.split("/").at(-1) ?? zone;
}

/** 1 to 12; NaN for what is no month or could be several, which the settings refuse. */
export function monthNamed(typed: string): number {
  if (/^\d{1,2}$/.test(typed)) return Number(typed);
  const [name, another] = matchNames(typed, monthNames, (month) => month);
  return name === undefined || another !== undefined ? Number.NaN : monthNames.indexOf(name) + 1;
}

/** The whole number before a unit, `12 months`; NaN for anything else. */
export function countIn(typed: string, unit: string): number {
  const digits = new RegExp(`^(\\d{1,6})\\s*(?:${unit})?$`, "i").exec(typed)?.[1];
  return digits === undefined ? Number.NaN : Number(digits);
}

/** `40` or `12.5 %` in thousandths; NaN for anything else. */
export function thousandthsIn(typed: string): number {
  const [, whole, tenth = "0"] = /^(\d{1,3})(?:[.,](\d))?\s*%?$/.exec(typed) ?? [];
  return whole === undefined ? Number.NaN : Number(whole) * 10 + Number(tenth);
}

/** `80/95/99` in thousandths; NaN where there are not three numbers. */
export function cutsIn(typed: string): TierCuts {
  const parts = typed.split(/\s*[/,;%]\s*|\s+/).filter((part) => part !== "");
  const [A = Number.NaN, B = Number.NaN, C = Number.NaN] =
    parts.length === 3 ? parts.map((part) => Math.round(Number(part) * 1000) / 100) : [];
  return { A, B, C };
}

/** Cuts as they are typed: `80/95/99`. */
export function percentages({ A, B, C }: TierCuts): string {
  return [A, B, C].map((thousandths) => String(thousandths / 10)).join("/");
}
