import { type Day, isDay } from "../core/calendar.ts";
import { UsageError } from "../usage-error.ts";

/** What people write to say why has at most so many characters. */
const LONGEST_REASON = 500;

/** Words around `because`; the reason is empty without one. */
export interface Reasoned {
  readonly before: readonly string[];
  readonly reason: string;
}

/**
 * Parts `… because she knows them` at the first `because` that is not the first word.
 *
 * @throws UsageError for a reason that is too long.
 */
export function splitReason(words: readonly string[], from = 1): Reasoned {
  const at = words.findIndex((word, index) => index >= from && isWord(word, "because"));
  const reason =
    at < 0
      ? ""
      : words
          .slice(at + 1)
          .join(" ")
          .trim();
  if (reason.length > LONGEST_REASON)
    throw new UsageError(`A reason has at most ${LONGEST_REASON} characters: this has ${reason.length}.`);
  return { before: at < 0 ? words : words.slice(0, at), reason };
}

/** @throws UsageError asking for a reason where there is none. */
export function requireReason(reason: string, usage: string): string {
  if (reason !== "") return reason;
  throw new UsageError(`Say why, so that others understand it: \`${usage}\`.`);
}

/** @throws UsageError for what is no day, or is over. */
export function comingDay(typed: string, today: Day): Day {
  if (!isDay(typed))
    throw new UsageError(`"${typed}" is no day. Write it as YYYY-MM-DD, such as 2027-03-31.`);
  if (typed < today) throw new UsageError(`${typed} is over. Say a day that is still to come.`);
  return typed;
}

export function isWord(word: string | undefined, wanted: string): boolean {
  return word?.toLowerCase() === wanted;
}
