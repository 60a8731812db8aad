import type { StoreReads } from "../../src/store/reads.ts";
import { rawRows } from "./workspace.ts";

const views = [
  "current_account_record",
  "current_rep_record",
  "current_product_record",
  "current_opportunity",
  "current_opportunity_line",
  "current_ledger_entry",
  "current_exchange_rate",
] as const;

/**
 * Every row that counts in a workspace and every figure computed from them, without what tells when they came:
 * two stores that hold the same data have the same. What a mere mention is called depends on who mentioned it last.
 */
export async function whatCounts(workspaceId: string, reads: StoreReads, ask = rawRows) {
  const rows: Record<string, readonly unknown[]> = {};
  for (const view of views)
    rows[view] = await ask(
      `SELECT to_jsonb(t) - 'workspace_id' - 'import_id' - 'superseded_by'
              - CASE WHEN to_jsonb(t) -> 'described' = 'false' THEN '{name,name_key,content_hash}'::text[] ELSE '{}' END AS row
       FROM ${view} t WHERE workspace_id = $1 ORDER BY 1`,
      [workspaceId],
    );
  return { rows, figures: await figuresOf(reads) };
}

/** What people see: totals, filters and every standing with its reasons. */
async function figuresOf(reads: StoreReads) {
  const snapshot = await reads.snapshot();
  if (!snapshot) return undefined;
  const { id: _, createdAt: __, ...decided } = snapshot;
  return {
    decided,
    totals: await reads.totals(snapshot),
    facets: await reads.facets(snapshot),
    standings: await reads.standings(snapshot, {}, { offset: 0 }),
  };
}
