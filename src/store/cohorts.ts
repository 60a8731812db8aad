import type { CohortFigure } from "../core/cohorts.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about customers by when they came, already bound to one viewer. Money in minor units of the snapshot's currency. */
export interface CohortReads {
  /** What the customers of each quarter bought in it and since, by calendar quarters; without quarters in which nothing happened. */
  cohorts(snapshot: Snapshot, selection: Selection): Promise<readonly CohortFigure[]>;
  /** Customers who came a year ago or earlier; undefined in snapshots that do not say who bought again. */
  boughtAgain(
    snapshot: Snapshot,
    selection: Selection,
  ): Promise<{ readonly customers: number; readonly again: number } | undefined>;
}
