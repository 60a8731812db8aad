import type { ActionKind } from "../core/actions/action.ts";
import type { ActionVerb } from "./action-lines.ts";
import { kindAtEnd, kindIn } from "./kind-words.ts";

/** What is asked about actions; names are not looked up yet. */
export type TypedActions =
  | (TypedList & { readonly kind: "list" | "answered" })
  | { readonly kind: "explain" }
  | { readonly kind: "step"; readonly verb: ActionVerb; readonly words: readonly string[] };

export interface TypedList {
  readonly kinds: readonly ActionKind[];
  /** Everybody's, where otherwise one's own are shown. */
  readonly isEverybodys: boolean;
  /** Words that are nothing else: an account's name; empty without any. */
  readonly account: string;
}

const verbs: ReadonlyMap<string, ActionVerb> = new Map([
  ["done", "done"],
  ["snooze", "snooze"],
  ["reassign", "reassign"],
  ["not-relevant", "not-relevant"],
  ["reopen", "reopen"],
]);

/** First words that do something; `not relevant` is one as well. */
export const actionVerbs: readonly string[] = [...verbs.keys(), "not"];

const everybodys = new Set(["all", "everybody", "everyone"]);
const filler = new Set(["actions", "action", "requests", "request", "for"]);

/** Reads `renewal win back`, `all`, `Acme`, `answered`, `done Acme renewal because …`. */
export function readActions(words: readonly string[]): TypedActions {
  const [first = "", second = ""] = words.map((word) => word.toLowerCase());
  const verb = verbs.get(first);
  if (verb !== undefined) return { kind: "step", verb, words: words.slice(1) };
  if (first === "not" && second === "relevant")
    return { kind: "step", verb: "not-relevant", words: words.slice(2) };
  if (first === "explain" && words.length === 1) return { kind: "explain" };
  return first === "answered"
    ? { kind: "answered", ...readList(words.slice(1)) }
    : { kind: "list", ...readList(words) };
}

/** Kinds and `all` come first; what else there is names an account, and may end with a kind. */
function readList(words: readonly string[]): TypedList {
  const [first, second] = words;
  if (first === undefined) return { kinds: [], isEverybodys: false, account: "" };
  const pair = second === undefined ? undefined : kindIn(first, second);
  const kind = pair ?? kindIn(first);
  const rest = () => readList(words.slice(pair === undefined ? 1 : 2));
  if (kind !== undefined) {
    const { kinds, ...others } = rest();
    return { ...others, kinds: [kind, ...kinds.filter((other) => other !== kind)] };
  }
  if (everybodys.has(first.toLowerCase())) return { ...rest(), isEverybodys: true };
  if (filler.has(first.toLowerCase())) return rest();
  const named = kindAtEnd(words);
  return {
    kinds: named.kind === undefined ? [] : [named.kind],
    isEverybodys: false,
    account: named.before.join(" "),
  };
}
