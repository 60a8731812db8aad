import { distance } from "fastest-levenshtein";
import { nameKey } from "../core/names.ts";

/** Edits from one text to the other; two neighbours swapped, the commonest slip, are one. */
export function edits(left: string, right: string): number {
  const steps = distance(left, right);
  return steps === 2 && isSwap(left, right) ? 1 : steps;
}

function isSwap(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  const at = [...left].findIndex((character, index) => character !== right[index]);
  return (
    left.slice(at + 2) === right.slice(at + 2) && left[at] === right[at + 1] && left[at + 1] === right[at]
  );
}

/** "GTK 500" and "GTK 550", "Series A2" and "Series A3": what differs in a digit is something else. */
export function hasSameDigits(left: string, right: string): boolean {
  return left.replace(/\P{N}/gu, "") === right.replace(/\P{N}/gu, "");
}

/**
 * How many edits may be a slip, by the length of the longer word. Short words are near to each other by
 * chance ("East", "West"), and with every letter a second edit gets more believable.
 */
export type Tolerance = (length: number) => number;

/** Where the other value is known to be there, in a catalogue or in more rows. */
export const tolerant: Tolerance = (length) => (length < 5 ? 0 : length < 8 ? 1 : 2);

/** Where only a list of words speaks for the other value: "Technologie" is German, not a slip. */
export const strict: Tolerance = (length) => (length < 5 ? 0 : length < 12 ? 1 : 2);

/**
 * Edits that make one phrase the other, if they look like a slip; undefined otherwise. Words are compared
 * one by one where both have as many, so that "Team A" is not a slip of "Team B". Somebody who mistypes a
 * word nearly always gets its first letter right, and a plural is no slip.
 */
export function slip(left: string, right: string, tolerance: Tolerance): number | undefined {
  if (!hasSameDigits(left, right)) return undefined;
  const [leftWords, rightWords] = [wordsOf(left), wordsOf(right)];
  const pairs =
    leftWords.length === rightWords.length
      ? leftWords.map((word, index) => [word, rightWords[index] ?? ""] as const)
      : [[nameKey(left), nameKey(right)] as const];
  let total = 0;
  for (const [one, other] of pairs) {
    if (singular(one) === singular(other)) continue;
    const count = edits(one, other);
    if (one[0] !== other[0] || count > tolerance(Math.max(one.length, other.length))) return undefined;
    total += count;
  }
  return total > 0 && total <= 2 ? total : undefined;
}

function wordsOf(phrase: string): readonly string[] {
  return phrase
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(nameKey)
    .filter((word) => word !== "");
}

function singular(word: string): string {
  return word.replace(/s$/, "");
}
