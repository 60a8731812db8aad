import { defineCommand } from "../src/command.ts";
import { accountName } from "../src/command-words.ts";
import { timelineReply } from "../src/interactions/timeline-reply.ts";

export default defineCommand({
  summary: "All that happened with an account: purchases, deals, calls, complaints, thank-yous",
  usage: "timeline <account>",
  examples: [],
  filters: [],
  options: accountName,
  run: ({ options, ...paged }, context) => timelineReply(options.name, paged, context),
});
