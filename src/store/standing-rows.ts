import { z } from "zod";
import { dominantShare, type Reason } from "../core/reasons.ts";
import type { Access } from "./access.ts";
import type { Snapshot, StandingRow } from "./reads.ts";
import { bigintNumber, optional, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { visibleAccounts } from "./visibility.ts";

/**
 * Standings of a snapshot that the viewer may see, with rank, running sum and whole among those. It ranks all of them:
 * for those who see a part, for a snapshot without marks, and where every row is wanted.
 */
export function rankedStandings(access: Access, snapshot: Pick<Snapshot, "id">): Sql {
  return sql`SELECT v.*, ROW_NUMBER() OVER place AS rank,
                    SUM(GREATEST(v.value_minor, 0)) OVER place AS cumulative,
                    ${access.owners === "all" ? sql`NULL` : sql`SUM(GREATEST(v.value_minor, 0)) OVER ()`} AS whole
             FROM account_standing v JOIN account a ON a.workspace_id = v.workspace_id AND a.id = v.account_id
             WHERE v.workspace_id = ${access.workspaceId} AND ${visibleAccounts(access)}
               AND ${heldAt(sql`v`, snapshot.id)}
             WINDOW place AS (ORDER BY v.value_minor DESC, v.account_id ROWS UNBOUNDED PRECEDING)`;
}

/** Standings of a snapshot that the viewer may see. */
export function heldStandings(access: Access, snapshot: Pick<Snapshot, "id">): Sql {
  return sql`SELECT v.* FROM account_standing v JOIN account a ON a.workspace_id = v.workspace_id AND a.id = v.account_id
             WHERE v.workspace_id = ${access.workspaceId} AND ${visibleAccounts(access)} AND ${heldAt(sql`v`, snapshot.id)}`;
}

const columns = sql`s.account_id, a.name AS account, s.tier::text, s.previous_tier::text, s.value_minor,
  s.previous_value_minor, s.wins, s.first_won_on::text, s.last_won_on::text, s.reasons`;

/** What `standingRow` reads of a ranked standing `s` of `account a`, without the owner's name. */
export const rankedColumns = sql`${columns}, s.rank, s.cumulative, s.whole`;

/** The same of a standing `s` with its `place`. */
export const placedColumns = sql`${columns}, place.rank, place.cumulative, NULL AS whole`;

const tier = z.enum(["A", "B", "C", "D"]);

export const standingRow = z.object({
  rank: bigintNumber,
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  tier,
  previous_tier: optional(tier),
  value_minor: bigintNumber,
  previous_value_minor: bigintNumber,
  cumulative: z.unknown().transform(Number),
  whole: z.unknown().transform(Number),
  wins: z.number(),
  first_won_on: z.string(),
  last_won_on: z.string(),
  reasons: z.array(z.custom<Reason>()),
});

export function toStanding(row: z.output<typeof standingRow>, { owners }: Access): StandingRow {
  return {
    rank: row.rank,
    accountId: row.account_id,
    account: row.account,
    owner: row.owner,
    tier: row.tier,
    previousTier: row.previous_tier,
    value: row.value_minor,
    previousValue: row.previous_value_minor,
    cumulativeValue: row.cumulative,
    wins: row.wins,
    firstWonOn: row.first_won_on,
    lastWonOn: row.last_won_on,
    reasons: owners === "all" ? row.reasons : amongVisible(row.reasons, row.value_minor, row.whole),
  };
}

/** A share of everything would say what the rest is worth: it becomes the share of what the viewer sees. */
function amongVisible(reasons: readonly Reason[], value: number, whole: number): readonly Reason[] {
  const share = whole === 0 ? 0 : value / whole;
  return [
    ...reasons.filter(({ code }) => code === "override"),
    ...(share >= dominantShare ? [{ code: "dominant" as const, share }] : []),
    ...reasons.filter(({ code }) => code !== "override" && code !== "dominant"),
  ];
}
