import { defineCommand } from "../src/command.ts";
import { anyWords } from "../src/command-words.ts";
import { runDigest } from "../src/digest/command/run-digest.ts";
import { digestUsage, digestWords } from "../src/digest/command/typed-digest.ts";
import { digestFilters } from "../src/digest/digest-scope.ts";

export default defineCommand({
  summary: "What to do next, sent to you or a channel every week, or as often as you like",
  usage: digestUsage,
  examples: ["digest", "digest preview", "digest on weekly tue at 08:30"],
  filters: digestFilters,
  ownWords: digestWords,
  options: anyWords,
  helpOrder: 7,
  run: ({ options, ...paged }, context) => runDigest(options.words, paged, context),
});
