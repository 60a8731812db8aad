import type { Cell, Table } from "../command.ts";
import type { CohortCell, Cohorts } from "../core/cohorts.ts";
import { formatMoney } from "../core/money.ts";
import { formatCount } from "../wording.ts";
import { type ComparedCohort, type Followed, wordKept, wordRange, wordVerdict } from "./cohort-words.ts";

/** Three years; later quarters are in the download. */
export const MOST_QUARTERS = 12;

/** A row for each cohort, a column for each quarter since. */
export function cohortTable({ rows }: Cohorts, followed: Followed, currency: string): Table {
  const longest = Math.max(0, ...rows.map(({ cells }) => cells.length - 1));
  const columns = Array.from({ length: Math.min(MOST_QUARTERS, longest) }, (_, index) => index + 1);
  const money = (amount: number) => ({ text: formatMoney({ amount, currency }), value: amount });
  return {
    caption:
      followed === "accounts"
        ? "Customers who bought again, by quarters after their first"
        : "What customers spend by quarters after their first, of what they spent in it",
    columns: [
      { title: "First purchase" },
      { title: "Customers", align: "right" },
      ...(followed === "value" ? [{ title: "First quarter", align: "right" as const }] : []),
      ...columns.map((quarter) => ({ title: `+${quarter}`, align: "right" as const })),
    ],
    rows: rows.map(({ label, customers, cells }) => [
      { text: label },
      { text: formatCount(customers), value: customers },
      ...(followed === "value" ? [money(cells[0]?.value ?? 0)] : []),
      ...columns.map((quarter) => shareCell(cells[quarter], followed)),
    ]),
  };
}

/** How each cohort compares with all others. */
export function comparisonTable(compared: readonly ComparedCohort[]): Table {
  return {
    caption: "Who bought in the same quarter a year after the first",
    columns: [
      { title: "First purchase" },
      { title: "Bought", align: "right" },
      { title: "Range", align: "right" },
      { title: "Against the others" },
    ],
    rows: compared.map(({ row, yearLater, range }) => [
      { text: row.label },
      { text: wordKept(yearLater), value: yearLater.boughtShare },
      { text: wordRange(range) },
      { text: wordVerdict(range) },
    ]),
  };
}

/** What a cell of a table and of a heatmap says; undefined where there is nothing to say yet. */
export function shareOf(cell: CohortCell | undefined, followed: Followed): number | undefined {
  return followed === "accounts" ? cell?.boughtShare : cell?.valueShare;
}

function shareCell(cell: CohortCell | undefined, followed: Followed): Cell {
  const share = shareOf(cell, followed);
  if (share === undefined) return { text: "–" };
  return { text: `${Math.round(share * 100)} %${cell?.isRunning ? " so far" : ""}`, value: share };
}
