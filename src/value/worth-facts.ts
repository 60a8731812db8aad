import type { Reply } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { RfmThresholds } from "../core/rfm.ts";
import { hasGoneQuiet } from "../core/value/value-reasons.ts";
import type { Snapshot } from "../store/reads.ts";
import { countOf, formatDay } from "../wording.ts";
import type { AccountWorth } from "./account-worth.ts";
import { wordAlive, wordValueReason } from "./value-reasons.ts";
import { formatEstimate, formatRange } from "./value-words.ts";
import { flagOf, rangeData } from "./worth-data.ts";

type Facts = NonNullable<Reply["facts"]>;

/** What a card says of an account's lifetime value. */
export function worthFacts({ basis, account, range, rfm }: AccountWorth, { currency }: Snapshot): Facts {
  const { alive } = account;
  const flag = flagOf(account);
  const isQuiet = alive !== undefined && hasGoneQuiet(alive, basis.quietBelowPercent);
  const worth = formatEstimate({ amount: account.worthMinor, currency });
  return [
    {
      label: "Lifetime value",
      value: `${worth} margin expected in ${countOf(basis.terms.horizonMonths, "month")} (${formatRange(range, currency)})`,
    },
    ...(flag === undefined ? [] : [{ label: "Tiers differ", value: flag }]),
    { label: "Likely still a customer", value: `${wordAlive(alive)}${isQuiet ? ", gone quiet" : ""}` },
    ...(rfm ? [{ label: "Scores", value: wordScores(rfm.scores) }] : []),
  ];
}

/** Why it is worth what it is worth, beside such facts: that no model can tell is said there. */
export function toldReasons({ reasons }: AccountWorth, snapshot: Snapshot): readonly string[] {
  return reasons
    .filter(({ code }) => code !== "cannot-tell")
    .map((reason) => wordValueReason(reason, snapshot));
}

/** "recency 5, frequency 3, money 4, of 5". */
export function wordScores({ recency, frequency, monetary }: NonNullable<AccountWorth["rfm"]>["scores"]) {
  return `recency ${recency}, frequency ${frequency}, money ${monetary}, of 5`;
}

/** From where on scores are better than 1. */
export function wordThresholds({ recency, frequency, monetary }: RfmThresholds, currency: string): string {
  const each = (texts: readonly string[]) => texts.join(", ");
  return `One point more for a last purchase after ${each(recency.map(formatDay))}; for more days with a purchase than ${each(frequency.map(String))}; for more spend than ${each(monetary.map((amount) => formatMoney({ amount, currency })))}: where fifths of the customers end.`;
}

/** The same as exact figures. */
export function worthFigures({ basis, account, range, reasons, rfm }: AccountWorth, snapshot: Snapshot) {
  const { currency } = snapshot;
  return {
    value: { amount: account.worthMinor, currency },
    range: rangeData(range, currency),
    rank: account.rank ?? null,
    tier: account.tier ?? null,
    spendTier: account.spendTier,
    flag: flagOf(account) ?? null,
    expected: account.expected,
    alive: account.alive ?? null,
    purchaseDays: account.purchaseDays,
    firstOn: account.firstOn,
    lastOn: account.lastOn,
    repeat: { amount: account.repeatMinor, currency },
    predictor: basis.fit.predictor,
    terms: basis.terms,
    fittedIn: basis.fittedIn,
    rfm: rfm ?? null,
    reasons: reasons.map((reason) => ({ ...reason, text: wordValueReason(reason, snapshot) })),
  };
}
