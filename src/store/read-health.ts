import { z } from "zod";
import type { Access } from "./access.ts";
import { correctionFields } from "./corrections.ts";
import type { HealthReads, ReconciledSpan } from "./health.ts";
import { readSources, rejectedRows } from "./read-sources.ts";
import { differingAccounts, type Reconciled, uncountedFacts } from "./reconcile.ts";
import { requireRole } from "./roles.ts";
import { bigintNumber, type Executor, optional, rowOf, rowsOf, sql } from "./sql.ts";
import { unseenChange } from "./staleness.ts";
import { visibleAccounts } from "./visibility.ts";
import { findWorkspace } from "./workspaces.ts";

/** What the data lacks and how far it is up to date. */
export function readHealth(on: Executor, access: Access): HealthReads {
  const { workspaceId } = access;
  const reconciled = (of: ReconciledSpan): Reconciled => ({
    ...{ workspaceId, basis: of.basis, asOf: of.asOf, window: of.window },
    accounts: visibleAccounts(access),
  });
  return {
    sources: () => readSources(on, access),

    async keptSnapshots(now) {
      const workspace = await findWorkspace(on, workspaceId);
      const kept = await rowOf(
        on,
        keptRow,
        sql`SELECT COUNT(*) AS kept, MIN(as_of)::text AS "oldestAsOf",
                   (array_agg(settings_version ORDER BY id DESC))[1] AS "settingsVersion"
            FROM snapshot WHERE workspace_id = ${workspaceId} AND status = 'ready'`,
      );
      return {
        ...kept,
        isStale: workspace === undefined || (await unseenChange(on, workspace, now)) !== undefined,
      };
    },

    async rejectedRows(importId, page) {
      requireRole(access, "admin");
      return rejectedRows(on, workspaceId, importId, page);
    },

    async setByHand(today) {
      requireRole(access, "admin");
      return rowsOf(
        on,
        setByHandRow,
        sql`SELECT DISTINCT ON (a.name, a.id, s.field) a.id AS "accountId", a.name AS account, s.field::text,
                   CASE WHEN s.field = 'owner' THEN COALESCE(r.name, 'a rep who is gone') ELSE s.value END AS shown,
                   s.reason, s.until::text, s.created_by AS by, s.created_at AS at
            FROM correction s
            JOIN membership m ON m.workspace_id = s.workspace_id AND m.source_record_id = s.account_id AND m.valid_to IS NULL
            JOIN account a ON a.workspace_id = m.workspace_id AND a.id = m.account_id
            LEFT JOIN current_rep_record r ON r.workspace_id = s.workspace_id AND s.field = 'owner'
              AND r.source_record_id::text = s.value
            WHERE ${visibleAccounts(access)} AND s.ended_at IS NULL AND (s.until IS NULL OR s.until >= ${today}::date)
            ORDER BY a.name, a.id, s.field, s.id DESC`,
      );
    },

    async coverage() {
      requireRole(access, "admin");
      const own = sql`workspace_id = ${workspaceId}`;
      return rowOf(
        on,
        coverageRow,
        sql`SELECT a.*, r.*, l.*, o.*,
                   (SELECT COUNT(*) FROM current_product_record WHERE ${own}) AS products
            FROM (SELECT COUNT(*) AS accounts, COUNT(owner_record_id) AS "withOwner",
                         COUNT(industry) AS "withIndustry", COUNT(region) AS "withRegion"
                  FROM account WHERE ${own} AND active) a,
                 (SELECT COUNT(*) AS reps, COUNT(email) AS "repsWithEmail", COUNT(team) AS "repsWithTeam"
                  FROM current_rep_record WHERE ${own}) r,
                 (SELECT COUNT(*) FILTER (WHERE kind = 'invoice') AS "invoiceLines",
                         COUNT(*) FILTER (WHERE kind = 'payment') AS payments
                  FROM current_ledger_entry WHERE ${own}) l,
                 (SELECT COUNT(*) FILTER (WHERE status = 'won') AS won, COUNT(*) FILTER (WHERE status = 'lost') AS lost
                  FROM current_opportunity WHERE ${own}) o`,
      );
    },

    async differences(of, tolerance, page) {
      requireRole(access, "admin");
      return differingAccounts(on, reconciled(of), tolerance, page);
    },

    async coveredFacts(of) {
      requireRole(access, "admin");
      return (await uncountedFacts(on, reconciled(of), { offset: 0, limit: 0 })).total;
    },
  };
}

const keptRow = z.object({
  kept: bigintNumber,
  oldestAsOf: optional(z.string()),
  settingsVersion: optional(z.number()),
});

const setByHandRow = z.object({
  accountId: z.string(),
  account: z.string(),
  field: z.enum(correctionFields),
  shown: z.string(),
  reason: z.string(),
  until: optional(z.string()),
  by: z.string(),
  at: z.date(),
});

const coverageRow = z.object({
  accounts: bigintNumber,
  withOwner: bigintNumber,
  withIndustry: bigintNumber,
  withRegion: bigintNumber,
  reps: bigintNumber,
  repsWithEmail: bigintNumber,
  repsWithTeam: bigintNumber,
  products: bigintNumber,
  invoiceLines: bigintNumber,
  payments: bigintNumber,
  won: bigintNumber,
  lost: bigintNumber,
});
