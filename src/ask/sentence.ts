import { cleanText } from "../core/names.ts";

/** A word as it was typed, and as it is compared. */
export interface Word {
  /** Lower case, without accents; of what stands in quotes, the text as it is. */
  readonly key: string;
  /** `other` is what no sentence of ours has in it: markup, signs. */
  readonly kind: "word" | "quoted" | "mention" | "other";
  readonly start: number;
  readonly end: number;
}

/** What somebody asked, without politeness, and the text that its words are places in. */
export interface Sentence {
  readonly source: string;
  readonly words: readonly Word[];
}

const LETTER = "[\\p{L}\\p{N}]";
const pieces = new RegExp(
  [
    `(?<quoted>"[^"]*"|[“”„«»][^“”„«»]*[“”„«»]|(?<!\\S)[‘'][^‘’']+[’'](?!${LETTER}))`,
    `(?<mention><@[UW][A-Z0-9]+(?:\\|[^<>]*)?>(?:['’]s(?!${LETTER}))?)`,
    "(?<emoji>:[a-z0-9_+'-]+:|\\p{Extended_Pictographic}\\p{Emoji_Modifier}?(?:\\u200d\\p{Extended_Pictographic})*\\ufe0f?)",
    `(?<word>&|${LETTER}(?:[\\p{L}\\p{M}\\p{N}'’&+]|\\.(?=${LETTER}))*)`,
    "(?<pause>[\\s.,;!?…()%/\\-–—]|:(?!\\S))",
    "(?<other><[^<>]*>|.)",
  ].join("|"),
  "gu",
);

/** Short forms, as the words they stand for. */
const shortForms: readonly (readonly [form: RegExp, whole: string])[] = [
  [/^let's$/, "let us"],
  [/^can't$/, "can not"],
  [/^won't$/, "will not"],
  [/^(who|what|where|how|that|there|it)'?s$/, "$1 is"],
  [/^(\w+)n't$/, "$1 not"],
  [/^(\w+)'re$/, "$1 are"],
  [/^(\w+)'ve$/, "$1 have"],
  [/^(\w+)'ll$/, "$1 will"],
  [/^(\w+)'d$/, "$1 would"],
];

/** What people say before they ask, and after. */
const before = listOf(
  "please|pls|plz|kindly|hi|hello|hey|there|good morning|good afternoon|ok|okay|so|and|well|now|quick question|portfolio",
  "could you|can you|would you|will you|do you know|any idea|can i see|let us see|let me see|let me know|remind me",
  "tell me|tell us|i would like to know|i would like to see|i want to know|i want to see|i need to know|i need to see",
);
const after = listOf(
  "please|pls|plz|kindly|thanks|thank you|thx|cheers|a lot|very much|so much|asap|for me|for us",
  "now|right now|today|again|then|exactly|actually|at the moment|by the way",
);

/** Takes a text apart into words, and leaves out what only makes it polite. */
export function readSentence(text: string): Sentence {
  const source = cleanText(text);
  const words = [...source.matchAll(pieces)].flatMap(({ groups = {}, index, 0: piece }): readonly Word[] => {
    const place = { start: index, end: index + piece.length };
    if (groups.quoted !== undefined) return [{ key: piece.slice(1, -1).trim(), kind: "quoted", ...place }];
    if (groups.word !== undefined) return keysOf(piece).map((key): Word => ({ key, kind: "word", ...place }));
    if (groups.mention !== undefined) return [{ key: piece, kind: "mention", ...place }];
    return groups.other === undefined ? [] : [{ key: piece, kind: "other", ...place }];
  });
  return { source, words: withoutPoliteness(words) };
}

function keysOf(piece: string): readonly string[] {
  const key = piece
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/'$/, "");
  const form = shortForms.find(([pattern]) => pattern.test(key));
  return (form ? key.replace(...form) : key).split(" ");
}

function withoutPoliteness(words: readonly Word[]): readonly Word[] {
  const isSaid = (phrase: readonly string[], from: number) =>
    from >= 0 &&
    phrase.every((key, index) => words[from + index]?.kind === "word" && words[from + index]?.key === key);
  const first = before.find((phrase) => isSaid(phrase, 0));
  if (first) return withoutPoliteness(words.slice(first.length));
  const last = after.find((phrase) => isSaid(phrase, words.length - phrase.length));
  return last ? withoutPoliteness(words.slice(0, -last.length)) : words;
}

function listOf(...lists: readonly string[]): readonly (readonly string[])[] {
  return lists.flatMap((list) => list.split("|").map((phrase) => phrase.split(" ")));
}
