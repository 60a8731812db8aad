import { defineCommand } from "../src/command.ts";
import { oneTier } from "../src/command-words.ts";
import { profileReply } from "../src/offers/profile-reply.ts";

export default defineCommand({
  summary: "What the accounts of a tier have in common that others have not",
  usage: "profile [A|B|C|D]",
  examples: ["profile A"],
  filters: [],
  options: oneTier,
  run: ({ options, ...paged }, context) => profileReply(options.tier ?? "A", paged, context),
});
