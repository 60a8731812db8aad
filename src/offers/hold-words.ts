import type { Day } from "../core/calendar.ts";
import { type HoldKind, holdKinds } from "../core/offers/offer.ts";
import { UsageError } from "../usage-error.ts";
import { comingDay, isWord, requireReason, splitReason } from "./reason-words.ts";

export const holdUsage = "hold <account> complaint|overdue|opted-out [until 2026-12-31] because <reason>";

/** A typed reason to keep an account out of offers, or to do so no longer. */
export type TypedHold = { readonly account: string } & (
  | { readonly kind: "show" }
  | { readonly kind: "end"; readonly hold: HoldKind }
  | {
      readonly kind: "hold";
      readonly hold: HoldKind;
      readonly until: Day | undefined;
      readonly reason: string;
    }
);

/**
 * Takes `Acme complaint until 2026-12-31 because …` apart.
 *
 * @throws UsageError saying what is missing.
 */
export function readHold(words: readonly string[], today: Day): TypedHold {
  const at = words.findIndex((word, index) => index > 0 && holdIn(word) !== undefined);
  const hold = holdIn(words[at] ?? "");
  const account = (at < 0 ? words : words.slice(0, at)).join(" ").trim();
  if (account === "") throw new UsageError(`Say which account: \`${holdUsage}\`.`);
  if (at < 0 || hold === undefined) return { account, kind: "show" };
  const rest = words.slice(at + 1);
  if (rest.length === 1 && isWord(rest[0], "none")) return { account, kind: "end", hold };
  const { before, reason } = splitReason(rest, 0);
  const [word, day = "", ...more] = before;
  if ((word !== undefined && !isWord(word, "until")) || more.length > 0)
    throw new UsageError(`I do not understand "${before.join(" ")}" here: \`${holdUsage}\`.`);
  return {
    account,
    kind: "hold",
    hold,
    until: word === undefined ? undefined : comingDay(day, today),
    reason: requireReason(reason, holdUsage),
  };
}

function holdIn(word: string): HoldKind | undefined {
  return holdKinds.find((kind) => isWord(word, kind));
}
