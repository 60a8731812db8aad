import { defineCommand } from "../src/command.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { coachOptions } from "../src/reps/coach-options.ts";
import { coachReply } from "../src/reps/coach-reply.ts";
import { coachTeamReply } from "../src/reps/coach-team-reply.ts";
import { requireBoard } from "../src/reps/require-board.ts";
import { UsageError } from "../src/usage-error.ts";

export default defineCommand({
  summary: "Where a rep beats or lags what was to be expected; for them and their managers alone",
  usage: "coach [rep|team] [explain] [filters]",
  examples: ["coach", "coach team"],
  filters: ["owner", "team", "sinceDays", "fiscalPeriod"],
  isPrivate: true,
  isOff: ({ leaderboard }) => !leaderboard.isOn,
  options: coachOptions,

  async run({ options, query, rows }, context) {
    requireBoard(context);
    const snapshot = await requireSnapshot(context, query);
    const { team, owner } = query.filters;
    if (team !== undefined && (owner ?? options.who) !== undefined)
      throw new UsageError("Ask for one rep, or for your team, not for both.");
    const asked = { query, rows, isExplained: options.isExplained };
    return team === undefined
      ? coachReply(snapshot, { ...asked, who: options.who ?? owner }, context)
      : coachTeamReply(snapshot, { ...asked, team }, context);
  },
});
