import { codes, type TextColumn } from "../core/win/text-column.ts";
import { FileFault } from "../tables/file-fault.ts";
import { blankWord, type Ends, endsAsSaid, endsAsWritten, filledWord, type Listed } from "./choose-ends.ts";

/** How each row ended. */
export interface ReadOutcome extends Ends {
  /** Rows by a value that is no end: they are open, or something else. */
  readonly setAside: ReadonlyMap<string, number>;
  /** 1 for won, 0 for lost, 2 for what is set aside, 3 for nothing. */
  readonly ends: Uint8Array;
}

const nearlyAll = 0.9;

/**
 * Reads how each row ended.
 *
 * @param said the values that count as won, where a person names them: "filled" for any.
 * @param dayOf undefined for what is no day: a column of days, some of them blank, tells that it came to an end on them.
 * @throws FileFault, UsageError for a column that does not say it.
 */
export function readOutcome(
  path: string,
  column: TextColumn,
  said: readonly string[],
  dayOf: (text: string) => number | undefined,
): ReadOutcome {
  const counts = countValues(column);
  const blanks = column.places.reduce((count, place) => count + Number(place === codes.blank), 0);
  const listed = { path, name: column.name, counts, blanks };
  if (isFilled(said, listed, dayOf)) return byFilling(column, listed, said);
  const ends = said.length > 0 ? endsAsSaid(listed, said) : endsAsWritten(listed);
  const [won, lost] = [new Set(ends.won), new Set(ends.lost)];
  const setAside = new Map([...counts].filter(([value]) => !won.has(value) && !lost.has(value)));
  const endOf = (value: string) => (won.has(value) ? 1 : lost.has(value) ? 0 : 2);
  return { ...ends, setAside, ends: endsOf(column, endOf, lost.has(blankWord) ? 0 : 3) };
}

function countValues({ places, numbers, texts }: TextColumn): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row] ?? codes.blank;
    if (place === codes.blank) continue;
    const value = place === codes.number ? String(numbers[row]) : (texts[place] ?? "");
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function endsOf(
  { places, numbers, texts }: TextColumn,
  endOf: (value: string) => number,
  blankEnd: number,
): Uint8Array {
  const ofTexts = texts.map(endOf);
  return Uint8Array.from(places, (place, row) => {
    if (place === codes.blank) return blankEnd;
    return place === codes.number ? endOf(String(numbers[row])) : (ofTexts[place] ?? 2);
  });
}

function isFilled(
  said: readonly string[],
  { counts, blanks }: Listed,
  dayOf: (text: string) => number | undefined,
) {
  if (said.length > 0) return said.join() === filledWord && !counts.has(filledWord);
  if (blanks === 0 || counts.size <= 2) return false;
  const days = [...counts.keys()].filter((value) => dayOf(value) !== undefined);
  return days.length >= nearlyAll * counts.size;
}

function byFilling(
  column: TextColumn,
  { path, name, counts, blanks }: Listed,
  said: readonly string[],
): ReadOutcome {
  if (counts.size === 0 || blanks === 0)
    throw new FileFault(
      path,
      `has ${counts.size === 0 ? "nothing" : "something"} in ${name} in every row`,
      "Name a column that is filled for those that were won, and for no other",
    );
  return {
    ...{ won: [filledWord], lost: [blankWord], setAside: new Map(), ends: endsOf(column, () => 1, 0) },
    note:
      said.length > 0
        ? undefined
        : `${name} holds days: a row with one counts as won, a blank one as lost, even where it may still come.`,
  };
}
