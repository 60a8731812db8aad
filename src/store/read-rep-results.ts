import { z } from "zod";
import type { Access } from "./access.ts";
import { baseOf, type Counted, closedDeals, earlier, isQuarterEnd } from "./closed-deals.ts";
import { hasEnded } from "./deals-seen.ts";
import { matureDeals } from "./mature-deals.ts";
import { decidedTeams } from "./read-names.ts";
import type { Snapshot } from "./reads.ts";
import type { RepReads, RepResult } from "./rep-results.ts";
import { bigintNumber, type Executor, optional, rowOf, type Sql, sql } from "./sql.ts";
import { isNamed, visibleDeals, visibleReps } from "./visibility.ts";

/** Reps' results, over the deals that the viewer may see. */
export function readRepResults(on: Executor, access: Access): Pick<RepReads, "repResults" | "quarterEnd"> {
  return {
    async repResults(snapshot, { deals, window, isMature }) {
      const createdBy = isMature
        ? (await matureDeals(on, snapshot, lives(access, snapshot)))?.createdBy
        : undefined;
      const counted: Counted =
        createdBy === undefined
          ? { by: "close", window }
          : { by: "creation", window: { ...window, until: earlier(createdBy, window.until) } };
      const found = await rowOf(
        on,
        resultsRow,
        sql`WITH base AS (${baseOf(access, snapshot)}),
              closed AS MATERIALIZED (${closedDeals(access, snapshot, deals, counted)}),
              told AS (SELECT c.rep_id, c.status = 'won' AS is_won, c.amount_minor, ${tellings} FROM closed c CROSS JOIN base),
              by_rep AS (SELECT t.rep_id, ${sums} FROM told t GROUP BY t.rep_id),
              named AS (
                SELECT r.name, r.email, COALESCE(decided.team, r.team) AS team, fit.doubt, b.*
                FROM by_rep b
                JOIN current_rep_record r ON r.source_record_id = b.rep_id
                LEFT JOIN (${decidedTeams(access.workspaceId)}) decided ON decided.email = lower(r.email)
                LEFT JOIN (${doubtsOf(access, snapshot)}) fit ON fit.rep_id = b.rep_id::text
                WHERE ${visibleReps(access)} AND ${isNamed(access)})
            SELECT (SELECT COALESCE(jsonb_agg(n ORDER BY n.name, n.rep_id), '[]') FROM named n) AS rows,
                   (SELECT COUNT(*) FROM closed) - (SELECT COALESCE(SUM(n.deals), 0) FROM named n)::bigint AS without_rep,
                   (SELECT COUNT(*) FROM closed WHERE status = 'won' AND amount_minor IS NULL) AS without_amount`,
      );
      return {
        rows: found.rows.map(toResult),
        withoutRep: found.without_rep,
        withoutAmount: found.without_amount,
        createdBy,
      };
    },

    async quarterEnd(snapshot, deals, window) {
      const isLast = isQuarterEnd(sql`close_on`, snapshot.fiscalYearStart);
      const { closed, won, last_closed, last_won } = await rowOf(
        on,
        quarterRow,
        sql`SELECT COUNT(*) AS closed, COUNT(*) FILTER (WHERE status = 'won') AS won,
                   COUNT(*) FILTER (WHERE ${isLast}) AS last_closed,
                   COUNT(*) FILTER (WHERE ${isLast} AND status = 'won') AS last_won
            FROM (${closedDeals(access, snapshot, deals, { by: "close", window })}) closed WHERE close_on IS NOT NULL`,
      );
      return {
        last: { closed: last_closed, won: last_won },
        others: { closed: closed - last_closed, won: won - last_won },
      };
    },
  };
}

/** Of each closed deal `c`: what was expected, and what came of it, as far as that tells. */
const tellings = sql`
  COALESCE(c.expected, base.chance) AS chance,
  CASE WHEN c.status = 'lost' OR c.amount_minor IS NOT NULL THEN COALESCE(c.expected_minor::float, base.amount) END AS amount,
  CASE WHEN c.status = 'won' THEN c.amount_minor ELSE 0 END::float AS won_amount,
  CASE WHEN c.status = 'won' AND c.created_on <= c.close_on THEN (c.close_on - c.created_on)::float END AS days,
  CASE WHEN c.status = 'won' AND c.created_on <= c.close_on THEN COALESCE(c.expected_days, base.days) END AS usual_days`;

