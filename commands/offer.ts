import { z } from "zod";
import { defineCommand } from "../src/command.ts";
import { offerUsage } from "../src/offers/offer-words.ts";
import { runOffer } from "../src/offers/run-offer.ts";

export default defineCommand({
  summary: "How an offer goes, and what to do with its accounts",
  usage: offerUsage,
  examples: [],
  filters: [],
  options: z
    .array(z.string())
    .readonly()
    .transform((words) => ({ words })),
  run: ({ options, ...paged }, context) => runOffer(options.words, paged, context),
});
