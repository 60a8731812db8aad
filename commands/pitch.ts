import { defineCommand } from "../src/command.ts";
import { anyWords } from "../src/command-words.ts";
import { pitchUsage } from "../src/offers/pitch-words.ts";
import { runPitch } from "../src/offers/run-pitch.ts";
import { accountFilters, without } from "../src/query.ts";

export default defineCommand({
  summary: "Whom to pitch a new offer to: in waves, best first, each with its reasons",
  usage: pitchUsage,
  examples: [],
  filters: without(accountFilters, "from", "direction"),
  options: anyWords,
  helpOrder: 4,
  run: ({ options, ...paged }, context) => runPitch(options.words, paged, context),
});
