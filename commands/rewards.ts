import { defineCommand } from "../src/command.ts";
import { anyWords } from "../src/command-words.ts";
import { accountFilters, without } from "../src/query.ts";
import { rewardsUsage, rewardVerbs } from "../src/rewards/reward-words.ts";
import { runRewards } from "../src/rewards/run-rewards.ts";

export default defineCommand({
  summary: "Thank-yous: calendar, budget, what they return, and whom to thank next",
  usage: rewardsUsage,
  examples: ["rewards", "rewards mine"],
  filters: without(accountFilters, "goneQuiet"),
  verbs: rewardVerbs,
  options: anyWords,
  run: ({ options, ...paged }, context) => runRewards(options.words, paged, context),
});
