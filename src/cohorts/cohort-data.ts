import type { Cohorts } from "../core/cohorts.ts";
import type { Snapshot } from "../store/reads.ts";
import type { Again, ComparedCohort } from "./cohort-words.ts";

/** Exact figures: a row for each quarter of each cohort, none of them grouped or left out. */
export function cohortData(
  { quarters, customers, yearLater }: Cohorts,
  compared: readonly ComparedCohort[],
  again: Again | undefined,
  { asOf, currency }: Snapshot,
) {
  const money = (amount: number) => ({ amount, currency });
  return {
    asOf,
    customers,
    yearLater: yearLater
      ? {
          customers: yearLater.customers,
          bought: yearLater.bought,
          boughtShare: yearLater.boughtShare,
          valueShare: yearLater.valueShare ?? null,
        }
      : null,
    boughtAgain: again ?? null,
    compared: compared.map(({ row, yearLater: cell, range }) => ({
      cohort: row.label,
      customers: cell.customers,
      bought: cell.bought,
      boughtShare: cell.boughtShare,
      ...range,
    })),
    rows: quarters.flatMap(({ label, cells }) =>
      cells.flatMap((cell, quarter) =>
        cell === undefined
          ? []
          : [
              {
                cohort: label,
                quarter,
                customers: cell.customers,
                bought: cell.bought,
                boughtShare: cell.boughtShare,
                value: money(cell.value),
                valueShare: cell.valueShare ?? null,
                isOver: !cell.isRunning,
              },
            ],
      ),
    ),
  };
}
