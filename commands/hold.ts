import { z } from "zod";
import { defineCommand } from "../src/command.ts";
import { runHold } from "../src/offers/hold-reply.ts";
import { holdUsage } from "../src/offers/hold-words.ts";

export default defineCommand({
  summary: "Keep an account out of offers: a complaint, overdue money, or it opted out",
  usage: holdUsage,
  examples: [],
  filters: [],
  options: z
    .array(z.string())
    .readonly()
    .transform((words) => ({ words })),
  run: ({ options }, context) => runHold(options.words, context),
});
