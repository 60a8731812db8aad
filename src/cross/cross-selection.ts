import type { Window } from "../core/calendar.ts";
import type { Filters } from "../query.ts";
import type { Selection, Snapshot } from "../store/reads.ts";

/** Which accounts are crossed, after every name was looked up. */
export interface CrossSelection {
  readonly snapshot: Snapshot;
  readonly selection: Selection;
  readonly window: Window | undefined;
  /** The filters as people read them. */
  readonly spoken: Filters;
}