/** What `core/reps/standardise.ts` wants to know of each rep. */
const sums = sql`
  COUNT(*) AS deals, COUNT(*) FILTER (WHERE is_won) AS won,
  SUM(t.chance) AS expected, SUM(t.chance * (1 - t.chance)) AS variance,
  COALESCE(SUM(t.amount_minor) FILTER (WHERE is_won), 0)::bigint AS sold,
  COALESCE(SUM(t.won_amount) FILTER (WHERE t.amount IS NOT NULL), 0)::float AS won_minor,
  COALESCE(SUM(t.amount), 0)::float AS expected_minor,
  COALESCE(SUM(t.amount ^ 2 / t.chance) FILTER (WHERE t.chance > 0), 0)::float AS weight,
  COALESCE(SUM((t.won_amount - t.amount) ^ 2), 0)::float AS squares,
  COALESCE(SUM((t.won_amount - t.amount) ^ 4), 0)::float AS fourths,
  COUNT(t.days) AS timed,
  COALESCE(SUM(${logOf(sql`t.days`, sql`t.usual_days`)}), 0)::float AS logs,
  COALESCE(SUM(${logOf(sql`t.days`, sql`t.usual_days`)} ^ 2), 0)::float AS log_squares,
  COALESCE(SUM(t.days), 0)::float AS days, COALESCE(SUM(t.usual_days), 0)::float AS usual_days`;

function logOf(days: Sql, usual: Sql): Sql {
  return sql`LN(GREATEST(${days}, 1) / ${usual})`;
}

/** How far what was expected of each rep may be off, as the fit says that the snapshot used. */
function doubtsOf({ workspaceId }: Access, { id }: Snapshot): Sql {
  return sql`SELECT told.key AS rep_id, told.value AS doubt
    FROM (SELECT report FROM win_fit WHERE workspace_id = ${workspaceId} AND snapshot_id <= ${id}
          ORDER BY snapshot_id DESC LIMIT 1) fitted,
         jsonb_each(COALESCE(fitted.report -> 'mix' -> 'doubts', '{}')) AS told`;
}

/** Every deal that is seen, for how long deals take. */
function lives(access: Access, { id, asOf }: Snapshot): Sql {
  return sql`
    SELECT d.created_on, ${hasEnded(asOf)} AS has_ended, CASE WHEN ${hasEnded(asOf)} THEN d.close_on END AS closed_on
    FROM deal d WHERE ${visibleDeals(access)} AND d.snapshot_id = ${id}`;
}

const resultRow = z.object({
  rep_id: z.string(),
  name: z.string(),
  email: optional(z.string()),
  team: optional(z.string()),
  doubt: optional(z.object({ own: z.number(), others: z.number() })),
  deals: z.number(),
  won: z.number(),
  expected: z.number(),
  variance: z.number(),
  sold: z.number(),
  won_minor: z.number(),
  expected_minor: z.number(),
  weight: z.number(),
  squares: z.number(),
  fourths: z.number(),
  timed: z.number(),
  logs: z.number(),
  log_squares: z.number(),
  days: z.number(),
  usual_days: z.number(),
});

const resultsRow = z.object({
  rows: z.array(resultRow),
  without_rep: bigintNumber,
  without_amount: bigintNumber,
});

function toResult(row: z.output<typeof resultRow>): RepResult {
  const { rep_id, name, email, team, doubt, deals, won, expected, variance, sold, timed } = row;
  return {
    ...{ repId: rep_id, name, email, team, deals, won, expected, variance, soldMinor: sold },
    money: {
      ...{ wonMinor: row.won_minor, expectedMinor: row.expected_minor },
      ...{ weight: row.weight, squares: row.squares, fourths: row.fourths },
    },
    cycle: {
      ...{ won: timed, logs: row.logs, squares: row.log_squares },
      ...{ days: row.days, expectedDays: row.usual_days },
    },
    ...(doubt && { doubt }),
  };
}

const quarterRow = z.object({
  closed: bigintNumber,
  won: bigintNumber,
  last_closed: bigintNumber,
  last_won: bigintNumber,
});
