/** Of what is called more than chance, no more than this share is expected to be chance. */
export const falseShare = 0.05;

/**
 * The largest of many chances that still counts as more than chance, by Benjamini and Hochberg's rule (1995), as a rule at 5 %;
 * below 0 where none does. Where all is chance, something is called more at most so often.
 */
export function largestTelling(chances: readonly number[], share = falseShare): number {
  const ascending = chances.toSorted((left, right) => left - right);
  const passes = (chance: number, index: number) => chance <= (share * (index + 1)) / ascending.length;
  return ascending.findLast(passes) ?? -1;
}
