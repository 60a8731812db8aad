/** Shorter words are near to each other by chance. */
const LEAST_LETTERS = 5;

/** Words of their own that are one slip away from one of ours. */
const otherWords: ReadonlySet<string> = new Set(
  (
    "patch pinch pith perch quite quilt brought world speed charged chances charges movies scales tires were " +
    "there three these small shell shelf fist offer's loft droop drips slaps soled clint cost costs most host " +
    "coffer power lower price prize whose whole while white bright fight night dates rates states rise rice"
  ).split(" "),
);

/**
 * Whether somebody meant a word: it is the same, or has one letter wrong, missing or too many, or two neighbours
 * swapped. Whoever mistypes a word nearly always gets its first letter right.
 */
export function isMeant(typed: string, meant: string): boolean {
  if (typed === meant) return true;
  if (meant.length < LEAST_LETTERS || otherWords.has(typed)) return false;
  const most = Math.min(typed.length, meant.length);
  let start = 0;
  while (start < most && typed[start] === meant[start]) start += 1;
  let end = 0;
  while (end < most - start && typed.at(-1 - end) === meant.at(-1 - end)) end += 1;
  const left = typed.slice(start, typed.length - end);
  const right = meant.slice(start, meant.length - end);
  const isSwap = left.length === 2 && left[0] === right[1] && left[1] === right[0] && right.length === 2;
  return start > 0 && (isSwap || (left.length <= 1 && right.length <= 1));
}
