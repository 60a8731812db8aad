import { nameWords } from "../core/win/name-words.ts";
import { codes, type TextColumn } from "../core/win/text-column.ts";
import { wordedEnd } from "./outcome-words.ts";
import type { ReadOutcome } from "./read-outcome.ts";

const closedFlag = /^ (?:hs )?(?:deal )?(?:is )?closed(?: c)? $/;

/**
 * Exports flag what is won, and open deals are not won either: where another column says which are closed, the others are
 * set aside.
 */
export function setOpenAside(
  outcome: ReadOutcome,
  name: string,
  columns: readonly TextColumn[],
): ReadOutcome {
  const flag = columns.find((column) => column.name !== name && closedFlag.test(nameWords(column.name)));
  if (!flag) return outcome;
  const { places, numbers, texts } = flag;
  const ofTexts = texts.map(wordedEnd);
  const isOpen = places.map((place, row) =>
    Number(place === codes.number ? numbers[row] === 0 : ofTexts[place] === "lost"),
  );
  const open = outcome.ends.filter((end, row) => isOpen[row] === 1 && end < 2);
  // Open deals that were won say that the column means something else.
  if (open.length === 0 || open.includes(1)) return outcome;
  return {
    ...outcome,
    ends: outcome.ends.map((end, row) => (isOpen[row] === 1 && end < 2 ? 2 : end)),
    setAside: new Map([...outcome.setAside, [`not ${flag.name}`, open.length]]),
  };
}
