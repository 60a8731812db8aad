import { UsageError } from "../usage-error.ts";
import { isWord, requireReason, splitReason } from "./reason-words.ts";

const outcomeUsage =
  "offer <name> outcome <account> won|lost|no-reply [amount 5000] [hours 1.5] [because <reason>]";
const assignUsage = "offer <name> assign <account> to <rep>";
const skipUsage = "offer <name> skip <account> because <reason>";

const outcomes = ["won", "lost", "no-reply"] as const;
const MOST_HOURS = 1_000;

/** A step as it was typed: the amount without its currency, the person not looked up. */
export type TypedStep =
  | { readonly kind: "claim" | "release" }
  | { readonly kind: "assign"; readonly to: string }
  | { readonly kind: "skip" | "reopen"; readonly reason: string }
  | {
      readonly kind: "outcome";
      readonly outcome: (typeof outcomes)[number];
      readonly amount?: string;
      readonly minutes?: number;
      readonly reason?: string;
    };

interface StepOf {
  readonly account: string;
  readonly step: TypedStep;
}

/**
 * Takes the words behind `claim`, `assign` and the like apart.
 *
 * @throws UsageError saying what is missing.
 */
export function readStep(verb: string, words: readonly string[]): StepOf {
  switch (verb) {
    case "assign":
    case "hand-over":
      return readAssignment(words);
    case "skip": {
      const { before, reason } = splitReason(words);
      return {
        account: accountNamed(before, skipUsage),
        step: { kind: "skip", reason: requireReason(reason, skipUsage) },
      };
    }
    case "reopen": {
      const { before, reason } = splitReason(words);
      return {
        account: accountNamed(before, "offer <name> reopen <account>"),
        step: { kind: "reopen", reason },
      };
    }
    case "outcome":
      return readOutcome(words);
    default: {
      const kind = verb === "claim" ? "claim" : "release";
      return { account: accountNamed(words, `offer <name> ${kind} <account>`), step: { kind } };
    }
  }
}

function readAssignment(words: readonly string[]): StepOf {
  const at = words.findLastIndex((word, index) => index > 0 && isWord(word, "to"));
  const to = at < 0 ? "" : words.slice(at + 1).join(" ");
  if (to === "") throw new UsageError(`Say to whom: \`${assignUsage}\`.`);
  return { account: accountNamed(words.slice(0, at), assignUsage), step: { kind: "assign", to } };
}

function readOutcome(words: readonly string[]): StepOf {
  const { before: spoken, reason } = splitReason(words);
  const before = joinNoReply(spoken);
  const at = before.findIndex((word, index) => index > 0 && outcomeIn(word) !== undefined);
  const outcome = outcomeIn(before[at] ?? "");
  if (at < 0 || outcome === undefined)
    throw new UsageError(`Say what came of it: won, lost or no-reply. \`${outcomeUsage}\`.`);
  const { amount, minutes } = readFigures(before.slice(at + 1));
  if (amount !== undefined && outcome !== "won")
    throw new UsageError("Only a win has an amount. Leave it out, or say won.");
  return {
    account: accountNamed(before.slice(0, at), outcomeUsage),
    step: {
      kind: "outcome",
      outcome,
      ...(amount === undefined ? {} : { amount }),
      ...(minutes === undefined ? {} : { minutes }),
      ...(reason === "" ? {} : { reason }),
    },
  };
}

/** `no reply` is one word. */
function joinNoReply(words: readonly string[]): readonly string[] {
  const at = words.findIndex(
    (word, index) => index > 0 && isWord(word, "no") && isWord(words[index + 1], "reply"),
  );
  return at < 0 ? words : [...words.slice(0, at), "no-reply", ...words.slice(at + 2)];
}

function outcomeIn(word: string) {
  return outcomes.find((outcome) => isWord(word, outcome));
}

/** `amount 5000 hours 1.5`, in any order. */
function readFigures(words: readonly string[]): { readonly amount?: string; readonly minutes?: number } {
  const [name, figure, ...more] = words;
  if (name === undefined) return {};
  if (isWord(name, "amount") && figure !== undefined) return { amount: figure, ...readFigures(more) };
  if (isWord(name, "hours") && figure !== undefined)
    return { minutes: minutesIn(figure), ...readFigures(more) };
  throw new UsageError(`I do not understand "${words.join(" ")}" here: \`${outcomeUsage}\`.`);
}

/** Typed hours as minutes: `1.5`, `2h`. @throws UsageError saying how hours are written. */
export function minutesIn(typed: string): number {
  const [, whole = "", fraction = "0"] = /^(\d{1,4})(?:[.,](\d{1,3}))?\s*h?$/i.exec(typed) ?? [];
  const hours = whole === "" ? Number.NaN : Number(`${whole}.${fraction}`);
  if (hours >= 0 && hours <= MOST_HOURS) return Math.round(hours * 60);
  throw new UsageError(`"${typed}" is no number of hours: write 0 to ${MOST_HOURS}, such as 1.5.`);
}

/** @throws UsageError asking for the account where there is none. */
export function accountNamed(words: readonly string[], usage: string): string {
  const account = words.join(" ").trim();
  if (account !== "") return account;
  throw new UsageError(`Say which account: \`${usage}\`.`);
}
