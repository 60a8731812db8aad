import type { ImportWriter, Issue } from "../store/imports.ts";
import type { Suspect } from "./suspects.ts";

/** Rejected rows that the store keeps; beyond that they are counted. */
const MOST_KEPT = 100_000;
/** Rejected rows that a report lists. */
const MOST_LISTED = 10_000;
const BATCH = 2_000;

/** Passes issues on to the store as they come, in bounded memory. */
export interface IssueLog {
  reject(row: Pick<Issue, "file" | "line" | "reason"> & { column?: string; value?: string }): Promise<void>;
  /** Notes what looks wrong in all files, and writes everything that is left. */
  suspect(files: string, suspects: readonly Suspect[]): Promise<void>;
  /** The first rejected rows. */
  rejected(): readonly Issue[];
}

export function createIssueLog(writer: Pick<ImportWriter, "issues">): IssueLog {
  const listed: Issue[] = [];
  let waiting: Issue[] = [];
  let kept = 0;
  return {
    async reject({ file, line, column, value, reason }) {
      const issue: Issue = { kind: "rejected", file, line, column, value, reason, rows: 1 };
      if (listed.length < MOST_LISTED) listed.push(issue);
      if (kept === MOST_KEPT) return;
      kept += 1;
      waiting.push(issue);
      if (waiting.length < BATCH) return;
      await writer.issues(waiting);
      waiting = [];
    },
    async suspect(file, suspects) {
      const issues = suspects.map(
        ({ column, value, suggestion, reason, rows }): Issue => ({
          kind: "suspect",
          file,
          line: undefined,
          column,
          value,
          suggestion,
          reason,
          rows,
        }),
      );
      await writer.issues([...waiting, ...issues]);
      waiting = [];
    },
    rejected: () => listed,
  };
}
