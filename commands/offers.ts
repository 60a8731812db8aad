import { defineCommand } from "../src/command.ts";
import { onlyWords } from "../src/command-words.ts";
import { offerList } from "../src/offers/offer-list.ts";

export default defineCommand({
  summary: "Every offer with its waves and what it brought against what was expected",
  usage: "offers",
  examples: ["offers"],
  filters: [],
  options: onlyWords(),
  run: ({ query, rows }, context) => offerList({ query, rows }, context),
});
