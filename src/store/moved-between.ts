import { z } from "zod";
import { type Day, monthsUntil } from "../core/calendar.ts";
import { type Move, movesSince } from "../core/moves.ts";
import type { Access } from "./access.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import type { Against, Snapshot } from "./reads.ts";
import { spendOf, spendRow, toSpend } from "./spend.ts";
import { bigintNumber, type Executor, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { heldStandings } from "./standing-rows.ts";
import { visibleMemberships } from "./visibility.ts";

/** Rows `account_id`, `tier`, `previous_tier`, values, days, and `wins` and `reasons` of those that have a standing now. */
export async function movedBetween(
  on: Executor,
  access: Access,
  snapshot: Snapshot,
  against: Against,
): Promise<Sql> {
  const now = heldStandings(access, snapshot);
  switch (against.kind) {
    case "own":
      return sql`SELECT * FROM (${now}) n WHERE n.tier IS DISTINCT FROM n.previous_tier`;
    case "snapshot":
      return sql`
        SELECT COALESCE(n.account_id, e.account_id) AS account_id, n.tier, e.tier AS previous_tier,
               COALESCE(n.value_minor, 0) AS value_minor, COALESCE(e.value_minor, 0) AS previous_value_minor,
               COALESCE(n.first_won_on, e.first_won_on) AS first_won_on,
               COALESCE(n.last_won_on, e.last_won_on) AS last_won_on, n.wins, n.reasons
        FROM (${now}) n FULL JOIN (${heldStandings(access, against)}) e ON e.account_id = n.account_id
        WHERE n.tier IS DISTINCT FROM e.tier`;
    case "data": {
      const moved = await movedSince(on, access, snapshot, against.until);
      return sql`SELECT d.*, n.wins, n.reasons FROM ${rowsAsTable(moved, moveColumns)}
                 LEFT JOIN (${now}) n ON n.account_id = d.account_id`;
    }
  }
}

/** Both days' tiers are cut among the accounts that the viewer may see, so that they can be compared. */
async function movedSince(on: Executor, access: Access, snapshot: Snapshot, until: Day) {
  const { workspaceId } = access;
  const { months } = await rowOf(
    on,
    z.object({ months: z.number() }),
    sql`SELECT (parameters ->> 'windowMonths')::int AS months FROM snapshot
        WHERE workspace_id = ${workspaceId} AND id = ${snapshot.id}`,
  );
  const spends = await rowsOf(
    on,
    spendRow,
    sql`SELECT b.account_id, b.value, b.previous_value, b.wins, b.first_won_on::text, b.last_won_on::text
        FROM (${spendOf(workspaceId, snapshot.basis, snapshot.asOf, snapshot.window, monthsUntil(until, months), visibleMemberships(access))}) b`,
  );
  const standings = await rowsOf(
    on,
    standingNow,
    sql`SELECT account_id AS "accountId", tier::text, computed_tier IS NOT NULL AS "isByHand", value_minor AS value,
               first_won_on::text AS "firstWonOn", last_won_on::text AS "lastWonOn"
        FROM (${heldStandings(access, snapshot)}) n`,
  );
  return movesSince(standings, spends.map(toSpend), { cuts: snapshot.cuts, until });
}

const tier = z.enum(["A", "B", "C", "D"]);

const standingNow = z.object({
  accountId: z.string(),
  tier,
  isByHand: z.boolean(),
  value: bigintNumber,
  firstWonOn: z.string(),
  lastWonOn: z.string(),
});

const moveColumns: readonly BulkColumn<Move>[] = [
  { name: "account_id", type: "uuid", of: ({ accountId }) => accountId },
  { name: "tier", type: "tier", of: ({ tier: now }) => now },
  { name: "previous_tier", type: "tier", of: ({ previousTier }) => previousTier },
  { name: "value_minor", type: "bigint", of: ({ value }) => value },
  { name: "previous_value_minor", type: "bigint", of: ({ previousValue }) => previousValue },
  { name: "first_won_on", type: "date", of: ({ firstWonOn }) => firstWonOn },
  { name: "last_won_on", type: "date", of: ({ lastWonOn }) => lastWonOn },
];
