import type { ColumnExclusion } from "../core/win/choose-features.ts";
import type { WinEvaluation, WinMethod } from "../core/win/win-model.ts";

export interface ExcludedColumn {
  readonly column: string;
  readonly code: ColumnExclusion["code"];
  /** A sentence. */
  readonly reason: string;
  /** The words of the name that say so. */
  readonly word?: string;
  /** Of the column alone. */
  readonly auc?: number;
}

/** A column that was used although its name, or how well it tells the end alone, makes one wonder. */
export interface SuspiciousColumn {
  readonly column: string;
  /** The words of the name that say so. */
  readonly word?: string;
  /** Of the column alone. */
  readonly auc?: number;
  readonly reason: string;
}

/** What `portfolio win-eval` prints; null where there is nothing to measure. */
export interface WinReport
  extends Pick<
    WinEvaluation,
    | "brier"
    | "logLoss"
    | "baseLogLoss"
    | "baseRate"
    | "gain"
    | "gainError"
    | "signal"
    | "split"
    | "trained"
    | "tested"
  > {
  readonly auc: number | null;
  readonly lift10: number | null;
  /** What was tried on the rows that are tested. */
  readonly method: WinMethod;
  /** Of the file. */
  readonly rows: number;
  /** Rows of which it is known how they ended. */
  readonly used: number;
  readonly won: number;
  readonly outcome: {
    readonly column: string;
    /** Values by what they count as. */
    readonly won: readonly string[];
    readonly lost: readonly string[];
  };
  readonly time: {
    readonly column: string;
    /** Days as `YYYY-MM-DD`, or numbers. */
    readonly from: string | number;
    readonly until: string | number;
    /** Rows without one: they are learned from, and not tested. */
    readonly without: number;
  } | null;
  readonly skipped: {
    /** Rows by a value that is no end. */
    readonly open: Readonly<Record<string, number>>;
    readonly withoutOutcome: number;
    readonly unreadable: number;
  };
  /** Columns that the model was shown. */
  readonly features: readonly string[];
  readonly excluded: readonly ExcludedColumn[];
  readonly suspicious: readonly SuspiciousColumn[];
  /** The lowest probabilities first. */
  readonly calibration: readonly {
    readonly rows: number;
    readonly predicted: number;
    readonly observed: number;
  }[];
  /** Of the fit alone. */
  readonly seconds: number;
  /** What people should know about how the file was read, in sentences. */
  readonly notes: readonly string[];
}
