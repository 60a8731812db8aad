import { formatMoney } from "../core/money.ts";
import { leastRewarded, type RewardReturn, returnDays } from "../core/rewards.ts";
import type { RewardReturns } from "../store/rewards.ts";
import { countOf, formatChange, formatCount } from "../wording.ts";

/** What thank-yous returned, in one sentence or three. */
export function returnSentence(
  returned: RewardReturn,
  { others, waiting, costMinor }: RewardReturns,
  currency: string,
): string {
  if (returned.kind === "too-early")
    return `What thank-yous return: too early to say. ${returned.accounts === 0 ? "No account" : countOf(returned.accounts, "account")} got one ${returnDays} days ago or more, and ${leastRewarded} are needed${waiting > 0 ? `; ${countOf(waiting, "thank-you is", "thank-yous are")} more recent` : ""}.`;
  const { rewarded, others: alike, gained, accounts } = returned;
  const change = ({ beforeMinor, afterMinor }: typeof rewarded) =>
    formatChange(afterMinor - beforeMinor, currency);
  const told =
    gained.low > 0
      ? "more than chance"
      : gained.high < 0
        ? "less than without, beyond chance"
        : "no more than chance may bring";
  return `What thank-yous return: in the ${returnDays} days after one, ${formatCount(accounts)} accounts changed by ${change(rewarded)} each against the same days a year earlier, ${formatCount(others)} of the same tiers without one by ${change(alike)}: a difference of ${formatChange(gained.mean, currency)} (${formatChange(gained.low, currency)} to ${formatChange(gained.high, currency)}), ${told}. They cost ${formatMoney({ amount: costMinor, currency })}.`;
}

/** The rule, so that another program can compute the same. */
export const returnRule = `Return: spend in the ${returnDays} days after an account's last thank-you that is as long ago, less that of the same days a year earlier, beside the mean of the accounts of its tier that never got one; the range is Student's of 95 %. Whom one thanks is chosen, so a difference need not come from the thanks.`;
