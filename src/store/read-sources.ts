import { z } from "zod";
import type { Day } from "../core/calendar.ts";
import type { Access } from "./access.ts";
import type { RejectedRow, SourceDetails, SourceState } from "./health.ts";
import { type PageOf, rowsOfPage } from "./page-of.ts";
import type { Listed } from "./reconcile.ts";
import { bigintNumber, type Executor, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";

/** Every source that files came from; what admins alone may know is left out for others. */
export async function readSources(on: Executor, access: Access): Promise<readonly SourceState[]> {
  const { workspaceId } = access;
  const imports = await rowsOf(
    on,
    importRow,
    sql`SELECT i.id, i.source_id AS "sourceId", s.name AS source, i.started_at AS "importedAt", i.started_by AS by,
               i.report -> 'files' AS files
        FROM import i JOIN source s ON s.workspace_id = i.workspace_id AND s.id = i.source_id
        WHERE i.workspace_id = ${workspaceId} AND i.status = 'visible' AND jsonb_array_length(i.report -> 'files') > 0
        ORDER BY i.id DESC`,
  );
  const newestFacts = access.role === "admin" ? await newestFactDays(on, workspaceId) : undefined;
  const ids = [...new Set(imports.map(({ sourceId }) => sourceId))];
  return ids
    .flatMap((id) => {
      const own = imports.filter(({ sourceId }) => sourceId === id);
      const newest = own[0];
      if (!newest) return [];
      const { source, importedAt } = newest;
      return [{ source, importedAt, details: newestFacts && detailsOf(newest, own, newestFacts.get(id)) }];
    })
    .sort((left, right) => left.importedAt.getTime() - right.importedAt.getTime());
}

/** @param own the source's imports, the newest first. */
function detailsOf(
  newest: ImportRow,
  own: readonly ImportRow[],
  newestFactOn: Day | undefined,
): SourceDetails {
  const { id: importId, by, files } = newest;
  const asLastCame = new Map(own.toReversed().flatMap((each) => each.files.map((file) => [file.file, file])));
  return {
    importId,
    by,
    files: files.map(({ file }) => file),
    rows: files.reduce((sum, { read }) => sum + read, 0),
    rejected: [...asLastCame.values()].reduce((sum, { rejected }) => sum + rejected, 0),
    newestFactOn,
  };
}

async function newestFactDays(on: Executor, workspaceId: string): Promise<ReadonlyMap<string, Day>> {
  const rows = await rowsOf(
    on,
    z.object({ sourceId: z.string(), day: z.string() }),
    sql`SELECT source_id AS "sourceId", MAX(day)::text AS day
        FROM (SELECT source_id, on_day AS day FROM current_ledger_entry WHERE workspace_id = ${workspaceId}
              UNION ALL
              SELECT i.source_id, CASE WHEN o.status = 'open' THEN o.created_on ELSE o.close_on END
              FROM current_opportunity o JOIN import i ON i.workspace_id = o.workspace_id AND i.id = o.import_id
              WHERE o.workspace_id = ${workspaceId}) fact
        WHERE day IS NOT NULL GROUP BY source_id`,
  );
  return new Map(rows.map(({ sourceId, day }) => [sourceId, day]));
}

/** The newest imports first, then by file and line. */
export async function rejectedRows(
  on: Executor,
  workspaceId: string,
  importId: number | undefined,
  page: PageOf,
): Promise<Listed<RejectedRow> | undefined> {
  if (importId !== undefined && !(await stands(on, workspaceId, importId))) return undefined;
  const isWanted: Sql = importId === undefined ? cameLast : sql`i.id = ${importId}`;
  const rows = sql`FROM import i
    JOIN source s ON s.workspace_id = i.workspace_id AND s.id = i.source_id
    JOIN import_issue x ON x.workspace_id = i.workspace_id AND x.import_id = i.id AND x.kind = 'rejected'
    WHERE i.workspace_id = ${workspaceId} AND i.status = 'visible' AND ${isWanted}`;
  const { total } = await rowOf(on, z.object({ total: bigintNumber }), sql`SELECT COUNT(*) AS total ${rows}`);
  return {
    total,
    rows: await rowsOf(
      on,
      rejectedRow,
      sql`SELECT i.id AS "importId", s.name AS source, x.file, x.line, x."column", x.value, x.reason ${rows}
          ORDER BY i.id DESC, x.ordinal ${rowsOfPage(page)}`,
    ),
  };
}

/** No later import of the source that stands brought a file of the name of issue `x` of import `i`. */
const cameLast = sql`NOT EXISTS (SELECT FROM import later
  WHERE later.workspace_id = i.workspace_id AND later.source_id = i.source_id AND later.id > i.id
    AND later.status = 'visible'
    AND later.report -> 'files' @> jsonb_build_array(jsonb_build_object('file', x.file)))`;

async function stands(on: Executor, workspaceId: string, importId: number): Promise<boolean> {
  const found = await rowsOf(
    on,
    z.object({ id: z.number() }),
    sql`SELECT id FROM import WHERE workspace_id = ${workspaceId} AND id = ${importId} AND status = 'visible'`,
  );
  return found.length > 0;
}

const importRow = z.object({
  id: z.number(),
  sourceId: z.string(),
  source: z.string(),
  importedAt: z.date(),
  by: z.string(),
  files: z.array(z.object({ file: z.string(), read: z.number(), rejected: z.number() })),
});
type ImportRow = z.output<typeof importRow>;

const rejectedRow = z.object({
  importId: z.number(),
  source: z.string(),
  file: z.string(),
  line: optional(z.number()),
  column: optional(z.string()),
  value: optional(z.string()),
  reason: z.string(),
});
