import type { WaveName } from "../core/offers/offer.ts";
import { UsageError } from "../usage-error.ts";
import { isWord, requireReason, splitReason } from "./reason-words.ts";
import { accountNamed, readStep, type TypedStep } from "./step-words.ts";
import { requireWave } from "./wave-words.ts";

export const offerUsage =
  "offer <name> [log|account|claim|release|assign|hand-over|skip|outcome|reopen|open|pause|resume|close …]";

/** What is asked about an offer; names and amounts are not looked up yet. */
export type TypedOffer = { readonly offer: string } & (
  | { readonly kind: "show" | "log" }
  | { readonly kind: "account"; readonly account: string }
  | { readonly kind: "step"; readonly account: string; readonly step: TypedStep }
  | {
      readonly kind: "wave";
      readonly wave: WaveName;
      readonly change: "open" | "paused" | "override";
      readonly reason: string;
    }
  | { readonly kind: "close"; readonly reason: string }
);

const waveChanges = { open: "open", pause: "paused", resume: "override" } as const;
const verbs: ReadonlySet<string> = new Set([
  ...["log", "account", "claim", "release", "reopen", "assign", "hand-over", "skip", "outcome"],
  ...["open", "pause", "resume", "close"],
]);

/**
 * Takes `"New service" skip "id:…" because …` apart: the words before the first that is a step are the name.
 *
 * @throws UsageError saying what is missing.
 */
export function readOffer(words: readonly string[]): TypedOffer {
  const at = words.findIndex((word, index) => index > 0 && verbs.has(word.toLowerCase()));
  const offer = (at < 0 ? words : words.slice(0, at)).join(" ").trim();
  if (offer === "")
    throw new UsageError("Say which offer: `offer <name>`.", [{ label: "Offers", line: "offers" }]);
  if (at < 0) return { offer, kind: "show" };
  const verb = (words[at] ?? "").toLowerCase();
  return { offer, ...readVerb(verb, words.slice(at + 1)) };
}

/** `TypedOffer` without the offer: `Omit` would lose which fields go together. */
type Asked = TypedOffer extends infer One ? (One extends TypedOffer ? Omit<One, "offer"> : never) : never;

function readVerb(verb: string, rest: readonly string[]): Asked {
  switch (verb) {
    case "log":
      return { kind: "log" };
    case "account":
      return { kind: "account", account: accountNamed(rest, "offer <name> account <account>") };
    case "open":
    case "pause":
    case "resume":
      return readWave(verb, rest);
    case "close": {
      const reason = splitReason(rest, 0).reason;
      return { kind: "close", reason: requireReason(reason, "offer <name> close because <reason>") };
    }
    default:
      return { kind: "step", ...readStep(verb, rest) };
  }
}

function readWave(verb: keyof typeof waveChanges, rest: readonly string[]): Asked {
  const usage = `offer <name> ${verb} B because <reason>`;
  const { before, reason } = splitReason(rest);
  const typed = before.filter((word) => !isWord(word, "wave")).join(" ");
  if (typed === "") throw new UsageError(`Say which wave: \`${usage}\`.`);
  // The next reader of the log wants to know why somebody went on against the rule.
  const why = verb === "resume" ? requireReason(reason, usage) : reason;
  return { kind: "wave", wave: requireWave(typed), change: waveChanges[verb], reason: why };
}
