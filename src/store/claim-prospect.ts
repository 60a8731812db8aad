import { z } from "zod";
import type { Access } from "./access.ts";
import type { Database } from "./connect.ts";
import { lockAccount } from "./lock-account.ts";
import { Refused } from "./refused.ts";
import { requireMember } from "./roles.ts";
import { type Executor, optional, rowOf, sql } from "./sql.ts";
import { ownerName } from "./visibility.ts";
import { touchWorkspace } from "./workspaces.ts";

/** What people decide about prospects. */
export interface ProspectDecisions {
  /**
   * Makes whoever asks the owner of a prospect that nobody owns, as if a manager had set that by hand.
   *
   * @throws NotAllowed to guests and for what is not there to see, Refused for a customer, and to those who are no rep.
   */
  claimProspect(accountId: string): Promise<Claimed>;
}

export type Claimed =
  | { readonly kind: "claimed" }
  /** It is theirs already. */
  | { readonly kind: "unchanged" }
  /** Somebody else owns it. */
  | { readonly kind: "taken"; readonly by: string };

export function createProspectDecisions(database: Database, access: Access): ProspectDecisions {
  const { workspaceId, signature, repIds } = access;
  return {
    async claimProspect(accountId) {
      requireMember(access);
      const [repId] = repIds;
      if (repId === undefined)
        throw new Refused("Only reps claim prospects: no rep in the imported data has your e-mail address.");
      return database.$transaction(async (transaction) => {
        await lockAccount(transaction, access, accountId);
        const now = await stateOf(transaction, access, accountId);
        if (now.isCustomer) throw new Refused("Only prospects are claimed: this account is a customer.");
        const ownerId = now.correctedTo ?? now.ownerId;
        if (ownerId !== undefined && repIds.includes(ownerId)) return { kind: "unchanged" };
        if (ownerId !== undefined) return { kind: "taken", by: now.owner ?? "somebody else" };
        await transaction.$executeRaw(
          sql`INSERT INTO correction (workspace_id, account_id, field, value, reason, created_at, created_by)
              VALUES (${workspaceId}, ${accountId}::uuid, 'owner', ${repId}, 'claimed from the list of prospects',
                      clock_timestamp(), ${signature})`,
        );
        await touchWorkspace(transaction, workspaceId);
        return { kind: "claimed" };
      });
    },
  };
}

/** Who owns an account: what was set by hand counts before the next refresh, too. */
function stateOf(on: Executor, access: Access, accountId: string) {
  return rowOf(
    on,
    z.object({
      ownerId: optional(z.string()),
      correctedTo: optional(z.string()),
      owner: optional(z.string()),
      isCustomer: z.boolean(),
    }),
    sql`SELECT held.account_owner AS "ownerId", held.corrected_to AS "correctedTo", ${ownerName(access)} AS owner,
               EXISTS (SELECT FROM account_standing s WHERE s.workspace_id = ${access.workspaceId}
                         AND s.account_id = held.id AND s.valid_to IS NULL) AS "isCustomer"
        FROM (SELECT a.workspace_id, a.id, a.owner_record_id AS account_owner, c.value AS corrected_to,
                     COALESCE(c.value::uuid, a.owner_record_id) AS owner_record_id
              FROM account a LEFT JOIN LATERAL (
                SELECT value FROM correction c
                WHERE c.workspace_id = a.workspace_id AND c.account_id = a.id AND c.field = 'owner' AND c.ended_at IS NULL
                  AND (c.until IS NULL OR c.until >= CURRENT_DATE) ORDER BY c.id DESC LIMIT 1) c ON TRUE
              WHERE a.workspace_id = ${access.workspaceId} AND a.id = ${accountId}::uuid) held
        LEFT JOIN current_rep_record r
          ON r.workspace_id = held.workspace_id AND r.source_record_id = held.owner_record_id`,
  );
}
