import type { Cell, Table } from "../command.ts";
import type { Criterion } from "../core/cross/criteria.ts";
import { formatMoney } from "../core/money.ts";
import { scoreInterval } from "../core/score-interval.ts";
import type { CrossCell, CrossCells } from "../store/cross.ts";
import { formatCount, formatShare } from "../wording.ts";
import { orderedValues } from "./cell-order.ts";
import { labelOf, wordValue } from "./criterion-words.ts";

/** What a phone shows without scrolling for long. */
const MOST_ROWS = 15;
const MOST_COLUMNS = 8;

/** Two criteria with few values as rows and columns; undefined where a list says it better. */
export function matrixTable(
  criteria: readonly Criterion[],
  { cells, count }: CrossCells,
  currency: string,
): Table | undefined {
  const [first, second] = criteria;
  if (first === undefined || second === undefined || criteria.length > 2 || cells.length < count)
    return undefined;
  const [firsts, seconds] = [orderedValues(first, cells, 0), orderedValues(second, cells, 1)];
  if (firsts.length > MOST_ROWS || seconds.length > MOST_COLUMNS) return undefined;
  const byValues = new Map(cells.map((cell) => [keyOf(cell.values), cell]));
  return {
    caption: `${labelOf(first)} by ${labelOf(second).toLowerCase()}: spend (accounts)`,
    columns: [
      { title: labelOf(first) },
      ...seconds.map((value) => ({ title: wordValue(second, value), align: "right" as const })),
    ],
    rows: firsts.map((value) => [
      { text: wordValue(first, value) },
      ...seconds.map((other) => matrixCell(byValues.get(keyOf([value, other])), currency)),
    ]),
  };
}

function matrixCell(cell: CrossCell | undefined, currency: string): Cell {
  if (!cell || cell.accounts === 0) return { text: "–", value: 0 };
  const { value, accounts } = cell;
  return { text: `${formatMoney({ amount: value, currency })} (${formatCount(accounts)})`, value };
}

function keyOf(values: readonly (string | undefined)[]): string {
  return JSON.stringify(values.map((value) => value ?? null));
}

/** Combinations one by one, with how often deals are won where there are any. */
export function cellsTable(
  criteria: readonly Criterion[],
  shown: readonly CrossCell[],
  { total }: CrossCells,
  currency: string,
): Table {
  const hasDeals = total.closed > 0;
  const right = { align: "right" } as const;
  return {
    caption: `${criteria.map(labelOf).join(", ")}: the largest first`,
    columns: [
      ...criteria.map((criterion) => ({ title: labelOf(criterion) })),
      { title: "Accounts", ...right },
      { title: "Spend", ...right },
      { title: "Share", ...right },
      ...(hasDeals ? [{ title: "Win rate", ...right }] : []),
    ],
    rows: shown.map((cell) => [
      ...criteria.map((criterion, place) => ({ text: wordValue(criterion, cell.values[place]) })),
      { text: formatCount(cell.accounts), value: cell.accounts },
      { text: formatMoney({ amount: cell.value, currency }), value: cell.value },
      { text: formatShare(shareOf(cell, total)), value: shareOf(cell, total) },
      ...(hasDeals ? [winRateCell(cell)] : []),
    ]),
  };
}

/** Of what is spent over all cells. */
export function shareOf({ positiveValue }: CrossCell, total: CrossCells["total"]): number {
  return total.positiveValue === 0 ? 0 : positiveValue / total.positiveValue;
}

function winRateCell({ won, closed }: CrossCell): Cell {
  const rate = scoreInterval(won, closed);
  if (!rate) return { text: "no deals" };
  const percent = (share: number) => Math.round(share * 100);
  return {
    text: `${percent(rate.share)} % (${percent(rate.low)}–${percent(rate.high)}), ${formatCount(won)} of ${formatCount(closed)}`,
    value: rate.share,
  };
}
