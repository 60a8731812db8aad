import type { Line } from "../command.ts";
import { addDays, type Day, daysBetween, monthsUntil } from "../core/calendar.ts";
import type { Growth } from "../core/growth.ts";
import { formatMoney } from "../core/money.ts";
import type { GrowthFigures } from "../store/growth.ts";
import type { Snapshot } from "../store/reads.ts";
import { countOf, formatChange, formatCount, formatDay, formatShare } from "../wording.ts";
import { wordAccount } from "./growth-words.ts";

/** Data that begins so many days into a year still has nearly all of it. */
const SLACK_DAYS = 31;

/** Both years and what was kept. */
export function factsOf({ before, now, changeShare, retention }: Growth, currency: string) {
  const money = (amount: number) => formatMoney({ amount, currency });
  const change =
    changeShare === undefined
      ? ""
      : ` (${formatShare(Math.abs(changeShare))} ${now < before ? "less" : "more"})`;
  return [
    { label: "This year", value: money(now) },
    { label: "Year before", value: money(before) },
    { label: "Difference", value: `${formatChange(now - before, currency)}${now === before ? "" : change}` },
    ...(retention
      ? [
          { label: "Net revenue retention", value: formatShare(retention.net) },
          { label: "Gross revenue retention", value: formatShare(retention.gross) },
          {
            label: "Customers kept",
            value: `${formatCount(retention.accountsKept)} of ${countOf(retention.accounts, "account")}`,
          },
        ]
      : []),
  ];
}

/** The accounts that made the most of it, each with its reason. */
export function namedLines({ gained, lost }: GrowthFigures, currency: string): readonly Line[] {
  const named = (title: string, accounts: GrowthFigures["gained"]): readonly Line[] =>
    accounts.length === 0 ? [] : [[title], ...accounts.map((account) => wordAccount(account, currency))];
  return [...named("What added most:", gained), ...named("What took most away:", lost)];
}

/** A year before of which part is not in the data makes growth look better than it is. */
export function beginningNote(knownFrom: Day | undefined, { asOf }: Snapshot): readonly string[] {
  if (knownFrom === undefined) return [];
  return [
    `Purchases are known from ${formatDay(knownFrom)} on, so the year before (from ${formatDay(yearBefore(asOf))}) is not whole: growth looks better than it is.`,
  ];
}

/** The first day of the data, where it lies so far inside the year before that the years cannot be compared. */
export function beginningOf({ oldestOn }: GrowthFigures, { asOf }: Snapshot): Day | undefined {
  return oldestOn !== undefined && daysBetween(yearBefore(asOf), oldestOn) > SLACK_DAYS
    ? oldestOn
    : undefined;
}

/** The day on which the year before begins. */
function yearBefore(asOf: Day): Day {
  return addDays(monthsUntil(asOf, 24).after, 1);
}
