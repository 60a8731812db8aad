import type { Day } from "../core/calendar.ts";
import { account } from "./account.ts";
import { actions } from "./actions.ts";
import { lineOf } from "./asked-query.ts";
import { coach } from "./coach.ts";
import { cohorts } from "./cohorts.ts";
import { cross } from "./cross.ts";
import { growth } from "./growth.ts";
import type { Family } from "./intent.ts";
import { leaderboard } from "./leaderboard.ts";
import { ltv } from "./ltv.ts";
import { mix } from "./mix.ts";
import { moved } from "./moved.ts";
import { properNames } from "./names-in-words.ts";
import { outlook } from "./outlook.ts";
import { matchPhrase } from "./phrase.ts";
import { pitch } from "./pitch.ts";
import { renewals } from "./renewals.ts";
import { readSentence, type Sentence } from "./sentence.ts";
import { isMeant } from "./spelling.ts";
import { top } from "./top.ts";
import { why } from "./why.ts";

/** Longer ones are letters, not questions. */
const MOST_CHARACTERS = 300;
const MOST_WORDS = 40;
const MOST_NEAR = 3;

/** How a sentence was understood; `near` is what might help somebody who was not, the nearest first. */
export type Asked =
  | {
      readonly kind: "line";
      readonly line: string;
      /** Tells the person what was understood. */
      readonly echo: string;
    }
  | { readonly kind: "unknown"; readonly near: readonly { readonly label: string; readonly line: string }[] };

/** In the order in which they are tried. */
const families: readonly Family[] = [
  ...[actions, pitch, top, moved, mix, why, account],
  ...[ltv, growth, cohorts, renewals, outlook, cross, leaderboard, coach],
];

/**
 * The line that a sentence asks for: `who should get the new-offer pitch?` means `pitch`. Every word of the sentence
 * has to have its place in what it is read as; where one has none, it is not understood, and nothing is guessed.
 *
 * @param today for what happened "this month".
 */
export function askInWords(text: string, today: Day): Asked {
  const sentence = readSentence(text.slice(0, MOST_CHARACTERS + 1));
  const isReadable =
    text.length <= MOST_CHARACTERS &&
    sentence.words.length <= MOST_WORDS &&
    sentence.words.every(({ kind }) => kind !== "other");
  const line = isReadable ? lineIn(sentence, today) : undefined;
  if (line === undefined) return { kind: "unknown", near: nearTo(sentence) };
  return { kind: "line", line, echo: `I read this as \`${line.replace(/<@\w+>/g, "@person")}\`.` };
}

function lineIn(sentence: Sentence, today: Day): string | undefined {
  for (const { query, phrases } of families.flatMap(({ intents }) => intents)) {
    for (const phrase of phrases) {
      const slots = matchPhrase(phrase, sentence, today);
      if (slots) return lineOf(query(slots));
    }
  }
  return undefined;
}

/** Lines of the commands that share most words with the sentence, and of the account that it may name. */
function nearTo(sentence: Sentence): readonly { readonly label: string; readonly line: string }[] {
  const shared = ({ about }: Family) =>
    sentence.words.filter(({ key }) => about.some((word) => isMeant(key, word))).length;
  const lines = [...families]
    .sort((left, right) => shared(right) - shared(left))
    .flatMap(({ near }) => near ?? []);
  const whole = [...properNames(sentence, 0)].find(({ end }) => end === sentence.words.length);
  return [
    ...lines.slice(0, MOST_NEAR),
    ...(whole === undefined
      ? []
      : [{ label: `Account ${whole.name}`, line: lineOf({ command: "account", words: [whole.name] }) }]),
    { label: "Help", line: "help" },
  ];
}
