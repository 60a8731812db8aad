import { z } from "zod";
import { anotherRep } from "../core/access.ts";
import { type InteractionKind, interactionKinds } from "../core/interactions.ts";
import type { Access } from "./access.ts";
import type { InteractionReads, NotedInteraction } from "./interactions.ts";
import { rowsOfPage } from "./page-of.ts";
import { allOf, bigintNumber, type Executor, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/** What people noted about accounts that the viewer sees. */
export function readInteractions(on: Executor, access: Access): InteractionReads {
  function noted(...conditions: readonly Sql[]): Sql {
    return sql`FROM interaction i JOIN account a ON a.workspace_id = i.workspace_id AND a.id = i.account_id
      WHERE i.workspace_id = ${access.workspaceId} AND ${visibleAccounts(access)} AND ${allOf(conditions)}`;
  }

  return {
    async interactions(accountId, page, since) {
      const wanted = noted(
        sql`i.account_id = ${accountId}::uuid AND i.taken_back_at IS NULL`,
        ...(since === undefined ? [] : [sql`i.on_day >= ${since}::date`]),
      );
      const [rows, totals] = await Promise.all([
        rowsOf(
          on,
          interactionRow,
          sql`SELECT ${columnsFor(access)} ${wanted} ORDER BY i.on_day DESC, i.id DESC ${rowsOfPage(page)}`,
        ),
        rowOf(
          on,
          totalsRow,
          sql`SELECT COUNT(*) AS total, COALESCE(SUM(i.minutes), 0)::bigint AS minutes,
                     COUNT(*) FILTER (WHERE i.minutes_known) AS known ${wanted}`,
        ),
      ]);
      return { rows: rows.map(toInteraction), ...totals };
    },

    async interaction(id) {
      const [row] = await rowsOf(
        on,
        interactionRow,
        sql`SELECT ${columnsFor(access)} ${noted(sql`i.id = ${id}`)}`,
      );
      return row && toInteraction(row);
    },
  };
}

function columnsFor({ anonymous, signature }: Access): Sql {
  return sql`i.id, i.account_id, a.name AS account, i.kind, i.on_day::text, i.minutes, i.minutes_known, i.score,
    ${anonymous ? sql`''` : sql`i.note`} AS note, ${authorOf(sql`i.created_by`, { anonymous, signature })} AS by,
    i.created_at, i.taken_back_at IS NOT NULL AS is_taken_back`;
}

/** Who did something, as the viewer may read it. */
export function authorOf(
  author: Sql,
  { anonymous, signature }: Pick<Access, "anonymous" | "signature">,
): Sql {
  return anonymous ? sql`CASE WHEN ${author} = ${signature} THEN ${author} ELSE ${anotherRep} END` : author;
}

const totalsRow = z.object({ total: bigintNumber, minutes: bigintNumber, known: bigintNumber });

export const interactionKind: z.ZodType<InteractionKind> = z.enum(
  interactionKinds as [InteractionKind, ...InteractionKind[]],
);

const interactionRow = z.object({
  id: z.number(),
  account_id: z.string(),
  account: z.string(),
  kind: interactionKind,
  on_day: z.string(),
  minutes: z.number(),
  minutes_known: z.boolean(),
  score: optional(z.number()),
  note: z.string(),
  by: z.string(),
  created_at: z.date(),
  is_taken_back: z.boolean(),
});

function toInteraction(row: z.output<typeof interactionRow>): NotedInteraction {
  return {
    id: row.id,
    accountId: row.account_id,
    account: row.account,
    kind: row.kind,
    onDay: row.on_day,
    minutes: row.minutes,
    minutesKnown: row.minutes_known,
    score: row.score,
    note: row.note,
    by: row.by,
    at: row.created_at,
    isTakenBack: row.is_taken_back,
  };
}
