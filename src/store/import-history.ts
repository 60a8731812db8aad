import { z } from "zod";
import type { Database } from "./connect.ts";
import type { Issue } from "./imports.ts";
import { bigintNumber, optional, rowsOf, sql } from "./sql.ts";

const BATCH = 5_000;

export interface ImportSummary {
  readonly id: number;
  readonly source: string;
  readonly status: "staging" | "visible" | "undone";
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly undoneAt: Date | undefined;
  readonly undoneBy: string | undefined;
  readonly files: readonly string[];
  readonly rejected: number;
  readonly suspects: number;
}

/** The newest imports first. */
export async function listImports(
  database: Database,
  workspaceId: string,
): Promise<readonly ImportSummary[]> {
  const rows = await rowsOf(
    database,
    summaryRow,
    sql`SELECT i.id, s.name AS source, i.status::text, i.started_at, i.started_by, i.undone_at, i.undone_by,
               ARRAY(SELECT f ->> 'file' FROM jsonb_array_elements(COALESCE(i.report -> 'files', '[]')) f) AS files,
               (SELECT COALESCE(SUM((f ->> 'rejected')::int), 0) FROM jsonb_array_elements(COALESCE(i.report -> 'files', '[]')) f) AS rejected,
               (SELECT COUNT(*) FROM import_issue x
                WHERE x.workspace_id = i.workspace_id AND x.import_id = i.id AND x.kind = 'suspect') AS suspects
        FROM import i JOIN source s ON s.workspace_id = i.workspace_id AND s.id = i.source_id
        WHERE i.workspace_id = ${workspaceId} ORDER BY i.id DESC`,
  );
  return rows.map(({ started_at, started_by, undone_at, undone_by, ...row }) => ({
    ...row,
    startedAt: started_at,
    startedBy: started_by,
    undoneAt: undone_at,
    undoneBy: undone_by,
  }));
}

/** Rejected rows, then suspect values, in the order they came. */
export async function* issuesOf(
  database: Database,
  workspaceId: string,
  importId: number,
): AsyncGenerator<Issue> {
  for (let after = -1; ; ) {
    const rows = await rowsOf(
      database,
      issueRow,
      sql`SELECT ordinal, kind::text, file, line, "column", value, reason, rows FROM import_issue
          WHERE workspace_id = ${workspaceId} AND import_id = ${importId} AND ordinal > ${after}
          ORDER BY ordinal LIMIT ${BATCH}`,
    );
    for (const { ordinal, ...issue } of rows) {
      after = ordinal;
      yield issue;
    }
    if (rows.length < BATCH) return;
  }
}

const summaryRow = z.object({
  id: z.number(),
  source: z.string(),
  status: z.enum(["staging", "visible", "undone"]),
  started_at: z.date(),
  started_by: z.string(),
  undone_at: optional(z.date()),
  undone_by: optional(z.string()),
  files: z.array(z.string()),
  rejected: bigintNumber,
  suspects: bigintNumber,
});

const issueRow = z.object({
  ordinal: z.number(),
  kind: z.enum(["rejected", "suspect"]),
  file: z.string(),
  line: z
    .number()
    .nullable()
    .transform((line) => line ?? undefined),
  column: z
    .string()
    .nullable()
    .transform((column) => column ?? undefined),
  value: z
    .string()
    .nullable()
    .transform((value) => value ?? undefined),
  reason: z.string(),
  rows: z.number(),
});
