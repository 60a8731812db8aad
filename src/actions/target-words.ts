import type { ActionKind } from "../core/actions/action.ts";
import { UsageError } from "../usage-error.ts";
import { kindAtEnd } from "./kind-words.ts";

/** Which action is meant: by its id, or by account and, where that has several, kind. */
export type ActionTarget =
  | { readonly by: "id"; readonly id: string }
  | { readonly by: "account"; readonly account: string; readonly kind: ActionKind | undefined };

const identified = /^id:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/**
 * Reads `id:0b5f…`, `Acme renewal`, or `id:0b5f… renewal`, of which the last names an account.
 *
 * @throws UsageError where nothing is named.
 */
export function readTarget(typed: string, usage: string): ActionTarget {
  const id = identified.exec(typed)?.[1];
  if (id !== undefined) return { by: "id", id: id.toLowerCase() };
  const { before, kind } = kindAtEnd(typed.split(" "));
  const account = before.join(" ").trim();
  if (account !== "") return { by: "account", account, kind };
  throw new UsageError(`Say which action, by its account and its kind: \`${usage}\`.`, [
    { label: "My actions", line: "actions mine" },
  ]);
}
