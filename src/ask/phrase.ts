import type { Sentence } from "./sentence.ts";
import { readers, type SlotName, type Slots } from "./slots.ts";
import { isMeant } from "./spelling.ts";
import { vocabulary } from "./vocabulary.ts";

/**
 * A sentence people say, taken apart: words as they are, `(one|other)`, `[left out or not]`, `{slot}`, and `<name>`
 * for what `vocabulary.ts` knows under that name.
 */
type Part =
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "slot"; readonly slot: SlotName }
  | { readonly kind: "choice"; readonly choices: readonly (readonly Part[])[] };

export type Phrase = readonly Part[];

/** @throws RangeError for a phrase that is not well written. */
export function readPhrase(written: string): Phrase {
  const symbols = written.match(/[()[\]|]|\{\w+\}|<\w+>|[^\s()[\]|{}<>]+/g) ?? [];
  let at = 0;
  const sequence = (): readonly Part[] => {
    const parts: Part[] = [];
    while (at < symbols.length && !/^[)\]|]$/.test(symbols[at] ?? "")) parts.push(part(symbols[at++] ?? ""));
    return parts;
  };
  const choices = (end: string): readonly (readonly Part[])[] => {
    const read = [sequence()];
    while (symbols[at] === "|") {
      at += 1;
      read.push(sequence());
    }
    if (symbols[at++] !== end) throw new RangeError(`"${written}" lacks a ${end}`);
    return read;
  };
  const part = (symbol: string): Part => {
    if (symbol === "(") return { kind: "choice", choices: choices(")") };
    // What may be left out is first looked for.
    if (symbol === "[") return { kind: "choice", choices: [...choices("]"), []] };
    const [, slot, name] = /^(?:\{(\w+)\}|<(\w+)>)$/.exec(symbol) ?? [];
    if (slot !== undefined) return { kind: "slot", slot: slotNamed(slot, written) };
    if (name === undefined) return { kind: "word", word: symbol };
    const meaning = vocabulary[name];
    if (meaning === undefined) throw new RangeError(`"${written}" has an unknown <${name}>`);
    return { kind: "choice", choices: [readPhrase(meaning)] };
  };
  const whole = sequence();
  if (at < symbols.length) throw new RangeError(`"${written}" has a ${symbols[at]} too many`);
  return whole;
}

/**
 * What the slots of a phrase hold if the whole sentence is that phrase; undefined if it is another one. No slot holds
 * two things: one of them would be lost.
 */
export function matchPhrase(phrase: Phrase, sentence: Sentence, today: string): Slots | undefined {
  for (const { at, slots } of matches(phrase, sentence, 0, {}))
    if (at === sentence.words.length) return slots;
  return undefined;

  function* matches(
    [part, ...rest]: Phrase,
    about: Sentence,
    at: number,
    slots: Slots,
  ): Generator<{ readonly at: number; readonly slots: Slots }> {
    if (part === undefined) yield { at, slots };
    else if (part.kind === "choice") {
      for (const choice of part.choices) yield* matches([...choice, ...rest], about, at, slots);
    } else if (part.kind === "slot") {
      for (const { end, value } of readers[part.slot](about, at, today))
        if (!Object.keys(value).some((name) => name in slots))
          yield* matches(rest, about, end, { ...slots, ...value });
    } else {
      const word = about.words[at];
      if (word?.kind === "word" && isMeant(word.key, part.word)) yield* matches(rest, about, at + 1, slots);
    }
  }
}

function slotNamed(name: string, written: string): SlotName {
  if (name in readers) return name as SlotName;
  throw new RangeError(`"${written}" has an unknown {${name}}`);
}
