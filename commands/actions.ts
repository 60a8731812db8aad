import { kindWords } from "../src/actions/kind-words.ts";
import { runActions } from "../src/actions/run-actions.ts";
import { actionVerbs } from "../src/actions/typed-actions.ts";
import { defineCommand } from "../src/command.ts";
import { anyWords } from "../src/command-words.ts";
import { allFilters, without } from "../src/query.ts";

export default defineCommand({
  summary: "What to do next, why, by when, and what it is worth",
  usage:
    "actions [kind] [account] [all] [filters] [answered] [explain] [done …] [snooze …] [reassign …] [not-relevant …] [reopen …]",
  examples: ["actions", "actions renewals", "actions answered", "actions explain"],
  filters: without(allFilters, "measure", "fiscalPeriod", "within"),
  verbs: actionVerbs,
  ownWords: kindWords,
  options: anyWords,
  helpOrder: 0,
  run: ({ options, ...paged }, context) => runActions(options.words, paged, context),
});
