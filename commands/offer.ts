import { defineCommand } from "../src/command.ts";
import { anyWords } from "../src/command-words.ts";
import { offerUsage } from "../src/offers/offer-words.ts";
import { runOffer } from "../src/offers/run-offer.ts";

export default defineCommand({
  summary: "How an offer goes, and what to do with its accounts",
  usage: offerUsage,
  examples: [],
  filters: [],
  options: anyWords,
  run: ({ options, ...paged }, context) => runOffer(options.words, paged, context),
});
