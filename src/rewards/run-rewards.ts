import type { Context, Reply } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import { requireSnapshot } from "../list-accounts.ts";
import type { Paged } from "../paging.ts";
import { planReward } from "./plan-reward.ts";
import { readRewards } from "./reward-words.ts";
import { rewardsReply } from "./rewards-reply.ts";
import { settleReward } from "./settle-reward.ts";

/** Shows the calendar of thank-yous, or plans, gives or cancels one. */
export async function runRewards(words: readonly string[], paged: Paged, context: Context): Promise<Reply> {
  const typed = readRewards(words, dayIn(context.now, context.access.timeZone));
  switch (typed.kind) {
    case "list":
      return rewardsReply(await requireSnapshot(context, paged.query), paged, context);
    case "plan":
      return planReward(typed, await requireSnapshot(context, paged.query), context);
    case "give":
      return settleReward(typed.id, { status: "given", onDay: typed.onDay }, context);
    case "cancel":
      return settleReward(typed.id, { status: "cancelled" }, context);
  }
}
