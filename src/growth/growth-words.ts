import type { Line } from "../command.ts";
import type { Day } from "../core/calendar.ts";
import type { AccountPath, Growth } from "../core/growth.ts";
import { formatMoney } from "../core/money.ts";
import type { GrowthAccount } from "../store/growth.ts";
import { formatChange, formatCount, formatDay, formatShare } from "../wording.ts";

/** From here on a percentage is hard to read. */
const MANY_TIMES = 3;

/** What accounts of a path are called. */
export const pathNames: Readonly<Record<AccountPath, string>> = {
  kept: "Kept",
  expanded: "Expanded",
  contracted: "Contracted",
  lost: "Lost",
  returned: "Returned",
  new: "New",
  credited: "Credits only",
};

/** The answer in one sentence. */
export function wordGrowth(
  { before, now, changeShare, retention }: Growth,
  {
    currency,
    suffix,
    knownFrom,
  }: {
    readonly currency: string;
    readonly suffix: string;
    /** The first day of the data, where the year before is not whole. */
    readonly knownFrom: Day | undefined;
  },
): string {
  const money = (amount: number) => formatMoney({ amount, currency });
  if (before === 0 && now === 0) return `Nothing was bought in the last two years${suffix}`;
  if (changeShare === undefined || !retention)
    return `${money(now)} in twelve months, and nothing in the year before to compare with${suffix}`;
  if (knownFrom !== undefined)
    return `${money(now)} in twelve months; of the year before only what came from ${formatDay(knownFrom)} on is known${suffix}`;
  const change = wordChange(before, now);
  return `${change}: customers of the year before spend ${formatShare(retention.net)} of what they did${suffix}`;
}

function wordChange(before: number, now: number): string {
  if (now === before) return "Spend is what it was a year before";
  if (now <= 0) return "Nothing is left of spend, on balance";
  if (now / before >= MANY_TIMES) return `Spend is ${wordTimes(now / before)} what it was a year before`;
  return `Spend ${now > before ? "grew" : "fell"} ${formatShare(Math.abs(now / before - 1))} year on year`;
}

/** An account that made a difference, and why. */
export function wordAccount(account: GrowthAccount, currency: string): Line {
  return [
    { text: account.account, style: "bold" },
    ` ${formatChange(account.now - account.before, currency)}: ${wordPath(account, currency)}`,
  ];
}

/** What an account did from one year to the next. */
export function wordPath(
  { path, before, now, firstWonOn, lastWonOn }: GrowthAccount,
  currency: string,
): string {
  const from = `of ${formatMoney({ amount: before, currency })}`;
  switch (path) {
    case "kept":
      return "spends what it did";
    case "expanded":
      return now / before >= MANY_TIMES
        ? `spends ${wordTimes(now / before)} what it did`
        : `spends ${formatShare(now / before - 1)} more`;
    case "contracted":
      return `spends ${formatShare(1 - now / before)} less`;
    case "lost":
      return now < 0
        ? `credits instead ${from}, last bought ${formatDay(lastWonOn)}`
        : `nothing instead ${from}, last bought ${formatDay(lastWonOn)}`;
    case "returned":
      return `nothing the year before, first bought ${formatDay(firstWonOn)}`;
    case "new":
      return `new, first bought ${formatDay(firstWonOn)}`;
    case "credited":
      return "credits without purchases";
  }
}

/** `4.6 times`, `12 times`, `1,200 times`. */
function wordTimes(times: number): string {
  return `${times < 10 ? times.toFixed(1) : formatCount(Math.round(times))} times`;
}

/** Says what nobody could know from the figures alone. */
export const methodLines: readonly string[] = [
  "Net revenue retention: what the accounts that bought in the year before spend now, of what they spent then. Gross revenue retention: the same, with each account at most at what it was and never below nothing, so it never exceeds 100 %.",
  "Lost: bought in the year before, nothing on balance now. Returned: bought earlier, nothing on balance in the year before, and again now. New: first purchase in these twelve months. Credits only: money went back, or things were bought for nothing.",
  "Credit notes and refunds count in the year in which they were given. The differences add up exactly from the year before to this one.",
];
