import { defineCommand } from "../src/command.ts";
import { anyWords } from "../src/command-words.ts";
import { runHold } from "../src/offers/hold-reply.ts";
import { holdUsage } from "../src/offers/hold-words.ts";

export default defineCommand({
  summary: "Keep an account out of offers: a complaint, overdue money, or it opted out",
  usage: holdUsage,
  examples: [],
  filters: [],
  options: anyWords,
  run: ({ options }, context) => runHold(options.words, context),
});
