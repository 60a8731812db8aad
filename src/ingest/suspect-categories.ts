import { nameKey } from "../core/names.ts";
import { slip, strict, type Tolerance, tolerant } from "./near-names.ts";
import type { ObservedCategory, Suspect } from "./suspects.ts";
import { mostFrequent, type Tally } from "./tally.ts";

interface Seen {
  readonly name: string;
  readonly key: string;
  /** Itself, or what it was suspected to be. */
  readonly means: string;
}

/** Values that more frequent ones, or the words to be expected there, nearly are. */
export function suspectCategories({ column, values, vocabulary }: ObservedCategory): readonly Suspect[] {
  if (values.full) return [];
  const words = vocabulary?.words ?? [];
  const wordByKey = new Map(words.map((word) => [nameKey(word), word]));
  const seen: Seen[] = [];
  const suspects: Suspect[] = [];
  for (const [value, rows] of mostFrequent(values)) {
    const key = nameKey(value);
    const suspect = (suggestion: string, reason: string) => {
      suspects.push({ column, value, suggestion, rows, reason });
      seen.push({ name: value, key, means: suggestion });
    };
    const twin = key === "" ? undefined : seen.find((other) => other.key === key);
    if (twin) {
      suspect(twin.means, `more rows write "${twin.name}"`);
      continue;
    }
    // A word of the vocabulary is right, however near to another: Austria is not Australia.
    const isKnown = wordByKey.has(key);
    const common = isKnown ? undefined : nearestOf(value, seen, tolerant);
    const word = isKnown || common ? undefined : nearestWord(value, words);
    if (common) suspect(common.means, `more rows have "${common.name}"`);
    else if (word !== undefined)
      suspect(inStyleOf(value, word, values), `not ${vocabulary?.what ?? "known"}, but close to one`);
    else seen.push({ name: value, key, means: value });
  }
  return suspects;
}

function nearestWord(value: string, words: readonly string[]): string | undefined {
  return nearestOf(
    value,
    words.map((name) => ({ name })),
    strict,
  )?.name;
}

function nearestOf<Candidate extends { readonly name: string }>(
  value: string,
  candidates: readonly Candidate[],
  tolerance: Tolerance,
): Candidate | undefined {
  let nearest: { readonly candidate: Candidate; readonly count: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.name.length - value.length) > 4) continue;
    const count = slip(value, candidate.name, tolerance);
    if (count !== undefined && (!nearest || count < nearest.count)) nearest = { candidate, count };
  }
  return nearest?.candidate;
}

/** The word as the column already writes it, else in small letters if the value is. */
function inStyleOf(value: string, word: string, values: Tally): string {
  const written = mostFrequent(values).find(([other]) => nameKey(other) === nameKey(word))?.[0];
  return written ?? (value === value.toLowerCase() ? word.toLowerCase() : word);
}
