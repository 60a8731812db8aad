import { LONGEST_NAME } from "./asked-query.ts";
import type { Sentence } from "./sentence.ts";

/** Longer ones are sentences. */
const MOST_WORDS = 6;

/** Words that may join those of a name: "Bank of America", "Smith and Sons". */
const joining = new Set("of and the de la du van von der &".split(" "));
/** Words of questions, which no name is made of unless it stands in quotes. */
const asking = new Set(
  (
    "a an in on at by for to from with about as than or if but because so not no yes who whom whose what which why how when where " +
    "is are was were be been being do does did done has have had should shall can could may might must will would " +
    "i me my mine we us our ours you your yours he him his she her it its they them their this that these those " +
    "there here anything anyone anybody everything everyone everybody something someone somebody nothing nobody " +
    "first next last now today tomorrow yesterday again please top tier tiers account accounts customer customers " +
    "client clients company companies pitch pitched portfolio go going get getting become fall fell fallen drop " +
    "dropped rise rose risen move moved doing happening happened down up quiet into life love work time"
  ).split(" "),
);

interface Named {
  readonly end: number;
  readonly name: string;
}

/** Every name that a sentence can have at a place, the shortest first. */
export function* someNames(sentence: Sentence, at: number): Generator<Named> {
  for (const found of namesAt(sentence, at)) if (found.name.length <= LONGEST_NAME) yield found;
}

function* namesAt({ source, words }: Sentence, at: number): Generator<Named> {
  const first = words[at];
  if (first?.kind === "quoted" && first.key !== "") yield { end: at + 1, name: first.key };
  if (first?.kind !== "word" || asking.has(first.key) || joining.has(first.key)) return;
  for (let end = at + 1; end <= at + MOST_WORDS; end += 1) {
    const last = words[end - 1];
    if (last?.kind !== "word" || asking.has(last.key)) return;
    if (!joining.has(last.key)) yield { end, name: source.slice(first.start, last.end) };
  }
}

/** Only names that look like one: in quotes, with a capital or a digit in a sentence that is not all capitals. */
export function* properNames(sentence: Sentence, at: number): Generator<Named> {
  const isShouted = !/\p{Ll}/u.test(sentence.source);
  for (const found of someNames(sentence, at)) {
    const isQuoted = sentence.words[at]?.kind === "quoted";
    if (isQuoted || (!isShouted && /[\p{Lu}\p{N}]/u.test(found.name))) yield found;
  }
}
