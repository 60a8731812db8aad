import type { Day } from "../core/calendar.ts";
import { type RewardKind, rewardKinds } from "../core/rewards.ts";
import { typedDay } from "../interactions/typed-day.ts";
import { isWord, requireReason, splitReason } from "../offers/reason-words.ts";
import { UsageError } from "../usage-error.ts";

export const rewardsUsage = "rewards [plan|give|cancel …] [filters]";
const planUsage = "rewards plan <account> card|gift|event [on 2026-12-20] [cost 50] because <occasion>";

/** First words that do something. */
export const rewardVerbs = ["plan", "give", "cancel"] as const;

/** What is asked about thank-yous; the account is not looked up, the cost has no currency yet. */
export type TypedRewards =
  | { readonly kind: "list" }
  | {
      readonly kind: "plan";
      readonly account: string;
      readonly reward: RewardKind;
      readonly onDay: Day;
      readonly cost: string | undefined;
      readonly occasion: string;
    }
  | { readonly kind: "give"; readonly id: number; readonly onDay: Day }
  | { readonly kind: "cancel"; readonly id: number };

/**
 * Takes `plan Acme gift on 2026-12-20 cost 50 because …` apart.
 *
 * @throws UsageError saying what is missing.
 */
export function readRewards(words: readonly string[], today: Day): TypedRewards {
  const [first, ...rest] = words;
  if (first === undefined) return { kind: "list" };
  const verb = rewardVerbs.find((each) => isWord(first, each));
  switch (verb) {
    case "plan":
      return readPlan(rest, today);
    case "give":
      return { kind: "give", ...readGiven(rest, today) };
    case "cancel":
      return { kind: "cancel", id: numberIn(rest, "rewards cancel <number>") };
    case undefined:
      throw new UsageError(
        `I do not understand "${words.join(" ")}" here: \`${planUsage}\`, \`rewards give <number>\` or \`rewards cancel <number>\`.`,
      );
  }
}

/** An account may be called as a thank-you is: the first place from which on the rest can be read is the one. */
function readPlan(words: readonly string[], today: Day): TypedRewards {
  const { before, reason } = splitReason(words);
  const places = before.flatMap((word, index) => (index > 0 && rewardIn(word) ? [index] : []));
  const read = places.map((at) => detailsAt(before, at, today));
  const details = read.find((each) => !(each instanceof UsageError)) ?? read[0];
  if (details === undefined) throw new UsageError(`Say for which account, and what: \`${planUsage}\`.`);
  if (details instanceof UsageError) throw details;
  return { kind: "plan", ...details, occasion: requireReason(reason, planUsage) };
}

interface Details {
  readonly account: string;
  readonly reward: RewardKind;
  readonly onDay: Day;
  readonly cost: string | undefined;
}

function detailsAt(words: readonly string[], at: number, today: Day): Details | UsageError {
  const reward = rewardIn(words[at] ?? "");
  if (reward === undefined) return new UsageError(`Say what: \`${planUsage}\`.`);
  try {
    const read = { account: words.slice(0, at).join(" "), reward, onDay: today, cost: undefined };
    return readDetails(words.slice(at + 1), read, today);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

function readDetails(words: readonly string[], read: Details, today: Day): Details {
  const [name, value, ...more] = words;
  if (name === undefined) return read;
  if (isWord(name, "on") && value !== undefined)
    return readDetails(more, { ...read, onDay: typedDay(value, today) }, today);
  if (isWord(name, "cost") && value !== undefined && /^\d/.test(value))
    return readDetails(more, { ...read, cost: value }, today);
  throw new UsageError(`I do not understand "${words.join(" ")}" here: \`${planUsage}\`.`);
}

function readGiven(words: readonly string[], today: Day): { readonly id: number; readonly onDay: Day } {
  const usage = "rewards give <number> [on 2026-12-20]";
  const at = words.findIndex((word) => isWord(word, "on"));
  const id = numberIn(at < 0 ? words : words.slice(0, at), usage);
  if (at < 0) return { id, onDay: today };
  const [day, ...more] = words.slice(at + 1);
  if (day === undefined || more.length > 0) throw new UsageError(`Say on which day: \`${usage}\`.`);
  return { id, onDay: typedDay(day, today) };
}

/** The number that lists show. */
function numberIn(words: readonly string[], usage: string): number {
  const [typed = "", ...more] = words;
  if (more.length === 0 && /^\d{1,9}$/.test(typed)) return Number(typed);
  throw new UsageError(`Say which one by its number, which \`rewards\` shows: \`${usage}\`.`);
}

function rewardIn(word: string): RewardKind | undefined {
  return rewardKinds.find((kind) => isWord(word, kind));
}
