import { defineCommand } from "../src/command.ts";
import { anyWords } from "../src/command-words.ts";
import { logUsage } from "../src/interactions/log-words.ts";
import { runLog } from "../src/interactions/run-log.ts";

export default defineCommand({
  summary: "Note a call, meeting, complaint or the like with an account, with its hours",
  usage: logUsage,
  examples: [],
  filters: [],
  options: anyWords,
  helpOrder: 6,
  run: ({ options, ...paged }, context) => runLog(options.words, paged, context),
});
