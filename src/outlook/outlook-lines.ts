import type { Line } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { Outlook } from "../core/outlook/outlook.ts";
import { isNeededKnown, type Replacement } from "../core/outlook/replacement.ts";
import type { SimulatedOutlook } from "../core/outlook/simulate-outlook.ts";
import { countOf } from "../wording.ts";
import { wordCame } from "./acquisition-words.ts";
import {
  formatCountRange,
  formatCountSpan,
  formatMid,
  formatMoneyRange,
  formatMoneySpan,
  roundedUp,
  wordCount,
  wordNeeded,
} from "./figure-words.ts";
import { type WhatIfAnswer, wordPace } from "./what-if-words.ts";

/** A difference of less than this share of a year is none that people wonder at. */
const leastGap = 0.05;

/** The outlook in one sentence. */
export function headlineOf({ customers, in12Months }: Outlook, currency: string): string {
  const { left, lostMinor } = in12Months;
  const leave = Math.round(left.mid) === 1 ? "leaves" : "leave";
  const money =
    Math.round(lostMinor.high) === 0
      ? ""
      : `, and ${formatMid(lostMinor, currency)} of revenue with them (${formatMoneySpan(lostMinor, currency)})`;
  return `At the present pace ${wordCount(left.mid)} of ${wordCount(customers.mid)} customers ${leave} within 12 months (${formatCountSpan(left)})${money}`;
}

/** What customers of today bring, and where that leads with new ones. */
export function outlookLines(
  outlook: Outlook,
  { totals, acquisition }: Pick<SimulatedOutlook, "totals" | "acquisition">,
  whatIf: Pick<WhatIfAnswer, "lost" | "pace"> | undefined,
  currency: string,
): readonly Line[] {
  const { customers, in12Months, in36Months, longRun } = outlook;
  const { lost, pace } = whatIf ?? {};
  const accounts = `${lost ? "the other " : ""}${countOf(totals.customers - (lost ? 1 : 0), "account")}`;
  const are = Math.round(customers.mid) === 1 ? "is still a customer" : "are still customers";
  const lastYearMinor = totals.yearMinor - (lost?.yearMinor ?? 0);
  return [
    [
      `Of ${accounts} that ever bought ${formatCountRange(customers)} ${are}. They bring `,
      { text: formatMoneyRange(in12Months.todayMinor, currency), style: "bold" },
      ` in the next twelve months and ${formatMid(in36Months.todayMinor, currency)} in the third year; the last twelve were ${formatMoney({ amount: lastYearMinor, currency })}.${wordGap(in12Months, lastYearMinor)} Those who leave take ${formatMid(in36Months.lostMinor, currency)} with them within 36 months.`,
    ],
    ...(acquisition
      ? [
          [
            `${wordPremise(pace)}, the portfolio of ${wordCount(customers.mid)} customers becomes one of ${wordCount(longRun.customers.mid)} in ten years, with ${formatMoneyRange(longRun.yearMinor, currency)} a year.`,
          ],
        ]
      : []),
  ];
}

/** Why less comes than before though few leave, where that is so. */
function wordGap({ todayMinor, lostMinor }: Outlook["in12Months"], lastYearMinor: number): string {
  const unexplained = lastYearMinor - todayMinor.mid - lostMinor.mid;
  return unexplained > leastGap * lastYearMinor && unexplained > lostMinor.mid
    ? " Most of that difference is not from who leaves now: some have left already, and after an uncommonly large year mostly comes a smaller one."
    : "";
}

function wordPremise(pace: number | undefined): string {
  if (pace === undefined) return "If leaving and acquisition stay as they are";
  return pace === 0
    ? "If leaving stays as it is and nobody is won"
    : `If leaving stays as it is, with ${wordPace(pace)}`;
}

/** How many must come for revenue to be the same in three years, where there is no warning that says so. */
export function standStillLines(
  { in36Months }: Outlook,
  simulated: Pick<SimulatedOutlook, "method" | "acquisition">,
  { kind }: Replacement,
): readonly Line[] {
  if (kind === "below" || kind === "perhaps-below" || !isNeededKnown(simulated)) return [];
  const { acquisition } = simulated;
  const came = acquisition ? `; ${wordCame(acquisition)}` : "";
  const needed = roundedUp(in36Months.needed);
  if (needed.high === 0)
    return [[`In three years customers of today alone bring as much as in the last twelve months${came}.`]];
  return [
    [
      `For revenue to be the same in three years ${wordNeeded(needed)} each year (${formatCountSpan(needed)})${came}.`,
    ],
  ];
}
