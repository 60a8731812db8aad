import type { Reply } from "../command.ts";
import type { Viewer } from "../store/viewer.ts";

/**
 * What an admin does with files, the same from Slack and from a terminal. Files are paths on this machine:
 * whoever calls has fetched them. Who may not is refused here, whatever a button said.
 */
export interface Intake {
  /** A sentence for whoever may not import, undefined for an admin: asked before any file is fetched. */
  refusal(viewer: Viewer): Promise<string | undefined>;
  /** Reads, checks and compares everything, and changes nothing. */
  preview(
    viewer: Viewer,
    files: readonly string[],
    options: IntakeOptions,
    watch: Watch,
  ): Promise<{ readonly ok: true; readonly reply: Reply } | Undecided>;
  /** Loads the files and computes the portfolio anew. */
  import(
    viewer: Viewer,
    files: readonly string[],
    options: IntakeOptions,
    watch: Watch,
  ): Promise<Imported | Undecided>;
  /** Takes whole imports back and computes the portfolio anew. */
  undo(
    viewer: Viewer,
    importIds: readonly number[],
    watch: Watch,
  ): Promise<{ readonly ok: true; readonly reply: Reply } | Refusal>;
  /** What imports did not load or found suspect, as the pieces of one CSV file. */
  rejects(
    viewer: Viewer,
    importIds: readonly number[],
  ): Promise<{ readonly ok: true; readonly csv: AsyncIterable<string> } | Refusal>;
}

export interface IntakeOptions {
  /** ISO 4217 code of amounts that name none. */
  readonly currency?: string;
  /** Which of day and month comes first in `03/04/2025`, where a file does not show it. */
  readonly dates?: "dmy" | "mdy";
}

/** How somebody who waits is told what goes on. */
export interface Watch {
  /** How many rows of a file are read, and which fraction of it. */
  progress(file: string, rows: number, fractionRead: number): void;
  /** Called for every other import that has to end first, with a sentence. */
  waiting(sentence: string): void;
}

export interface Imported {
  readonly ok: true;
  readonly reply: Reply;
  /** One for each source that the files came from. */
  readonly importIds: readonly number[];
  /** How many rows were not loaded or hold suspect values. */
  readonly issues: number;
}

/** Nothing was changed; the sentence says why, and what to do. */
export interface Refusal {
  readonly ok: false;
  readonly message: string;
}

/** A refusal that may only want the order of day and month. */
export interface Undecided extends Refusal {
  readonly asks?: "dates";
}
