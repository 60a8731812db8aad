import type { Day } from "../core/calendar.ts";
import { type InteractionDraft, type InteractionKind, longestNote } from "../core/interactions.ts";
import { isWord } from "../offers/reason-words.ts";
import { minutesIn } from "../offers/step-words.ts";
import { UsageError } from "../usage-error.ts";
import { kindIn } from "./kind-words.ts";
import { typedDay } from "./typed-day.ts";

export const logUsage =
  "log <account> <kind> [on 2026-11-20] [hours 1.5] [score 9] [because <note>] | log back <number>";

/** What somebody wants to note, or to know; the account is not looked up yet. */
export type TypedLog =
  | { readonly kind: "back"; readonly id: number }
  | ({ readonly account: string } & (
      | { readonly kind: "show" }
      | { readonly kind: "note"; readonly draft: InteractionDraft }
      | { readonly kind: "close"; readonly draft: Omit<InteractionDraft, "kind" | "score"> }
    ));

interface LogReadings {
  /** What the words can mean, the likeliest first: an account may be called as a kind is. */
  readonly readings: readonly TypedLog[];
  /** Why the first kind named in them is none of these. */
  readonly fault: UsageError | undefined;
}

/**
 * Takes `Acme call on 2026-11-20 hours 1.5 because …` apart. The note may also begin with `note`.
 *
 * @throws UsageError where there are no words.
 */
export function readLog(words: readonly string[], today: Day): LogReadings {
  const [first = "", second = ""] = words;
  if (first === "") throw new UsageError(`Say which account, and what happened: \`${logUsage}\`.`);
  if (isWord(first, "back") && words.length === 2 && /^\d{1,9}$/.test(second))
    return { readings: [{ kind: "back", id: Number(second) }], fault: undefined };
  const read = kindsIn(words).map((at) => readingAt(words, at, today));
  const found = read.flatMap((reading) => (reading instanceof UsageError ? [] : [reading]));
  const [fault] = read.flatMap((reading) => (reading instanceof UsageError ? [reading] : []));
  return {
    readings: [...found, { kind: "show", account: words.join(" ") }],
    fault,
  };
}

/** Where a kind may stand: behind the account, and before the note. An id is an account's whole name. */
function kindsIn(words: readonly string[]): readonly number[] {
  const end = words.findIndex(
    (word, index) => index > 0 && (isWord(word, "because") || isWord(word, "note")),
  );
  const last = words[0]?.startsWith("id:") ? 1 : end < 0 ? words.length - 1 : end;
  return words.flatMap((word, index) => (index > 0 && index <= last && kindIn(word) ? [index] : []));
}

function readingAt(words: readonly string[], at: number, today: Day): TypedLog | UsageError {
  const kind = kindIn(words[at] ?? "");
  if (kind === undefined) return new UsageError(`Say what happened: \`${logUsage}\`.`);
  const account = words.slice(0, at).join(" ");
  const rest = words.slice(at + 1);
  const isClosing = kind === "complaint" && isWord(rest[0], "closed");
  try {
    const details = readDetails(kind, isClosing ? rest.slice(1) : rest, { onDay: today, note: "" }, today);
    if (!isClosing) return { kind: "note", account, draft: { kind, ...details } };
    const { score, ...draft } = details;
    return score === undefined
      ? { kind: "close", account, draft }
      : new UsageError("Only a survey has a score.");
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

type Details = Omit<InteractionDraft, "kind">;

/** `on 2026-11-20 hours 1.5 score 9 because …`, in any order but for the note, which comes last. */
function readDetails(kind: InteractionKind, words: readonly string[], read: Details, today: Day): Details {
  const [name, value, ...more] = words;
  if (name === undefined) return read;
  if (isWord(name, "because") || isWord(name, "note")) return { ...read, note: noteIn(words.slice(1)) };
  const next = (added: Partial<Details>) => readDetails(kind, more, { ...read, ...added }, today);
  if (isWord(name, "on") && value !== undefined) return next({ onDay: typedDay(value, today) });
  if (isWord(name, "hours") && value !== undefined) return next({ minutes: minutesIn(value) });
  if (isWord(name, "score") && value !== undefined) return next({ score: scoreIn(value) });
  // What is a note needs no word before what it says.
  if (kind === "note") return { ...read, note: noteIn(words) };
  throw new UsageError(
    `I do not understand "${words.join(" ")}" here. Put \`because\` before what you want to say: \`${logUsage}\`.`,
  );
}

function noteIn(words: readonly string[]): string {
  const note = words.join(" ").trim();
  if (note.length <= longestNote) return note;
  throw new UsageError(`A note has at most ${longestNote} characters: this has ${note.length}.`);
}

/** Whether it can be a survey's is said where it is noted. */
function scoreIn(typed: string): number {
  if (/^-?\d{1,3}$/.test(typed)) return Number(typed);
  throw new UsageError(`"${typed}" is no score: write a whole number from 0 to 10, such as 9.`);
}
