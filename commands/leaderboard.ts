import { defineCommand } from "../src/command.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { boardOptions, boardWords } from "../src/reps/board-options.ts";
import { championsReply } from "../src/reps/champions-reply.ts";
import { incentivesReply } from "../src/reps/incentives-reply.ts";
import { leaderboardReply } from "../src/reps/leaderboard-reply.ts";
import { requireBoard } from "../src/reps/require-board.ts";

export default defineCommand({
  summary: "Who sells better than the mix of their deals explains, where that can be told",
  usage:
    "leaderboard [adjusted|raw] [by margin|wins|win-rate|cycle] [chart|funnel|explain|champions|incentives] [filters]",
  examples: ["leaderboard", "leaderboard by win-rate", "leaderboard raw by wins"],
  filters: ["owner", "team", "product", "industry", "region", "sinceDays", "fiscalPeriod"],
  ownWords: boardWords,
  isOff: ({ leaderboard }) => !leaderboard.isOn,
  options: boardOptions,

  async run({ options, ...paged }, context) {
    requireBoard(context);
    const snapshot = await requireSnapshot(context, paged.query);
    switch (options.show) {
      case "incentives":
        return incentivesReply(snapshot, paged, context);
      case "champions":
        return championsReply(snapshot, paged, context);
      default:
        return leaderboardReply(snapshot, options, paged, context);
    }
  },
});
