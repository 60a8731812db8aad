import type { Context, Reply } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { RewardDecisions } from "../store/rewards.ts";
import { UsageError } from "../usage-error.ts";
import { formatDay } from "../wording.ts";
import { accountActions, cancelAction, rewardLine } from "./reward-actions.ts";

/** Says that a thank-you was given, or will not be. */
export async function settleReward(
  id: number,
  settled: Parameters<RewardDecisions["settleReward"]>[1],
  { store, decisions, now }: Context,
): Promise<Reply> {
  const known = await store.reward(id);
  if (!known)
    throw new UsageError(`There is no thank-you ${id} among those that you may see.`, [
      { label: "Thank-yous", line: rewardLine() },
    ]);
  const isChanged = await decisions.settleReward(id, settled, now);
  const { accountId, account, kind, costMinor, currency, occasion, onDay } =
    (await store.reward(id)) ?? known;
  const isGiven = settled.status === "given";
  const what = `${kind} for ${account}`;
  const done = isGiven ? `given on ${formatDay(onDay)}` : "cancelled";
  return {
    headline: isChanged ? `The ${what} is ${done}` : `Nothing changes: the ${what} is ${done} already`,
    lines: [["For: ", occasion]],
    actions: [
      ...(isGiven ? [cancelAction(id)] : []),
      { kind: "run", label: "All thank-yous", line: rewardLine() },
      ...accountActions(accountId),
    ],
    notes: isChanged
      ? [isGiven ? "It is noted in the timeline as a gift, with the usual hours." : freed(known)]
      : [],
    data: {
      ...{ rewardId: id, accountId, account, kind, onDay, occasion, status: settled.status },
      ...{ cost: { amount: costMinor, currency }, changed: isChanged },
    },
  };
}

function freed({
  costMinor,
  currency,
  status,
}: {
  costMinor: number;
  currency: string;
  status: string;
}): string {
  const back = `${formatMoney({ amount: costMinor, currency })} may be planned again.`;
  return status === "given" ? `${back} The gift is no longer in the timeline.` : back;
}
