import { z } from "zod";
import type { Day } from "../core/calendar.ts";
import { tiers } from "../core/tiers.ts";
import type { Access } from "./access.ts";
import type { Database } from "./connect.ts";
import { lockAccount } from "./lock-account.ts";
import { Refused } from "./refused.ts";
import { requireMember, requireRole } from "./roles.ts";
import { type Executor, optional, rowsOf, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";
import { touchWorkspace } from "./workspaces.ts";

export const correctionFields = ["owner", "industry", "tier"] as const;
export type CorrectionField = (typeof correctionFields)[number];

/** What somebody wants to set by hand on an account. */
export interface CorrectionDraft {
  readonly field: CorrectionField;
  /** A rep's record id, an industry, a tier. */
  readonly value: string;
  readonly reason: string;
  /** The last day on which it holds; a tier needs one. */
  readonly until?: Day;
}

/** What was set by hand, and by whom. */
export interface Correction extends Omit<CorrectionDraft, "until"> {
  /** The value as people read it: a rep by name. */
  readonly shown: string;
  readonly until: Day | undefined;
  readonly by: string;
  readonly at: Date;
  /** When it was taken back or replaced, and by whom. */
  readonly ended: { readonly by: string; readonly at: Date } | undefined;
}

export interface AccountCorrections {
  /**
   * Sets a field by hand, in place of what was set before; false when that is the same already.
   *
   * @throws Refused for an account that is not there to see, or a value that cannot be. NotAllowed for reps.
   */
  correct(accountId: string, draft: CorrectionDraft): Promise<boolean>;
  /** Takes back what was set by hand; false when nothing was. */
  takeBack(accountId: string, field: CorrectionField): Promise<boolean>;
  /** Everything ever set by hand on an account that the viewer sees, the newest first. */
  corrections(accountId: string): Promise<readonly Correction[]>;
}

const LONGEST_REASON = 500;

export function createCorrections(database: Database, access: Access): AccountCorrections {
  const { workspaceId, signature } = access;

  /** Runs a change of one account, one at a time, and notes it when something changed. */
  async function change(accountId: string, work: (on: Executor) => Promise<boolean>): Promise<boolean> {
    requireRole(access, "manager", "admin");
    return database.$transaction(async (transaction) => {
      await lockAccount(transaction, access, accountId);
      const isChanged = await work(transaction);
      if (isChanged) await touchWorkspace(transaction, workspaceId);
      return isChanged;
    });
  }

  async function end(on: Executor, accountId: string, field: CorrectionField): Promise<boolean> {
    const ended = await on.$executeRaw(
      sql`UPDATE correction SET ended_at = clock_timestamp(), ended_by = ${signature}
          WHERE workspace_id = ${workspaceId} AND account_id = ${accountId}::uuid
            AND field = ${field}::correction_field AND ended_at IS NULL`,
    );
    return ended > 0;
  }

  return {
    correct: (accountId, draft) =>
      change(accountId, async (on) => {
        const { field, value, reason, until } = check(draft);
        if (field === "owner") await requireRep(on, workspaceId, value);
        const same = await rowsOf(
          on,
          z.object({ id: z.number() }),
          sql`SELECT id FROM correction
              WHERE workspace_id = ${workspaceId} AND account_id = ${accountId}::uuid
                AND field = ${field}::correction_field AND ended_at IS NULL AND value = ${value}
                AND reason = ${reason} AND until IS NOT DISTINCT FROM ${until ?? null}::date`,
        );
        if (same.length > 0) return false;
        await end(on, accountId, field);
        await on.$executeRaw(
          sql`INSERT INTO correction (workspace_id, account_id, field, value, reason, until, created_by)
              VALUES (${workspaceId}, ${accountId}::uuid, ${field}::correction_field, ${value}, ${reason},
                      ${until ?? null}::date, ${signature})`,
        );
        return true;
      }),
    takeBack: (accountId, field) => change(accountId, (on) => end(on, accountId, field)),
    corrections: async (accountId) => {
      requireMember(access);
      // They name who made them, and whom.
      if (access.anonymous) return [];
      const rows = await rowsOf(
        database,
        correctionRow,
        sql`SELECT c.field::text, c.value, CASE WHEN c.field = 'owner' THEN r.name END AS rep, c.reason,
                   c.until::text, c.created_by, c.created_at, c.ended_by, c.ended_at
            FROM correction c
            JOIN account a ON a.workspace_id = c.workspace_id AND a.id = c.account_id
            LEFT JOIN current_rep_record r ON r.workspace_id = c.workspace_id AND r.source_record_id::text = c.value
            WHERE ${visibleAccounts(access)} AND a.id = ${accountId}::uuid ORDER BY c.id DESC`,
      );
      return rows.map(toCorrection);
    },
  };
}

/** A reason for everything, and an end for what would otherwise be forgotten. */
function check(draft: CorrectionDraft): CorrectionDraft {
  if (draft.reason.trim() === "")
    throw new Refused("Say why: nobody understands a correction without a reason.");
  if (draft.reason.length > LONGEST_REASON)
    throw new Refused(`Say why in at most ${LONGEST_REASON} characters.`);
  if (draft.value.trim() === "") throw new Refused(`Say which ${draft.field}.`);
  if (draft.field !== "tier") return draft;
  if (!tiers.some((tier) => tier === draft.value))
    throw new Refused(`${draft.value} is no tier: there are ${tiers.join(", ")}.`);
  if (draft.until === undefined) throw new Refused("Say until when the tier holds.");
  return draft;
}

async function requireRep(on: Executor, workspaceId: string, id: string): Promise<void> {
  const reps = await rowsOf(
    on,
    z.object({ id: z.string() }),
    sql`SELECT source_record_id AS id FROM current_rep_record
        WHERE workspace_id = ${workspaceId} AND source_record_id::text = ${id}`,
  );
  if (reps.length === 0) throw new Refused("This rep is not in the imported data any more.");
}

const correctionRow = z.object({
  field: z.enum(correctionFields),
  value: z.string(),
  rep: optional(z.string()),
  reason: z.string(),
  until: optional(z.string()),
  created_by: z.string(),
  created_at: z.date(),
  ended_by: optional(z.string()),
  ended_at: optional(z.date()),
});

function toCorrection(row: z.output<typeof correctionRow>): Correction {
  return {
    field: row.field,
    value: row.value,
    shown: row.field === "owner" ? (row.rep ?? "a rep who is gone") : row.value,
    reason: row.reason,
    until: row.until,
    by: row.created_by,
    at: row.created_at,
    ended: row.ended_at && { by: row.ended_by ?? "", at: row.ended_at },
  };
}
