import type { Cell, Table } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { Acquisition } from "../core/outlook/acquisition.ts";
import type { Outlook } from "../core/outlook/outlook.ts";
import type { YearFigures } from "../core/outlook/outlook-figures.ts";
import type { Range } from "../core/outlook/ranges.ts";
import { isNeededKnown } from "../core/outlook/replacement.ts";
import type { SimulatedOutlook } from "../core/outlook/simulate-outlook.ts";
import { formatCount } from "../wording.ts";
import { wordFirstDay } from "./acquisition-words.ts";
import { formatCountRange, formatMoneyRange, formatNeeded } from "./figure-words.ts";

const none: Cell = { text: "–" };

/** What comes within 12 and 36 months beside what was in the last twelve, without what nobody can tell. */
export function outlookTable(
  outlook: Outlook,
  simulated: Pick<SimulatedOutlook, "totals" | "method" | "acquisition">,
  /** What the account that is lost bought in the last twelve months; 0 where none is. */
  lostYearMinor: number,
  currency: string,
): Table {
  const { in12Months, in36Months } = outlook;
  const { totals, acquisition } = simulated;
  const row = (
    title: string,
    before: Cell,
    of: (year: YearFigures<Range>) => Range,
    format: (range: Range) => string,
  ): readonly Cell[] => {
    const cell = (range: Range) => ({ text: format(range), value: Math.round(range.mid) });
    return [{ text: title }, before, cell(of(in12Months)), cell(of(in36Months))];
  };
  const range = (value: Range) => formatMoneyRange(value, currency);
  const money = (amount: number): Cell => ({ text: formatMoney({ amount, currency }), value: amount });
  const today = money(totals.yearMinor - lostYearMinor);
  const isNeeded = isNeededKnown(simulated);
  return {
    caption: [
      "Within 12 and 36 months; money per year, but what is lost is all until then",
      ...(isNeeded
        ? ["needed: new accounts each year, so that the first year, or the third, brings as much as the last"]
        : []),
    ].join("; "),
    columns: [
      { title: "" },
      { title: "Last 12 months", align: "right" },
      { title: "Within 12 months", align: "right" },
      { title: "Within 36 months", align: "right" },
    ],
    rows: [
      row("Customers of today who leave", none, ({ left }) => left, formatCountRange),
      row("Still there", none, ({ there }) => there, formatCountRange),
      row("Lost with those who leave", none, ({ lostMinor }) => lostMinor, range),
      row("Customers of today bring in the year", today, ({ todayMinor }) => todayMinor, range),
      ...(acquisition
        ? [
            row("New accounts", wonCell(acquisition), ({ won }) => won, formatCountRange),
            row("They bring in the year", money(totals.wonYearMinor), ({ wonMinor }) => wonMinor, range),
            row("Both together bring", money(totals.yearMinor), ({ allMinor }) => allMinor, range),
          ]
        : []),
      ...(isNeeded ? [row("Needed a year to stand still", none, ({ needed }) => needed, formatNeeded)] : []),
    ],
  };
}

function wonCell(acquisition: Acquisition): Cell {
  const { won, years } = acquisition;
  const since = years === 1 ? "" : ` since ${wordFirstDay(acquisition)}`;
  return { text: `${formatCount(won)}${since}`, value: won };
}
