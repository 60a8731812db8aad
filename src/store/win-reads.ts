import type { Access } from "./access.ts";
import type { Snapshot } from "./reads.ts";
import type { Executor } from "./sql.ts";
import { readWinFit, type StoredWinFit } from "./win-fit-row.ts";

/** What can be asked about how deals are foretold, already bound to one viewer. */
export interface WinReads {
  /** The fit that a snapshot was computed with, over all deals of the workspace; undefined in older snapshots. */
  winFit(snapshot: Snapshot): Promise<StoredWinFit | undefined>;
}

export function readWinFits(on: Executor, { workspaceId }: Access): WinReads {
  return { winFit: ({ id }) => readWinFit(on, workspaceId, id) };
}
