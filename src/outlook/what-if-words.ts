import type { Line } from "../command.ts";
import type { ComparedOutlook, Outlook } from "../core/outlook/outlook.ts";
import type { Range } from "../core/outlook/ranges.ts";
import { formatMid, formatMoneyChange, formatMoneySpan, roundedUp, wordNeeded } from "./figure-words.ts";

/** What is supposed, and what comes of it. */
export interface WhatIfAnswer extends ComparedOutlook {
  /** The account that is lost; undefined where none is. */
  readonly lost:
    | { readonly name: string; readonly yearMinor: number; readonly accountId: string }
    | undefined;
  /** How many times as many are won as now; undefined where that stays. */
  readonly pace: number | undefined;
}

/** What would be, and how that differs, in one sentence. */
export function whatIfHeadline(
  whatIf: WhatIfAnswer,
  base: Outlook,
  { currency, isNeededKnown }: { readonly currency: string; readonly isNeededKnown: boolean },
): string {
  const { outlook, change } = whatIf;
  const comes = `${wordCondition(whatIf)} ${wordChange(change.in12Months.allMinor, currency)} comes in within 12 months`;
  if (!isNeededKnown) return comes;
  const [needed, before] = [outlook, base].map(({ in36Months }) => roundedUp(in36Months.needed).mid);
  const instead = needed === before ? ", as before" : ` instead of ${before}`;
  return `${comes}; ${wordNeeded(outlook.in36Months.needed)} each year to stand still${instead}`;
}

/** "Without Acme and with 50 % of last year's acquisition". */
function wordCondition({ lost, pace }: WhatIfAnswer): string {
  const without = lost ? [`without ${lost.name}`] : [];
  const won = pace === undefined ? [] : [pace === 0 ? "with no acquisition" : `with ${wordPace(pace)}`];
  const words = [...without, ...won].join(" and ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** "50 % of the present acquisition". */
export function wordPace(pace: number): string {
  return `${Math.round(pace * 1_000) / 10} % of the present acquisition`;
}

/** What would differ from how it is, for each time. */
export function changeLines({ change }: ComparedOutlook, currency: string): readonly Line[] {
  const { in12Months, in36Months, longRun } = change;
  return [
    [
      { text: "Against how it is now: ", style: "bold" },
      `${wordChange(in12Months.allMinor, currency)} in the next twelve months, ${wordChange(in36Months.allMinor, currency)} in the third year, ${wordChange(longRun.yearMinor, currency)} a year in ten years.`,
    ],
  ];
}

/** "€310k less (€200k to €420k)"; "€40k less (€90k less to €10k more)" where it may go either way. */
function wordChange(change: Range, currency: string): string {
  const { low, mid, high } = change;
  if (low === 0 && high === 0) return "as much";
  if (low < 0 && high > 0)
    return `${formatMoneyChange(mid, currency)} (${formatMoneyChange(low, currency)} to ${formatMoneyChange(high, currency)})`;
  const isLess = low < 0;
  if (Math.round(mid) === 0)
    return `most likely as much (at most ${formatMoneyChange(isLess ? low : high, currency)})`;
  const sizes = isLess ? { ...change, low: -high, mid: -mid, high: -low } : change;
  return `${formatMid(sizes, currency)} ${isLess ? "less" : "more"} (${formatMoneySpan(sizes, currency)})`;
}
