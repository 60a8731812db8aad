import type { Context, Reply } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import { inMinorUnits, usualCost } from "../core/rewards.ts";
import { findAccount } from "../find-account.ts";
import { minorUnits } from "../settings/people-words.ts";
import type { Snapshot } from "../store/reads.ts";
import { formatDay } from "../wording.ts";
import { accountActions, cancelAction, giveAction, rewardLine } from "./reward-actions.ts";
import type { TypedRewards } from "./reward-words.ts";

/** Plans a thank-you, as far as the budget of its fiscal year goes. */
export async function planReward(
  typed: Extract<TypedRewards, { kind: "plan" }>,
  { currency }: Pick<Snapshot, "currency">,
  context: Context,
): Promise<Reply> {
  const { reward: kind, onDay, cost, occasion } = typed;
  const account = await findAccount(typed.account, "account", context);
  const costMinor = cost === undefined ? inMinorUnits(usualCost[kind], currency) : minorUnits(cost, currency);
  const draft = { kind, onDay, costMinor, currency, occasion };
  const { id, isNew } = await context.decisions.planReward(account.id, draft, context.now);
  const what = `${kind} for ${account.name} on ${formatDay(onDay)}`;
  const price = `${formatMoney({ amount: costMinor, currency })}${cost === undefined ? " (usual)" : ""}`;
  return {
    headline: isNew
      ? `Planned: ${what}, ${price}`
      : `Nothing changes: a ${what} is planned or given already, as number ${id}`,
    lines: [["For: ", occasion]],
    actions: [
      giveAction(id),
      cancelAction(id),
      { kind: "run", label: "All thank-yous", line: rewardLine() },
      ...accountActions(account.id),
    ],
    data: {
      ...{ rewardId: id, accountId: account.id, account: account.name, kind, onDay, occasion },
      ...{ cost: { amount: costMinor, currency }, changed: isNew },
    },
  };
}
