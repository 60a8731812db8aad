import { z } from "zod";
import type { Access } from "./access.ts";
import type { Snapshot } from "./reads.ts";
import type { RewardReads } from "./rewards.ts";
import { salesOf } from "./sales.ts";
import { bigintNumber, type Executor, rowOf, type Sql, sql } from "./sql.ts";
import { heldStandings } from "./standing-rows.ts";
import { visibleAccounts, visibleMemberships } from "./visibility.ts";

/** What thank-yous returned, beside what happened without. */
export function readRewardReturns(on: Executor, access: Access): Pick<RewardReads, "rewardReturns"> {
  return {
    async rewardReturns(snapshot, days) {
      const given = givenBy(access, snapshot, days);
      const { told, waiting, cost } = await rowOf(
        on,
        countsRow,
        sql`WITH ${given}
            SELECT (SELECT COUNT(*) FROM told) AS told, (SELECT COUNT(*) FROM given WHERE NOT is_over) AS waiting,
                   (SELECT COALESCE(SUM(cost_minor), 0)::bigint FROM told WHERE currency = ${snapshot.currency}) AS cost`,
      );
      // Whose thank-yous are all too new need no sum over everybody's purchases.
      if (told === 0) return { pairs: [], others: 0, waiting, costMinor: 0 };
      const { pairs, others } = await rowOf(on, pairsRow, compared(access, snapshot, days, given));
      return { pairs, others, waiting, costMinor: cost };
    },
  };
}

/** What was given, and as `told` the last one of each account that lies long enough back. */
function givenBy(access: Access, snapshot: Snapshot, days: number): Sql {
  return sql`
    given AS MATERIALIZED (
      SELECT w.id, w.account_id, w.on_day, w.cost_minor, w.currency, w.on_day + ${days}::int <= ${snapshot.asOf}::date AS is_over
      FROM reward w JOIN account a ON a.workspace_id = w.workspace_id AND a.id = w.account_id
      WHERE w.workspace_id = ${access.workspaceId} AND w.status = 'given' AND ${visibleAccounts(access)}),
    told AS MATERIALIZED (
      SELECT DISTINCT ON (g.account_id) g.account_id, g.on_day, g.cost_minor, g.currency, s.tier
      FROM given g JOIN (${heldStandings(access, snapshot)}) s ON s.account_id = g.account_id
      WHERE g.is_over ORDER BY g.account_id, g.on_day DESC, g.id DESC)`;
}

/** Each of `told` with its own spend and the mean of its tier's accounts without a thank-you, in the same days. */
function compared(access: Access, snapshot: Snapshot, days: number, given: Sql): Sql {
  const isWanted = sql`m.account_id IN (SELECT account_id FROM compared) AND ${visibleMemberships(access)}`;
  const within = (table: Sql, from: Sql, condition: Sql) =>
    sql`(SELECT COALESCE(SUM(b.value), 0) FROM ${table} b
         WHERE ${condition} AND b.on_day > ${from} AND b.on_day <= ${from} + ${days}::int)`;
  const aYearBefore = sql`(t.on_day - interval '1 year')::date`;
  const own = sql`b.account_id = t.account_id`;
  const alike = sql`b.tier = t.tier`;
  return sql`
    WITH ${given},
    others AS MATERIALIZED (
      SELECT s.account_id, s.tier FROM (${heldStandings(access, snapshot)}) s
      WHERE s.tier IN (SELECT tier FROM told) AND s.account_id NOT IN (SELECT account_id FROM given)),
    compared AS MATERIALIZED (SELECT account_id FROM told UNION SELECT account_id FROM others),
    bought AS MATERIALIZED (
      SELECT p.account_id, p.on_day, SUM(p.value_minor) AS value
      FROM (${salesOf(access.workspaceId, snapshot.basis, snapshot.asOf, isWanted)}) p
      WHERE p.value_minor IS NOT NULL GROUP BY p.account_id, p.on_day),
    tier_day AS MATERIALIZED (
      SELECT o.tier, b.on_day, SUM(b.value) AS value
      FROM bought b JOIN others o ON o.account_id = b.account_id GROUP BY o.tier, b.on_day),
    size AS MATERIALIZED (SELECT tier, COUNT(*) AS accounts FROM others GROUP BY tier)
    SELECT (SELECT COALESCE(SUM(accounts), 0)::bigint FROM size) AS others,
           COALESCE(jsonb_agg(pair ORDER BY account_id), '[]') AS pairs
    FROM (
      SELECT t.account_id, jsonb_build_object(
        'beforeMinor', ${within(sql`bought`, aYearBefore, own)},
        'afterMinor', ${within(sql`bought`, sql`t.on_day`, own)},
        'othersBeforeMinor', ROUND(${within(sql`tier_day`, aYearBefore, alike)} / size.accounts),
        'othersAfterMinor', ROUND(${within(sql`tier_day`, sql`t.on_day`, alike)} / size.accounts)) AS pair
      FROM told t JOIN size ON size.tier = t.tier) paired`;
}

const countsRow = z.object({ told: bigintNumber, waiting: bigintNumber, cost: bigintNumber });
const minor = z.number().int();
const pairsRow = z.object({
  others: bigintNumber,
  pairs: z.array(
    z.object({
      beforeMinor: minor,
      afterMinor: minor,
      othersBeforeMinor: minor,
      othersAfterMinor: minor,
    }),
  ),
});
