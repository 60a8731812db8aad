import { type InteractionKind, interactionKinds } from "../core/interactions.ts";

/** Kinds as people read them within a sentence. */
export const kindNames: Readonly<Record<InteractionKind, string>> = {
  call: "call",
  meeting: "meeting",
  visit: "visit",
  email: "e-mail",
  inquiry: "inquiry",
  complaint: "complaint",
  survey: "survey",
  return: "return",
  payment: "payment",
  preference: "preference",
  perception: "perception of our brand",
  reference: "reference request",
  gift: "gift",
  note: "note",
};

/** What people also type for a kind. */
const alsoTyped: Readonly<Record<string, InteractionKind>> = {
  "e-mail": "email",
  mail: "email",
  enquiry: "inquiry",
};

/** The kind that a word names. */
export function kindIn(word: string): InteractionKind | undefined {
  const typed = word.toLowerCase();
  return (
    interactionKinds.find((kind) => kind === typed) ??
    (Object.hasOwn(alsoTyped, typed) ? alsoTyped[typed] : undefined)
  );
}

/** What comes from elsewhere, and from where. */
const elsewhere: readonly (readonly [words: RegExp, where: string])[] = [
  [
    /^(purchase|order|invoice|sale)s?$/i,
    "Purchases come with imported invoices, payments and deals, so nobody logs them.",
  ],
  [
    /^(offer|pitch)(s|ed)?$|^(offer-)?responses?$/i,
    "Answers to offers are noted with the offer: `offer <name> outcome <account> won|lost|no-reply`.",
  ],
];

/** A sentence about a word that names what is not logged here. */
export function whereIs(word: string): string | undefined {
  return elsewhere.find(([words]) => words.test(word))?.[1];
}
