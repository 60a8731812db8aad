import type { Cell, Table } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { Outlook } from "../core/outlook/outlook.ts";
import type { YearFigures } from "../core/outlook/outlook-figures.ts";
import type { OutlookTotals } from "../core/outlook/outlook-input.ts";
import type { Range } from "../core/outlook/ranges.ts";
import { formatCount } from "../wording.ts";
import { formatCountRange, formatMoneyRange, formatNeeded } from "./figure-words.ts";

/** What comes within 12 and 36 months beside what was in the last twelve. */
export function outlookTable(outlook: Outlook, totals: OutlookTotals, currency: string): Table {
  const { in12Months, in36Months } = outlook;
  const none: Cell = { text: "–" };
  const row = (
    title: string,
    before: Cell,
    of: (year: YearFigures<Range>) => Range,
    format: (range: Range) => string,
  ): readonly Cell[] => {
    const cell = (range: Range) => ({ text: format(range), value: Math.round(range.mid) });
    return [{ text: title }, before, cell(of(in12Months)), cell(of(in36Months))];
  };
  const money = (range: Range) => formatMoneyRange(range, currency);
  const year: Cell = { text: formatMoney({ amount: totals.yearMinor, currency }), value: totals.yearMinor };
  const newYear = totals.wonYearMinor;
  return {
    caption: "Within 12 and 36 months; money per year, but what is lost is all until then",
    columns: [
      { title: "" },
      { title: "Last 12 months", align: "right" },
      { title: "Within 12 months", align: "right" },
      { title: "Within 36 months", align: "right" },
    ],
    rows: [
      row("Customers of today who leave", none, ({ left }) => left, formatCountRange),
      row("Still there", none, ({ there }) => there, formatCountRange),
      row("Lost with those who leave", none, ({ lostMinor }) => lostMinor, money),
      row("Customers of today bring in the year", year, ({ todayMinor }) => todayMinor, money),
      row(
        "New accounts",
        { text: formatCount(totals.won), value: totals.won },
        ({ won }) => won,
        formatCountRange,
      ),
      row(
        "They bring in the year",
        { text: formatMoney({ amount: newYear, currency }), value: newYear },
        ({ wonMinor }) => wonMinor,
        money,
      ),
      row("Both together bring", year, ({ allMinor }) => allMinor, money),
      row("New accounts a year to stand still", none, ({ needed }) => needed, formatNeeded),
    ],
  };
}
