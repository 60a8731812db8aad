import { earlier, leakRules, planned, suspectRules } from "./leak-words.ts";
import { nameWords } from "./name-words.ts";

/** What a column's name says of when it is known. */
export interface NameVerdict {
  /** `leak`: only after the end. `suspicious`: perhaps, so that people should look, and the evidence decides. */
  readonly kind: "leak" | "suspicious";
  /** The words of the name that say so. */
  readonly word: string;
}

/** Words of an outcome after which columns about it are named: "Churn" has "Churn reason" and "Churn score" beside it. */
const events = [
  / churn\p{L}* /u,
  / attri(?:ted|tion) /,
  / conver(?:ted|sion) /,
  / cancel\p{L}* /u,
  / (?:exited|left) /,
];
/** Words of tables about conversations, in which a duration is that of the conversation. */
const conversations = / (?:contact|call|calls|campaign|poutcome) /;

/**
 * What a column's name says of when it is known; undefined where it says nothing. What an earlier deal came to is known
 * beforehand, and what is planned is suspicious at most.
 *
 * @param table the names of all columns and of the outcome: a "duration" beside "contact" is that of a conversation, and
 * what is named after the outcome is about it.
 *
 * @example
 * judgeName("Lost_Reason__c", { names: [], outcome: "Stage" }); // => { kind: "leak", word: "lost reason" }
 */
export function judgeName(
  name: string,
  table: { readonly names: readonly string[]; readonly outcome: string },
): NameVerdict | undefined {
  const words = nameWords(name);
  if (earlier.test(words)) return undefined;
  const leak = firstMatch(leakRules, words) ?? ofOutcome(words, table.outcome);
  const isSuspect = leak !== undefined && (planned.test(words) || isOtherDuration(words, table.names));
  if (leak !== undefined) return { kind: isSuspect ? "suspicious" : "leak", word: leak };
  const suspect = firstMatch(suspectRules, words);
  return suspect === undefined ? undefined : { kind: "suspicious", word: suspect };
}

function ofOutcome(words: string, outcome: string): string | undefined {
  const event = events.find((each) => each.test(nameWords(outcome)) && each.test(words));
  return event?.exec(words)?.[0].trim();
}

/** How long a loan runs is known when it is granted. */
function isOtherDuration(words: string, names: readonly string[]): boolean {
  return words === " duration " && !names.some((name) => conversations.test(nameWords(name)));
}

function firstMatch(rules: readonly RegExp[], words: string): string | undefined {
  return rules
    .find((rule) => rule.test(words))
    ?.exec(words)?.[0]
    .trim();
}
