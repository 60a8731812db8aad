import { z } from "zod";
import type { Day } from "../core/calendar.ts";
import { type HoldKind, holdKinds } from "../core/offers/offer.ts";
import type { Access } from "./access.ts";
import type { Database } from "./connect.ts";
import { lockAccount } from "./lock-account.ts";
import type { Hold, OfferDecisions, OfferReads } from "./offers.ts";
import { Refused } from "./refused.ts";
import { requireMember } from "./roles.ts";
import { type Executor, optional, rowsOf, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

const LONGEST_REASON = 500;

/** What people said that holds accounts back from offers. */
export function readHolds(on: Executor, access: Access): Pick<OfferReads, "holds"> {
  const { workspaceId } = access;
  return {
    async holds(accountId) {
      // They name who made them.
      if (access.anonymous) return [];
      const rows = await rowsOf(
        on,
        holdRow,
        sql`SELECT h.kind::text, h.reason, h.until::text, h.created_by, h.created_at, h.ended_by, h.ended_at
            FROM account_hold h JOIN account a ON a.workspace_id = h.workspace_id AND a.id = h.account_id
            WHERE h.workspace_id = ${workspaceId} AND ${visibleAccounts(access)} AND a.id = ${accountId}::uuid
            ORDER BY h.id DESC`,
      );
      return rows.map(toHold);
    },
  };
}

export function createHolds(
  database: Database,
  access: Access,
): Pick<OfferDecisions, "holdBack" | "endHold"> {
  const { workspaceId, signature } = access;

  /** Runs a change of one account, one at a time. */
  async function change(accountId: string, work: (on: Executor) => Promise<boolean>): Promise<boolean> {
    requireMember(access);
    return database.$transaction(async (transaction) => {
      await lockAccount(transaction, access, accountId);
      return work(transaction);
    });
  }

  async function end(on: Executor, accountId: string, kind: HoldKind): Promise<boolean> {
    const ended = await on.$executeRaw(
      sql`UPDATE account_hold SET ended_at = clock_timestamp(), ended_by = ${signature}
          WHERE workspace_id = ${workspaceId} AND account_id = ${accountId}::uuid
            AND kind = ${kind}::hold_kind AND ended_at IS NULL`,
    );
    return ended > 0;
  }

  return {
    holdBack: (accountId, draft) =>
      change(accountId, async (on) => {
        const { kind, reason, until } = check(draft);
        const same = await rowsOf(
          on,
          z.object({ id: z.number() }),
          sql`SELECT id FROM account_hold
              WHERE workspace_id = ${workspaceId} AND account_id = ${accountId}::uuid
                AND kind = ${kind}::hold_kind AND ended_at IS NULL AND reason = ${reason}
                AND until IS NOT DISTINCT FROM ${until ?? null}::date`,
        );
        if (same.length > 0) return false;
        await end(on, accountId, kind);
        await on.$executeRaw(
          sql`INSERT INTO account_hold (workspace_id, account_id, kind, reason, until, created_by)
              VALUES (${workspaceId}, ${accountId}::uuid, ${kind}::hold_kind, ${reason}, ${until ?? null}::date,
                      ${signature})`,
        );
        return true;
      }),
    endHold: (accountId, kind) => change(accountId, (on) => end(on, accountId, kind)),
  };
}

interface HoldDraft {
  readonly kind: HoldKind;
  readonly reason: string;
  readonly until?: Day;
}

function check(draft: HoldDraft): HoldDraft {
  if (draft.reason.trim() === "")
    throw new Refused("Say why: nobody understands why an account is held back without a reason.");
  if (draft.reason.length > LONGEST_REASON)
    throw new Refused(`Say why in at most ${LONGEST_REASON} characters.`);
  return draft;
}

const holdRow = z.object({
  kind: z.enum(holdKinds),
  reason: z.string(),
  until: optional(z.string()),
  created_by: z.string(),
  created_at: z.date(),
  ended_by: optional(z.string()),
  ended_at: optional(z.date()),
});

function toHold(row: z.output<typeof holdRow>): Hold {
  return {
    kind: row.kind,
    reason: row.reason,
    until: row.until,
    by: row.created_by,
    at: row.created_at,
    ended: row.ended_at && { by: row.ended_by ?? "", at: row.ended_at },
  };
}
