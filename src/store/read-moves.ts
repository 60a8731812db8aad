import { z } from "zod";
import { type Move, moveKinds, moveReason } from "../core/moves.ts";
import type { Reason } from "../core/reasons.ts";
import type { Access } from "./access.ts";
import { movedBetween } from "./moved-between.ts";
import { rowsOfPage } from "./page-of.ts";
import type { MoveRow, StoreReads } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, optional, rowOf, rowsOf, sql } from "./sql.ts";
import { figuresFor } from "./stored-totals.ts";
import { joinOwner, ownerName } from "./visibility.ts";

/** Parameters that differ from one snapshot to the next though nobody changed a rule. */
const passing = ["previousUntil", "compareDays", "rates", "value", "potential", "dealsSince", "redefined"];

/** Which accounts changed tier. */
export function readMoves(on: Executor, access: Access): Pick<StoreReads, "snapshotBefore" | "moves"> {
  const { workspaceId } = access;
  return {
    async snapshotBefore(snapshot, day) {
      const rules = sql`parameters - ${passing}::text[]`;
      const [earlier] = await rowsOf(
        on,
        z.object({ id: z.number(), asOf: z.string(), byOtherRules: z.boolean() }),
        sql`SELECT id, as_of::text AS "asOf", (${rules}) <> (SELECT ${rules} FROM snapshot
              WHERE workspace_id = ${workspaceId} AND id = ${snapshot.id}) AS "byOtherRules"
            FROM snapshot WHERE workspace_id = ${workspaceId} AND status = 'ready'
              AND id < ${snapshot.id} AND currency = ${snapshot.currency} AND as_of <= ${day}::date
            ORDER BY as_of DESC, id DESC LIMIT 1`,
      );
      return earlier;
    },

    async moves(snapshot, against, selection, page) {
      const { from, ...others } = selection;
      // Who is gone from a tier counts as having left it.
      const conditions = allOf([
        ...conditionsOf(access, snapshot, others, snapshot.window),
        ...(from === undefined ? [] : [sql`s.previous_tier = ${from}::tier`]),
      ]);
      const moved = sql`(${await movedBetween(on, access, snapshot, against)}) s
        JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = s.account_id`;
      const figures = snapshot.isPrepared && against.kind === "own" ? figuresFor(selection) : undefined;
      const [counts, rows] = await Promise.all([
        rowOf(
          on,
          countsRow,
          figures
            ? sql`SELECT COALESCE(SUM(f.rose), 0)::bigint AS rose, COALESCE(SUM(f.fell), 0)::bigint AS fell,
                         COALESCE(SUM(f.came), 0)::bigint AS new, 0 AS gone
                  FROM standing_figure f
                  WHERE f.workspace_id = ${workspaceId} AND f.snapshot_id = ${snapshot.id} AND ${figures}`
            : sql`SELECT COUNT(*) FILTER (WHERE s.tier < s.previous_tier) AS rose,
                         COUNT(*) FILTER (WHERE s.tier > s.previous_tier) AS fell,
                         COUNT(*) FILTER (WHERE s.previous_tier IS NULL) AS new,
                         COUNT(*) FILTER (WHERE s.tier IS NULL) AS gone
                  FROM ${moved} WHERE ${conditions}`,
        ),
        rowsOf(
          on,
          moveRow,
          sql`SELECT ${moveColumns(access)} FROM ${moved} ${joinOwner} WHERE ${conditions}
              ORDER BY ${mostMoneyFirst} ${rowsOfPage(page)}`,
        ),
      ]);
      return { rows: rows.map(toMove), counts };
    },
  };
}

const tier = z.enum(["A", "B", "C", "D"]);

const countsRow = z.record(z.enum(moveKinds), bigintNumber);

/** What `moveRow` reads of a move `s` of `account a`. */
export const moveColumns = (
  access: Access,
) => sql`s.account_id, a.name AS account, ${ownerName(access)} AS owner, s.tier::text,
  s.previous_tier::text, s.value_minor, s.previous_value_minor, s.first_won_on::text, s.last_won_on::text,
  COALESCE(s.wins, 0) AS wins, COALESCE(s.reasons, '[]') AS reasons`;

/** Those of most money first, of movements `s`. */
export const mostMoneyFirst = sql`abs(s.value_minor - s.previous_value_minor) DESC, abs(s.value_minor) DESC, s.account_id`;

export const moveRow = z.object({
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  tier: optional(tier),
  previous_tier: optional(tier),
  value_minor: bigintNumber,
  previous_value_minor: bigintNumber,
  first_won_on: z.string(),
  last_won_on: z.string(),
  wins: z.number(),
  reasons: z.array(z.custom<Reason>()),
});

export function toMove({ wins, reasons, ...row }: z.output<typeof moveRow>): MoveRow {
  const move: Move = {
    accountId: row.account_id,
    tier: row.tier,
    previousTier: row.previous_tier,
    value: row.value_minor,
    previousValue: row.previous_value_minor,
    firstWonOn: row.first_won_on,
    lastWonOn: row.last_won_on,
  };
  return { ...move, account: row.account, owner: row.owner, reason: moveReason({ ...move, wins, reasons }) };
}
