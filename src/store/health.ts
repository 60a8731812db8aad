import type { Day } from "../core/calendar.ts";
import type { Correction } from "./corrections.ts";
import type { PageOf } from "./page-of.ts";
import type { AccountComparison, Listed, Reconciled } from "./reconcile.ts";

/** Where the data comes from, what it lacks, and how far it is up to date. */
export interface HealthReads {
  /** Every source that files came from, the one that was loaded longest ago first. */
  sources(): Promise<readonly SourceState[]>;
  /** How many snapshots are kept, and whether the newest would be computed otherwise now. */
  keptSnapshots(now: Date): Promise<KeptSnapshots>;
  /**
   * Rows of one import, or of all that stand, that were not loaded; undefined where no such import stands. Those of a
   * file that came again later are left out: what is still wrong was rejected again.
   *
   * @throws NotAllowed unless an admin asks.
   */
  rejectedRows(importId: number | undefined, page: PageOf): Promise<Listed<RejectedRow> | undefined>;
  /** What people set by hand and holds, by account. @throws NotAllowed unless an admin asks. */
  setByHand(today: Day): Promise<readonly SetByHand[]>;
  /** @throws NotAllowed unless an admin asks. */
  coverage(): Promise<Coverage>;
  /**
   * Accounts whose won deals are off what was invoiced by more than a share of the larger of the two, the largest
   * differences first. @throws NotAllowed unless an admin asks.
   */
  differences(of: ReconciledSpan, tolerance: number, page: PageOf): Promise<Listed<AccountComparison>>;
  /** How many payments and won deals an invoice or payment stands for. @throws NotAllowed unless an admin asks. */
  coveredFacts(of: ReconciledSpan): Promise<number>;
}

/** As a snapshot says it. */
export type ReconciledSpan = Pick<Reconciled, "basis" | "asOf" | "window">;

export interface SourceState {
  readonly source: string;
  /** When its newest import that stands began. */
  readonly importedAt: Date;
  /** Undefined for those who are no admins: what files hold says something of everybody's accounts. */
  readonly details: SourceDetails | undefined;
}

export interface SourceDetails {
  readonly importId: number;
  readonly by: string;
  readonly files: readonly string[];
  /** Rows of these files. */
  readonly rows: number;
  /** Rows of all its files, each as it came last, that were not loaded. */
  readonly rejected: number;
  readonly newestFactOn: Day | undefined;
}

export interface KeptSnapshots {
  readonly kept: number;
  readonly oldestAsOf: Day | undefined;
  /** The settings that the newest was computed with. */
  readonly settingsVersion: number | undefined;
  readonly isStale: boolean;
}

export interface RejectedRow {
  readonly importId: number;
  readonly source: string;
  readonly file: string;
  readonly line: number | undefined;
  readonly column: string | undefined;
  readonly value: string | undefined;
  readonly reason: string;
}

export interface SetByHand extends Omit<Correction, "value" | "ended"> {
  readonly accountId: string;
  readonly account: string;
}

/** How much of what could be known is known. */
export interface Coverage {
  readonly accounts: number;
  readonly withOwner: number;
  readonly withIndustry: number;
  readonly withRegion: number;
  readonly reps: number;
  readonly repsWithEmail: number;
  readonly repsWithTeam: number;
  readonly products: number;
  readonly invoiceLines: number;
  readonly payments: number;
  readonly won: number;
  readonly lost: number;
}
