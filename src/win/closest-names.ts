import { distance } from "fastest-levenshtein";
import { nameKey } from "../core/names.ts";

/** The few names that are spelled most like what was typed, the nearest first. */
export function closestNames(typed: string, names: readonly string[], most = 5): readonly string[] {
  const key = nameKey(typed);
  const far = (name: string) => {
    const other = nameKey(name);
    const isPart = key !== "" && (other.includes(key) || (other !== "" && key.includes(other)));
    return isPart ? Math.abs(other.length - key.length) / 10 : distance(key, other);
  };
  return names
    .map((name) => [far(name), name] as const)
    .toSorted(([one], [other]) => one - other)
    .slice(0, most)
    .map(([, name]) => name);
}
