import type { Line } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { ComparedOutlook, Outlook } from "../core/outlook/outlook.ts";
import type { OutlookTotals } from "../core/outlook/outlook-input.ts";
import type { Range } from "../core/outlook/ranges.ts";
import { countOf, formatCount } from "../wording.ts";
import {
  formatCountSpan,
  formatMid,
  formatMoneyRange,
  formatMoneySpan,
  roundedUp,
  wordCount,
} from "./figure-words.ts";

/** The outlook in one sentence. */
export function headlineOf({ customers, in12Months }: Outlook, totals: OutlookTotals): string {
  const { left, needed } = in12Months;
  const leaving = `At the present pace ${wordCount(left.mid)} of ${wordCount(customers.mid)} customers leave within 12 months (${formatCountSpan(left)})`;
  const more = roundedUp(needed);
  const came = `${formatCount(totals.won)} came last year`;
  if (more.mid === 0) return `${leaving}; the others bring as much as last year without new ones; ${came}`;
  return `${leaving}; ${countOf(more.mid, "new one")} ${more.mid === 1 ? "is" : "are"} needed to stand still, ${came}`;
}

/** What would be, and how that differs, in one sentence. */
export function whatIfHeadline(
  condition: string,
  { outlook, change }: ComparedOutlook,
  base: Outlook,
  currency: string,
): string {
  const { allMinor } = change.in12Months;
  const [needed, before] = [outlook, base].map(({ in12Months }) => roundedUp(in12Months.needed).mid);
  const stand =
    needed === before
      ? `${formatCount(needed ?? 0)} new ones are needed to stand still, as before`
      : `${formatCount(needed ?? 0)} new ones are needed to stand still instead of ${formatCount(before ?? 0)}`;
  return `${condition} ${wordChange(allMinor, currency)} comes in within 12 months; ${stand}`;
}

/** "€310k less (€200k to €420k)". */
function wordChange({ low, mid, high, mean }: Range, currency: string): string {
  if (low === 0 && high === 0) return "as much";
  const isLess = mid < 0 || (mid === 0 && low < 0);
  const range = isLess ? { low: -high, mid: -mid, high: -low, mean: -mean } : { low, mid, high, mean };
  return `${formatMid(range, currency)} ${isLess ? "less" : "more"} (${formatMoneySpan(range, currency)})`;
}

/** What customers of today bring, what new ones add, and where that leads. */
export function outlookLines(
  { customers, in12Months, in36Months, longRun }: Outlook,
  totals: OutlookTotals,
  currency: string,
): readonly Line[] {
  const money = (amount: number) => formatMoney({ amount, currency });
  return [
    [
      `Of ${countOf(totals.customers, "account")} that ever bought ${wordCount(customers.mid)} ${Math.round(customers.mid) === 1 ? "is" : "are"} still ${Math.round(customers.mid) === 1 ? "a customer" : "customers"} (${formatCountSpan(customers)}). They bring `,
      { text: formatMoneyRange(in12Months.todayMinor, currency), style: "bold" },
      ` in the next twelve months and ${formatMid(in36Months.todayMinor, currency)} in the third year; the last twelve were ${money(totals.yearMinor)}. With those who leave, ${formatMid(in12Months.lostMinor, currency)} are lost within 12 months, ${formatMid(in36Months.lostMinor, currency)} within 36.`,
    ],
    [
      `If leaving and acquisition stay as they are, the portfolio of ${wordCount(customers.mid)} customers becomes one of ${wordCount(longRun.customers.mid)} in ten years, with ${formatMoneyRange(longRun.yearMinor, currency)} a year.`,
    ],
  ];
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
