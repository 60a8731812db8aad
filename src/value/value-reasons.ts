import type { ValueReason } from "../core/value/value-reasons.ts";
import { valueReasonsFor } from "../core/value/value-reasons.ts";
import type { Snapshot } from "../store/reads.ts";
import type { ValueBasis, ValuedAccount } from "../store/values.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";
import { formatChance, formatEstimate, formatExpected, wordTiers } from "./value-words.ts";

type Stated = Pick<Snapshot, "asOf" | "currency">;

/** Why an account is worth what it is worth, the most telling first. */
export function reasonsOf(
  account: ValuedAccount,
  { quietBelowPercent }: Pick<ValueBasis, "quietBelowPercent">,
  { asOf }: Stated,
): readonly ValueReason[] {
  return valueReasonsFor({ ...account, asOf, quietBelowPercent });
}

/** A reason in words, as it was true of a snapshot. */
export function wordValueReason(reason: ValueReason, { currency }: Stated): string {
  switch (reason.code) {
    case "gone-quiet": {
      const usual = reason.usualGapDays;
      const rhythm =
        usual === undefined ? "it bought on one day only" : `it used to buy every ${wordGap(usual)}`;
      return `gone quiet: no purchase for ${countOf(reason.quietDays, "day")}, ${rhythm}`;
    }
    case "cannot-tell":
      return reason.quietDays === 0
        ? "bought on the newest day of the data"
        : `last bought ${countOf(reason.quietDays, "day")} ago`;
    case "worth-above-spend":
    case "worth-below-spend":
      return wordTiers(reason.spend, reason.worth);
    case "little-history":
      return `new: first bought ${formatDay(reason.firstOn)}, ${countOf(reason.purchaseDays, "purchase")} so far`;
    case "rhythm": {
      const { purchaseDays, usualGapDays, lastOn } = reason;
      return usualGapDays === undefined
        ? `bought on one day only, ${formatDay(lastOn)}`
        : `bought on ${countOf(purchaseDays, "day")}, every ${wordGap(usualGapDays)} on average, last ${formatDay(lastOn)}`;
    }
    case "expects":
      return `${formatExpected(reason.purchases)} purchases expected in 12 months, ${formatEstimate({ amount: reason.worthMinor, currency })} margin`;
  }
}

/** How likely it is still a customer. */
export function wordAlive(alive: number | undefined): string {
  return alive === undefined ? "the data does not tell" : formatChance(alive);
}

function wordGap(days: number): string {
  const whole = Math.max(1, Math.round(days));
  return whole === 1 ? "day" : `${formatCount(whole)} days`;
}
