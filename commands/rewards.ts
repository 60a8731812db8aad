import { defineCommand } from "../src/command.ts";
import { anyWords } from "../src/command-words.ts";
import { rewardsUsage, rewardVerbs } from "../src/rewards/reward-words.ts";
import { runRewards } from "../src/rewards/run-rewards.ts";

export default defineCommand({
  summary: "Thank-yous: calendar, budget, what they return, and whom to thank next",
  usage: rewardsUsage,
  examples: ["rewards", "rewards mine"],
  filters: [
    "owner",
    "team",
    "product",
    "industry",
    "region",
    "cohort",
    "tier",
    "from",
    "direction",
    "quietDays",
    "columns",
  ],
  verbs: rewardVerbs,
  options: anyWords,
  run: ({ options, ...paged }, context) => runRewards(options.words, paged, context),
});
