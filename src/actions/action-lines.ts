import { formatQuery } from "../query.ts";

/** What can be done about an action, as it is typed. */
export type ActionVerb = "done" | "snooze" | "reassign" | "not-relevant" | "reopen";

/** A line that does something about one action; what a form adds goes to its end. */
export function actionLine(verb: ActionVerb, id: string): string {
  return `actions ${verb} id:${id}`;
}

/** The same with words behind it, each quoted where it must be. */
export function actionLineWith(verb: ActionVerb, ...words: readonly string[]): string {
  return formatQuery("actions", { words: [verb, ...words], filters: {}, page: 1 });
}
