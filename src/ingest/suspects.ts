import { regionVocabulary } from "./countries.ts";
import type { Draft, Reference } from "./drafts.ts";
import { industryVocabulary } from "./industries.ts";
import { suspectCategories } from "./suspect-categories.ts";
import { suspectMentions } from "./suspect-mentions.ts";
import { createTally, type Tally } from "./tally.ts";

/** A value that is probably another one, written differently. Nothing is changed: people decide. */
export interface Suspect {
  readonly column: string;
  readonly value: string;
  /** What it may stand for. */
  readonly suggestion?: string;
  /** Rows that have the value. */
  readonly rows: number;
  readonly reason: string;
}

/** Names that facts mention, against those that have a row of their own. */
export interface ObservedReference {
  readonly column: string;
  readonly mentioned: Tally;
  /** Empty when the source has no file of them: the mentions are then compared with each other. */
  readonly catalogue: Tally;
}

/** A column with few values for many rows, such as an industry. */
export interface ObservedCategory {
  readonly column: string;
  readonly values: Tally;
  /** Words to be expected there, in their usual spelling. */
  readonly vocabulary?: Vocabulary;
}

export interface Vocabulary {
  /** As a person would say it: "a country". */
  readonly what: string;
  readonly words: readonly string[];
}

export interface Observed {
  readonly references: readonly ObservedReference[];
  readonly categories: readonly ObservedCategory[];
}

/** Collects, draft by draft and in bounded memory, what suspects are found from. */
export interface Observation {
  observe(draft: Draft): void;
  suspects(): readonly Suspect[];
}

/** More different values than this in a category, and it is none. */
const mostCategories = 500;

export function createObservation(): Observation {
  const industries = createTally(mostCategories);
  const regions = createTally(mostCategories);
  const catalogue = { account: createTally(), rep: createTally(), product: createTally() };
  const mentioned = { account: createTally(), rep: createTally(), product: createTally() };
  return {
    observe(draft) {
      if (draft.kind === "account" || draft.kind === "rep" || draft.kind === "product")
        catalogue[draft.kind].add(draft.name);
      if (draft.kind === "account") {
        industries.add(draft.industry);
        regions.add(draft.region);
      }
      if ("owner" in draft) mentioned.rep.add(nameOnly(draft.owner));
      if ("product" in draft) mentioned.product.add(nameOnly(draft.product));
      if ("account" in draft) mentioned.account.add(nameOnly(draft.account));
    },
    suspects: () =>
      findSuspects({
        references: [
          { column: "account", mentioned: mentioned.account, catalogue: catalogue.account },
          { column: "product", mentioned: mentioned.product, catalogue: catalogue.product },
          { column: "owner", mentioned: mentioned.rep, catalogue: catalogue.rep },
        ],
        categories: [
          { column: "industry", values: industries, vocabulary: industryVocabulary() },
          { column: "region", values: regions, vocabulary: regionVocabulary() },
        ],
      }),
  };
}

/** An id settles what is meant, however its name is written. */
function nameOnly(reference: Reference | undefined): string | undefined {
  return reference?.externalId === undefined ? reference?.name : undefined;
}

/**
 * Values that look wrong, by column and then the most frequent first. A column with more different values
 * than its tally holds is left out: what is missing from a part may be in the rest.
 */
export function findSuspects({ references, categories }: Observed): readonly Suspect[] {
  return [...references.flatMap(suspectReferences), ...categories.flatMap(suspectCategories)];
}

function suspectReferences({ column, mentioned, catalogue }: ObservedReference): readonly Suspect[] {
  if (catalogue.rows.size > 0) return suspectMentions(column, mentioned, catalogue);
  // Each with each: beyond this it takes too long, and so many names are near each other by chance.
  return mentioned.rows.size > mostCategories ? [] : suspectCategories({ column, values: mentioned });
}
