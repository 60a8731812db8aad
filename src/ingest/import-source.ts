import { basename } from "node:path";
import type { ImportWriter, Issue, Settled } from "../store/imports.ts";
import { createIssueLog } from "./issue-log.ts";
import { createLoader, type LoadTally } from "./load-drafts.ts";
import { isRejection, unknownColumns } from "./preset.ts";
import type { RecognisedFile } from "./recognise-files.ts";
import { createObservation, type Suspect } from "./suspects.ts";

/** Rows between two reports of progress. */
const PROGRESS_ROWS = 1_000;

export type Progress = (file: string, rows: number, fractionRead: number) => void;

export interface SourceReport extends Omit<LoadTally, "ambiguous">, Settled {
  readonly importId: number;
  readonly source: string;
  readonly files: readonly FileReport[];
  /** The first of them; the store keeps more. */
  readonly rejected: readonly Issue[];
  readonly suspects: readonly Suspect[];
}

export interface FileReport {
  readonly file: string;
  readonly recognisedAs: string;
  /** How it was read, where that was found out and not said: its encoding, its sheet. */
  readonly notes: readonly string[];
  readonly read: number;
  readonly kept: number;
  /** Rows that a mapping leaves out on purpose. */
  readonly leftOut: number;
  readonly rejected: number;
  /** Columns without a field of their own, kept by name. */
  readonly customColumns: readonly string[];
}

/** Writes the files of one source into an import that nobody sees yet. */
export async function loadSource(
  writer: ImportWriter,
  files: readonly RecognisedFile[],
  { currency, progress }: { readonly currency: string; readonly progress?: Progress },
): Promise<SourceReport> {
  const [
    {
      preset: { sourceId, sourceName },
    },
  ] = files as [RecognisedFile];
  const observation = createObservation();
  const loader = createLoader(writer, sourceId);
  const issues = createIssueLog(writer);
  const reports: FileReport[] = [];
  for (const { table, preset, dialect } of files) {
    const file = basename(table.path);
    let [read, kept, leftOut] = [0, 0, 0];
    for await (const row of table) {
      read += 1;
      if (read % PROGRESS_ROWS === 0)
        progress?.(file, read, Math.min(0.99, table.bytesRead / table.bytesTotal));
      if ("fault" in row) {
        await issues.reject({ file, line: row.line, reason: row.fault });
        continue;
      }
      const drafts = preset.read(row.cells, { currency, dialect });
      if (isRejection(drafts)) {
        await issues.reject({ file, line: row.line, ...drafts });
        continue;
      }
      if (drafts.length === 0) leftOut += 1;
      else kept += 1;
      for (const draft of drafts) {
        observation.observe(draft);
        await loader.add(draft);
      }
    }
    await loader.flush();
    progress?.(file, read, 1);
    reports.push({
      file,
      recognisedAs: preset.title,
      notes: table.notes,
      read,
      kept,
      leftOut,
      rejected: read - kept - leftOut,
      customColumns: unknownColumns(preset, table.headers),
    });
  }
  const { ambiguous, ...tally } = loader.tally();
  const suspects = [...observation.suspects(), ...[...ambiguous].map(severalAccounts)];
  await issues.suspect(reports.map(({ file }) => file).join(", "), suspects);
  const settled = await writer.settle();
  const rejected = issues.rejected();
  return {
    importId: writer.id,
    source: sourceName,
    files: reports,
    ...tally,
    ...settled,
    rejected,
    suspects,
  };
}

function severalAccounts([value, rows]: readonly [string, number]): Suspect {
  return { column: "account", value, rows, reason: "several accounts have this name; not assigned" };
}
