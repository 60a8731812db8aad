import { z } from "zod";
import type { WinFit } from "../core/win/win-model.ts";
import { type Executor, empty, optional, rowsOf, sql } from "./sql.ts";

const fitCauses = ["first", "definition", "data", "schedule"] as const;

/** A fit of which deals are won, and the snapshot that it was made for. */
export interface StoredWinFit extends Readonly<z.output<typeof fitRow>> {}

/** The one that a snapshot was computed with, without one the newest; undefined where there is none. */
export async function readWinFit(
  on: Executor,
  workspaceId: string,
  snapshotId?: number,
): Promise<StoredWinFit | undefined> {
  const [row] = await rowsOf(
    on,
    fitRow,
    sql`SELECT snapshot_id AS "fittedIn", fitted_at AS "fittedAt", cause, report AS fit FROM win_fit
        WHERE workspace_id = ${workspaceId} ${snapshotId === undefined ? empty : sql`AND snapshot_id <= ${snapshotId}::int`}
        ORDER BY snapshot_id DESC LIMIT 1`,
  );
  return row;
}

export async function storeWinFit(
  on: Executor,
  workspaceId: string,
  { fittedIn, fittedAt, cause, fit }: StoredWinFit,
): Promise<void> {
  await on.$executeRaw(
    sql`INSERT INTO win_fit (workspace_id, snapshot_id, fitted_at, cause, report)
        VALUES (${workspaceId}, ${fittedIn}::int, ${fittedAt}::timestamptz, ${cause}, ${JSON.stringify(fit)}::jsonb)`,
  );
}

/** Removes the fits that no kept snapshot was computed with; one of a refresh under way is left alone. */
export async function forgetUnusedWinFits(on: Executor, workspaceId: string): Promise<void> {
  await on.$executeRaw(
    sql`WITH ready AS (SELECT id FROM snapshot WHERE workspace_id = ${workspaceId} AND status = 'ready')
        DELETE FROM win_fit unused WHERE workspace_id = ${workspaceId} AND snapshot_id <= (SELECT MAX(id) FROM ready)
          AND NOT EXISTS (SELECT FROM ready WHERE unused.snapshot_id = (
            SELECT MAX(f.snapshot_id) FROM win_fit f WHERE f.workspace_id = ${workspaceId} AND f.snapshot_id <= ready.id))`,
  );
}

const evaluation = z.custom<WinFit["evaluation"]>((value) => typeof value === "object" && value !== null);
const why = z.looseObject({ code: z.string() });

const report = z.object({
  /** Raised whenever the same deals would give another fit. */
  definitions: z.number(),
  asOf: z.string(),
  /** Of the deals that had ended, with all that is known of them: how many, and a sum that tells whether they changed. */
  seen: z.object({ deals: z.number(), hash: z.string() }),
  model: z.object({
    method: z.enum(["base-rate", "shrunk-rates", "logistic"]),
    ...{ baseRate: z.number(), deals: z.number(), won: z.number(), parameters: z.unknown() },
  }),
  evaluation,
  /** Columns that were looked at, and why others were not. */
  columns: z.array(z.string()),
  excluded: z.array(z.object({ column: z.string(), why })),
  /** From which age on deals were learned from, in days, and the share that closes at all; undefined where that cannot be seen. */
  maturity: optional(z.object({ ageDays: z.number(), closing: z.number() })),
  /** What was expected of deals by others: what they are told apart by, and by rep how far that may be off. */
  mix: z.object({
    columns: z.array(z.string()),
    doubts: z.record(z.string(), z.object({ own: z.number(), others: z.number() })),
  }),
});

const fitRow = z.object({
  fittedIn: z.number(),
  fittedAt: z.date(),
  cause: z.enum(fitCauses),
  fit: report,
});
