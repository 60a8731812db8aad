import type { AskedQuery } from "./asked-query.ts";
import { type Phrase, readPhrase } from "./phrase.ts";
import type { Slots } from "./slots.ts";

/** Sentences that ask the same, and the query they ask for. */
export interface Intent {
  readonly phrases: readonly Phrase[];
  query(slots: Slots): AskedQuery;
}

/** The intents that one command answers. */
export interface Family {
  /** Words by which a sentence that nobody understands comes near to it. */
  readonly about: readonly string[];
  /** A line of it that works on any portfolio; undefined for a command that needs a name. */
  readonly near?: { readonly label: string; readonly line: string };
  readonly intents: readonly Intent[];
}

export function intent(phrases: readonly string[], query: Intent["query"]): Intent {
  return { phrases: phrases.map(readPhrase), query };
}
