import { addDays, type Day, quarterOf } from "./calendar.ts";
import { groupBy } from "./group-by.ts";

/** What the customers of one quarter did in it or in a later one. Money in minor units. */
export interface CohortFigure {
  /** The first day of the calendar quarter of their first purchase. */
  readonly cohort: Day;
  /** Quarters since then; 0 is their own. */
  readonly quarter: number;
  /** Those of them who bought in it. */
  readonly accounts: number;
  /** What they bought in it, less what went back. */
  readonly value: number;
}

/** A cohort, or all those of one year or more together. */
export interface CohortRow {
  /** `2025Q1`, `2023`, or `to 2019`. */
  readonly label: string;
  readonly customers: number;
  /** By quarters since their own, which is at 0; undefined where no quarter has come so far, of several: is over. */
  readonly cells: readonly (CohortCell | undefined)[];
}

/** One quarter of a cohort; of several cohorts, over those for which it is over. Money in minor units. */
export interface CohortCell {
  readonly customers: number;
  readonly bought: number;
  readonly boughtShare: number;
  readonly value: number;
  /** What the same customers bought in their own quarter. */
  readonly firstValue: number;
  /** Undefined where they bought for nothing in their own quarter, or less. */
  readonly valueShare: number | undefined;
  /** Whether the quarter is not over yet. */
  readonly isRunning: boolean;
}

export interface Cohorts {
  /** Every cohort by itself, oldest first. */
  readonly quarters: readonly CohortRow[];
  /** The same in fewer rows: the newest by themselves, older ones by years. */
  readonly rows: readonly CohortRow[];
  readonly customers: number;
  /** The same quarter a year later, of everybody for whom it is over; undefined where it is for nobody. */
  readonly yearLater: CohortCell | undefined;
}

/** A quarter of the same season. */
export const quartersAYear = 4;

/** Cohorts as of the day of the data, from their figures in any order, in at most so many rows. */
export function cohortsOf(figures: readonly CohortFigure[], asOf: Day, mostRows: number): Cohorts {
  const newest = numberOf(asOf);
  const isNewestOver = numberOf(addDays(asOf, 1)) > newest;
  const byCohort = groupBy(figures, ({ cohort }) => cohort);
  const quarters = [...byCohort]
    .map(([cohort, own]) => rowOf(cohort, own, { newest, isNewestOver }))
    .filter(({ customers }) => customers > 0)
    .sort((left, right) => (left.label < right.label ? -1 : 1));
  const yearLater = merged("", quarters).cells[quartersAYear];
  return {
    quarters,
    rows: inRows(quarters, mostRows),
    customers: quarters.reduce((sum, { customers }) => sum + customers, 0),
    yearLater: yearLater?.isRunning ? undefined : yearLater,
  };
}

interface Now {
  /** The quarter that the data reaches into. */
  readonly newest: number;
  readonly isNewestOver: boolean;
}

function rowOf(cohort: Day, figures: readonly CohortFigure[], { newest, isNewestOver }: Now): CohortRow {
  const byQuarter = new Map(figures.map((figure) => [figure.quarter, figure]));
  const { accounts: customers = 0, value: firstValue = 0 } = byQuarter.get(0) ?? {};
  const quarters = newest - numberOf(cohort) + 1;
  return {
    label: quarterOf(cohort),
    customers,
    cells: Array.from({ length: quarters }, (_, quarter) => {
      const { accounts: bought = 0, value = 0 } = byQuarter.get(quarter) ?? {};
      const isRunning = quarter === quarters - 1 && !isNewestOver;
      return cellOf({ customers, bought, value, firstValue, isRunning });
    }),
  };
}

function cellOf(figures: Omit<CohortCell, "boughtShare" | "valueShare">): CohortCell {
  const { customers, bought, value, firstValue } = figures;
  return {
    ...figures,
    boughtShare: customers === 0 ? 0 : bought / customers,
    valueShare: firstValue > 0 ? value / firstValue : undefined,
  };
}

/** Years become rows, the oldest first, until no more rows are left than wanted; then the oldest years become one. */
function inRows(quarters: readonly CohortRow[], most: number): readonly CohortRow[] {
  const years = [...groupBy(quarters, ({ label }) => label.slice(0, 4))];
  const rowsOf = (together: number, single: number): readonly CohortRow[] => {
    const [oldest, others] = [years.slice(0, together), years.slice(together)];
    const last = oldest.at(-1)?.[0];
    return [
      ...(last === undefined
        ? []
        : [
            merged(
              `to ${last}`,
              oldest.flatMap(([, members]) => members),
            ),
          ]),
      ...others.flatMap(([year, members], index) =>
        together + index < single ? [merged(year, members)] : members,
      ),
    ];
  };
  const steps = years.map((_, count) => count);
  const all = [
    ...steps.map((single) => rowsOf(0, single)),
    ...steps.slice(2).map((together) => rowsOf(together, years.length - 1)),
  ];
  return all.find((rows) => rows.length <= most) ?? all.at(-1) ?? [];
}

/** Several cohorts as one: each quarter over those for which it is over. */
function merged(label: string, members: readonly CohortRow[]): CohortRow {
  const [only] = members;
  if (only && members.length === 1) return only;
  const longest = Math.max(0, ...members.map(({ cells }) => cells.length));
  return {
    label,
    customers: members.reduce((sum, { customers }) => sum + customers, 0),
    cells: Array.from({ length: longest }, (_, quarter) => {
      const over = members.flatMap(({ cells }) => {
        const cell = cells[quarter];
        return cell && !cell.isRunning ? [cell] : [];
      });
      if (over.length === 0) return undefined;
      const sum = (figure: "customers" | "bought" | "value" | "firstValue") =>
        over.reduce((total, cell) => total + cell[figure], 0);
      return cellOf({
        customers: sum("customers"),
        bought: sum("bought"),
        value: sum("value"),
        firstValue: sum("firstValue"),
        isRunning: false,
      });
    }),
  };
}

/** Quarters since the year 0. */
function numberOf(day: Day): number {
  const [year = "", quarter = ""] = quarterOf(day).split("Q");
  return Number(year) * 4 + Number(quarter);
}
