import { type ActionKind, actionKinds } from "../core/actions/action.ts";
import { nameKey } from "../core/names.ts";

/** Kinds as people read them: one, and several. */
export const kindNames: Readonly<Record<ActionKind, readonly [one: string, many: string]>> = {
  complaint: ["complaint", "complaints"],
  renewal: ["renewal", "renewals"],
  offer: ["offer", "offers"],
  "win-back": ["win-back", "win-backs"],
  "check-in": ["check-in", "check-ins"],
  "cross-sell": ["cross-sell", "cross-sells"],
  "up-sell": ["up-sell", "up-sells"],
  "thank-you": ["thank-you", "thank-yous"],
  reference: ["reference", "references"],
};

/** Everything that names a kind, also as two words: at these a filter's value ends. */
export const kindWords: readonly string[] = [
  ...new Set(
    Object.values(kindNames)
      .flat()
      .flatMap((name) => [name, name.replace("-", " ")]),
  ),
];

const kindsByKey: ReadonlyMap<string, ActionKind> = new Map(
  actionKinds.flatMap((kind) => kindNames[kind].map((name): [string, ActionKind] => [nameKey(name), kind])),
);

/** The kind that a word means, or two together: `renewals`, `Cross-Sell`, `win back`. */
export function kindIn(...words: readonly string[]): ActionKind | undefined {
  return kindsByKey.get(nameKey(words.join("")));
}

/** The kind that some words end with, and the words before it. */
export function kindAtEnd(words: readonly string[]): {
  readonly before: readonly string[];
  readonly kind: ActionKind | undefined;
} {
  for (const length of [2, 1]) {
    const kind = words.length >= length ? kindIn(...words.slice(-length)) : undefined;
    if (kind !== undefined) return { before: words.slice(0, -length), kind };
  }
  return { before: words, kind: undefined };
}
