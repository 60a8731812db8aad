import { isDay } from "../core/calendar.ts";
import { type CorrectionField, correctionFields } from "../store/corrections.ts";
import { UsageError } from "../usage-error.ts";

export const correctUsage =
  "correct <account> owner:<rep>|industry:<value>|tier:A [until 2027-03-31] because <reason>";

/** A typed correction, names not yet looked up. */
export type TypedCorrection =
  | {
      readonly kind: "set";
      readonly account: string;
      readonly field: CorrectionField;
      readonly value: string;
      readonly until: string | undefined;
      readonly reason: string;
    }
  | { readonly kind: "take-back"; readonly account: string; readonly field: CorrectionField };

/**
 * Takes `Acme owner:Ann until 2027-03-31 because …` apart. The end may also be the last words.
 *
 * @throws UsageError saying what is missing.
 */
export function readCorrection(words: readonly string[]): TypedCorrection {
  const at = words.findIndex((word, index) => index > 0 && fieldOf(word, words[index + 1]) !== undefined);
  const field = fieldOf(words[at] ?? "", words[at + 1]);
  if (at < 1 || field === undefined) throw new UsageError(`Say which account and what: \`${correctUsage}\`.`);
  const account = words.slice(0, at).join(" ");
  const rest = [(words[at] ?? "").slice(field.length + 1), ...words.slice(at + 1)].filter(
    (word) => word !== "",
  );
  if (rest.length === 1 && isWord(rest[0], "none")) return { kind: "take-back", account, field };
  const because = rest.findIndex((word) => isWord(word, "because"));
  const before = because < 0 ? rest : rest.slice(0, because);
  const after = because < 0 ? [] : rest.slice(because + 1);
  const early = endIn(before);
  const late = early.until === undefined && isWord(after.at(-2), "until") ? endIn(after) : { words: after };
  const until = early.until ?? ("until" in late ? late.until : undefined);
  const value = early.words.join(" ");
  const reason = late.words.join(" ");
  if (value === "") throw new UsageError(`Say which ${field}: \`${correctUsage}\`.`);
  if (reason === "")
    throw new UsageError(`Say why, so that others understand it: add \`because\` and the reason.`);
  return { kind: "set", account, field, value, until, reason };
}

/** `owner:Ann` starts a correction; the bare word does so before `none`. */
function fieldOf(word: string, next: string | undefined): CorrectionField | undefined {
  const key = word.toLowerCase();
  return correctionFields.find(
    (field) => key.startsWith(`${field}:`) || (key === field && isWord(next, "none")),
  );
}

/** The words without `until <day>`, and the day. */
function endIn(words: readonly string[]): { readonly words: readonly string[]; readonly until?: string } {
  const at = words.findLastIndex((word) => isWord(word, "until"));
  if (at < 0) return { words };
  const until = words[at + 1] ?? "";
  if (!isDay(until)) throw new UsageError(`"${until}" is no day: write until when as \`until 2027-03-31\`.`);
  return { words: words.filter((_, index) => index !== at && index !== at + 1), until };
}

function isWord(word: string | undefined, wanted: string): boolean {
  return word?.toLowerCase() === wanted;
}
