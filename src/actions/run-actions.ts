import type { Context, Reply } from "../command.ts";
import type { Paged } from "../paging.ts";
import { actionsReply } from "./actions-reply.ts";
import { answeredReply } from "./answered-reply.ts";
import { explainActions } from "./explain-actions.ts";
import { takeStep } from "./take-step.ts";
import { readActions } from "./typed-actions.ts";

/** Shows actions, or does what was typed with one. */
export async function runActions(words: readonly string[], paged: Paged, context: Context): Promise<Reply> {
  const typed = readActions(words);
  switch (typed.kind) {
    case "list":
      return actionsReply(typed, paged, context);
    case "answered":
      return answeredReply(typed, paged, context);
    case "explain":
      return explainActions(paged.query, context);
    case "step":
      return takeStep(typed.verb, typed.words, paged.query, context);
  }
}
