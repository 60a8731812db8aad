import type { Day } from "../core/calendar.ts";
import type { AccountPath, PathSums } from "../core/growth.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about growth from one year to the next, already bound to one viewer. */
export interface GrowthReads {
  /** The twelve months to the snapshot's day against the twelve before; undefined in snapshots that do not have them. */
  growth(snapshot: Snapshot, selection: Selection, most: number): Promise<GrowthFigures | undefined>;
}

/** Money in minor units of the snapshot's currency. */
export interface GrowthFigures {
  /** Paths that at least one account took. */
  readonly paths: readonly PathSums[];
  /** Accounts that made the most of what was gained and of what was lost, at most so many of each. */
  readonly gained: readonly GrowthAccount[];
  readonly lost: readonly GrowthAccount[];
  /** The first purchase of all that the viewer may see; undefined where there is none. */
  readonly oldestOn: Day | undefined;
}

export interface GrowthAccount {
  readonly accountId: string;
  readonly account: string;
  readonly path: AccountPath;
  readonly before: number;
  readonly now: number;
  readonly firstWonOn: Day;
  readonly lastWonOn: Day;
}
