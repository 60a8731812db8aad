import { z } from "zod";
import { isManaging } from "../core/access.ts";
import { dayIn } from "../core/calendar.ts";
import { type InteractionDraft, usualMinutes } from "../core/interactions.ts";
import type { Access } from "./access.ts";
import { checkInteraction } from "./check-interaction.ts";
import type { Database } from "./connect.ts";
import type { InteractionDecisions } from "./interactions.ts";
import { lockAccount } from "./lock-account.ts";
import { Refused } from "./refused.ts";
import { NotAllowed, requireMember } from "./roles.ts";
import { type Executor, optional, rowOf, rowsOf, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/** What a complaint's hold says where nobody wrote what it is about. */
const WITHOUT_NOTE = "no details given";

export function createInteractions(database: Database, access: Access): InteractionDecisions {
  const { workspaceId, signature } = access;

  /** Runs a change of one account, one at a time. */
  async function change<Result>(accountId: string, work: (on: Executor) => Promise<Result>): Promise<Result> {
    requireMember(access);
    return database.$transaction(async (transaction) => {
      await lockAccount(transaction, access, accountId);
      return work(transaction);
    });
  }

  async function noted(on: Executor, accountId: string, { kind, onDay, note }: InteractionDraft) {
    const [row] = await rowsOf(
      on,
      notedRow,
      sql`SELECT id, minutes, minutes_known AS "minutesKnown", score FROM interaction
          WHERE workspace_id = ${workspaceId} AND account_id = ${accountId}::uuid AND kind = ${kind}
            AND on_day = ${onDay}::date AND note = ${note} AND created_by = ${signature} AND taken_back_at IS NULL
          ORDER BY id LIMIT 1`,
    );
    return row;
  }

  /** Begins the hold at the moment of the note, by which `takeBackInteraction` knows it again. */
  async function holdBack(on: Executor, accountId: string, reason: string, now: Date): Promise<boolean> {
    const begun = await on.$executeRaw(
      sql`INSERT INTO account_hold (workspace_id, account_id, kind, reason, created_at, created_by)
          SELECT ${workspaceId}, ${accountId}::uuid, 'complaint', ${reason}, ${now}, ${signature}
          WHERE NOT EXISTS (SELECT FROM account_hold
            WHERE workspace_id = ${workspaceId} AND account_id = ${accountId}::uuid AND kind = 'complaint'
              AND ended_at IS NULL AND (until IS NULL OR until >= ${dayIn(now, access.timeZone)}::date))`,
    );
    return begun > 0;
  }

  return {
    async logInteraction(accountId, draft, now) {
      checkInteraction(draft, now, access);
      return change(accountId, async (on) => {
        const known = await noted(on, accountId, draft);
        if (known) return { ...known, isNew: false, holdsBack: false };
        const written = await writeInteraction(on, access, accountId, draft, now);
        const reason = draft.note === "" ? WITHOUT_NOTE : draft.note;
        const holdsBack = draft.kind === "complaint" && (await holdBack(on, accountId, reason, now));
        return { ...written, isNew: true, holdsBack };
      });
    },

    async closeComplaint(accountId, draft, now) {
      const closing = { ...draft, kind: "note" as const, note: closingNote(draft.note) };
      checkInteraction(closing, now, access);
      return change(accountId, async (on) => {
        const ended = await on.$executeRaw(
          sql`UPDATE account_hold SET ended_at = ${now}, ended_by = ${signature}
              WHERE workspace_id = ${workspaceId} AND account_id = ${accountId}::uuid
                AND kind = 'complaint' AND ended_at IS NULL`,
        );
        if (ended === 0) return undefined;
        const written = await writeInteraction(on, access, accountId, closing, now);
        return { ...written, isNew: true, holdsBack: false };
      });
    },

    async takeBackInteraction(id, now) {
      requireMember(access);
      return database.$transaction(async (on) => {
        const [found] = await rowsOf(
          on,
          authoredRow,
          sql`SELECT i.created_by, i.taken_back_at IS NOT NULL AS is_taken_back
              FROM interaction i JOIN account a ON a.workspace_id = i.workspace_id AND a.id = i.account_id
              WHERE i.workspace_id = ${workspaceId} AND i.id = ${id} AND ${visibleAccounts(access)} FOR UPDATE`,
        );
        if (!found) throw new Refused(`There is no note ${id} among those that you may see.`);
        if (found.created_by !== signature && !isManaging(access.role))
          throw new NotAllowed("Only whoever noted it, or a manager, takes it back.");
        if (found.is_taken_back) return false;
        await takeBack(on, access, id, now);
        return true;
      });
    },
  };
}

/** Writes what is new; the caller holds the account. */
export async function writeInteraction(
  on: Executor,
  { workspaceId, signature }: Access,
  accountId: string,
  { kind, onDay, minutes, score, note }: InteractionDraft,
  now: Date,
): Promise<z.output<typeof notedRow>> {
  return rowOf(
    on,
    notedRow,
    sql`INSERT INTO interaction (workspace_id, account_id, kind, on_day, minutes, minutes_known, score, note, created_at,
          created_by)
        VALUES (${workspaceId}, ${accountId}::uuid, ${kind}, ${onDay}::date, ${minutes ?? usualMinutes[kind]}::int,
          ${minutes !== undefined}, ${score ?? null}::int, ${note}, ${now}, ${signature})
        RETURNING id, minutes, minutes_known AS "minutesKnown", score`,
  );
}

/** Takes one back, and the hold that it began. */
async function takeBack(on: Executor, { workspaceId, signature }: Access, id: number, now: Date) {
  await on.$executeRaw(
    sql`WITH taken AS (
          UPDATE interaction SET taken_back_at = ${now}, taken_back_by = ${signature}
          WHERE workspace_id = ${workspaceId} AND id = ${id} RETURNING account_id, kind, created_at, created_by)
        UPDATE account_hold h SET ended_at = ${now}, ended_by = ${signature} FROM taken t
        WHERE t.kind = 'complaint' AND h.workspace_id = ${workspaceId} AND h.account_id = t.account_id
          AND h.kind = 'complaint' AND h.created_at = t.created_at AND h.created_by = t.created_by AND h.ended_at IS NULL`,
  );
}

function closingNote(note: string): string {
  return note === "" ? "Complaint closed" : `Complaint closed: ${note}`;
}

const notedRow = z.object({
  id: z.number(),
  minutes: z.number(),
  minutesKnown: z.boolean(),
  score: optional(z.number()),
});
const authoredRow = z.object({ created_by: z.string(), is_taken_back: z.boolean() });
