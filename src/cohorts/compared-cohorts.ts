import { type CohortRow, quartersAYear } from "../core/cohorts.ts";
import { compareCohorts } from "../core/compare-cohorts.ts";
import type { ComparedCohort } from "./cohort-words.ts";

/** The cohorts of which it is known who bought in the same quarter a year later, each against all others. */
export function comparedCohorts(rows: readonly CohortRow[]): readonly ComparedCohort[] {
  const known = rows.flatMap((row) => {
    const yearLater = row.cells[quartersAYear];
    return yearLater && !yearLater.isRunning ? [{ row, yearLater }] : [];
  });
  const ranges = compareCohorts(known.map(({ yearLater }) => yearLater));
  return known.flatMap((cohort, index) => {
    const range = ranges[index];
    return range ? [{ ...cohort, range }] : [];
  });
}
