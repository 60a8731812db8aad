import type { Line } from "../command.ts";
import type { Day } from "../core/calendar.ts";
import type { MoveKind } from "../core/moves.ts";
import type { WaveName } from "../core/offers/offer.ts";
import type { OpenAction } from "../store/actions.ts";
import type { DigestResults, OpenHolds, Riser, SettledAction } from "../store/digest-reads.ts";
import type { DigestContent } from "../store/digests.ts";
import type { RedefinedTier } from "../store/read-redefined.ts";
import type { MoveRow, Snapshot } from "../store/reads.ts";

/**
 * Everything that one digest could say, gathered for its readers and not yet worded. Money in minor units of the
 * snapshot's currency, unless it says its own.
 */
export interface DigestFacts {
  readonly at: Date;
  /** The day of `at` in the workspace's zone. */
  readonly today: Day;
  readonly snapshot: Snapshot;
  readonly scope: DigestScope;
  readonly last: { readonly content: DigestContent; readonly on: Day } | undefined;
  /** What is open, the best first: enough of it to choose from. */
  readonly candidates: readonly OpenAction[];
  /** All that is open. */
  readonly open: number;
  /** What became of actions that digests of the schedule showed, in no order. */
  readonly settled: readonly SettledAction[];
  readonly moves: MovesFound | undefined;
  /** Prospects that are worth more than they were. */
  readonly risers: readonly Riser[];
  readonly holds: OpenHolds;
  readonly waves: readonly WaveProgress[];
  /** What was answered and won since the last digest, or in the last seven days. */
  readonly results: DigestResults & { readonly since: Day };
  /** Sources that these readers are to see to. */
  readonly stale: readonly StaleSource[];
  /** Undefined for those who are no managers, as all that follows. */
  readonly concentration: FoundConcentration | undefined;
  /** Where acquisition runs below replacement, or may. */
  readonly acquisition: { readonly kind: "below" | "perhaps-below"; readonly line: Line } | undefined;
  /** Who leads the adjusted board, where reps can be told apart and are to be compared. */
  readonly board: FoundBoard | undefined;
  /** Accounts that should be served otherwise than they are. */
  readonly gaps: number | undefined;
  /** Accounts that nobody owns and for which something is to be done. */
  readonly unowned: { readonly accounts: number; readonly valueMinor: number } | undefined;
}

export interface DigestScope {
  /** Whether it is about what its reader works, and not about everything that was selected. */
  readonly isMine: boolean;
  /** Whether others read it too. */
  readonly isShared: boolean;
  /** The filters as they can be typed again, ready to stand behind a command; empty for none. */
  readonly filters: string;
  /** Says over what it looks, where that is not everything. */
  readonly notes: readonly string[];
}

export interface MovesFound {
  /** The day with which tiers are compared. */
  readonly since: Day;
  readonly counts: Readonly<Record<MoveKind, number>>;
  /** Those of most money first. */
  readonly rows: readonly (MoveRow & { readonly redefined: RedefinedTier | undefined })[];
}

/** An open wave. */
export interface WaveProgress {
  readonly offerId: number;
  readonly offer: string;
  readonly wave: WaveName;
  readonly accounts: number;
  readonly resolved: number;
  /** Accounts of it that the reader holds and has not resolved; undefined where it is not about them alone. */
  readonly own: number | undefined;
}

export interface StaleSource {
  readonly source: string;
  readonly importedOn: Day;
  readonly ageDays: number;
}

export interface FoundConcentration {
  readonly accountId: string;
  readonly account: string;
  readonly share: number;
  /** Of the same account at the snapshot of the last digest; undefined where that is not kept. */
  readonly before: number | undefined;
}

export interface FoundBoard {
  readonly reps: number;
  /** The first three: what they brought as a share of what was to be expected, by margin. */
  readonly first: readonly { readonly repId: string; readonly name: string; readonly share: number }[];
}
