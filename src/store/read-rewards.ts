import { z } from "zod";
import { type RewardKind, rewardKinds, rewardStatuses } from "../core/rewards.ts";
import type { Access } from "./access.ts";
import { isHeldBack } from "./offer-exclusions.ts";
import { rowsOfPage } from "./page-of.ts";
import { authorOf } from "./read-interactions.ts";
import type { Selection, Snapshot } from "./reads.ts";
import type { Reward, RewardReads } from "./rewards.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt, inOrder } from "./standing-places.ts";
import { joinOwner, ownerName, visibleAccounts } from "./visibility.ts";

/** Thank-yous, and who has none. */
export function readRewards(
  on: Executor,
  access: Access,
): Pick<RewardReads, "rewards" | "reward" | "unthanked"> {
  const { workspaceId } = access;
  const visible = sql`w.workspace_id = ${workspaceId} AND ${visibleAccounts(access)}`;
  const joinAccount = sql`JOIN account a ON a.workspace_id = w.workspace_id AND a.id = w.account_id`;

  function selected(snapshot: Snapshot, selection: Selection): Sql {
    return sql`FROM reward w ${joinAccount}
      LEFT JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id
        AND ${heldAt(sql`s`, snapshot.id)}
      ${joinOwner}
      WHERE ${visible} AND w.status <> 'cancelled'
        AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}`;
  }

  return {
    async rewards(snapshot, selection, year, page) {
      const { currency } = snapshot;
      const sum = (status: Sql) =>
        sql`COALESCE(SUM(w.cost_minor) FILTER (WHERE w.currency = ${currency} AND w.status = ${status}), 0)::bigint`;
      const [rows, { total }, sums] = await Promise.all([
        rowsOf(
          on,
          rewardRow,
          sql`SELECT ${columnsFor(access)} ${selected(snapshot, selection)}
              ORDER BY w.status, CASE WHEN w.status = 'planned' THEN w.on_day END, w.on_day DESC, w.id ${rowsOfPage(page)}`,
        ),
        rowOf(
          on,
          z.object({ total: bigintNumber }),
          sql`SELECT COUNT(*) AS total ${selected(snapshot, selection)}`,
        ),
        rowOf(
          on,
          sumsRow,
          sql`SELECT ${sum(sql`'planned'`)} AS "plannedMinor", ${sum(sql`'given'`)} AS "givenMinor",
                     COUNT(*) FILTER (WHERE w.currency <> ${currency}) AS "otherCurrencies"
              FROM reward w ${joinAccount}
              WHERE ${visible} AND w.status <> 'cancelled'
                AND w.on_day BETWEEN ${year.first}::date AND ${year.last}::date`,
        ),
      ]);
      return { rows: rows.map(toReward), total, ...sums };
    },

    async reward(id) {
      const [row] = await rowsOf(
        on,
        rewardRow,
        sql`SELECT ${columnsFor(access)} FROM reward w ${joinAccount} ${joinOwner} WHERE ${visible} AND w.id = ${id}`,
      );
      return row && toReward(row);
    },

    async unthanked(snapshot, selection, { today, since }, most) {
      const rows = await rowsOf(
        on,
        unthankedRow,
        sql`WITH thanked AS MATERIALIZED (${thanked(workspaceId)})
            SELECT a.id AS account_id, a.name AS account, ${ownerName(access)} AS owner, s.tier::text, s.value_minor,
                   s.first_won_on::text, t.last_on::text
            FROM account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
            LEFT JOIN thanked t ON t.account_id = s.account_id
            ${joinOwner}
            WHERE s.workspace_id = ${workspaceId} AND ${visibleAccounts(access)} AND ${heldAt(sql`s`, snapshot.id)}
              AND s.tier IN ('A', 'B') AND (t.last_on IS NULL OR t.last_on < ${since}::date)
              AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}
              AND NOT ${isHeldBack("complaint", today)}
            ORDER BY s.tier, ${inOrder} LIMIT ${most}`,
      );
      return rows.map((row) => ({
        accountId: row.account_id,
        account: row.account,
        owner: row.owner,
        tier: row.tier,
        valueMinor: row.value_minor,
        firstOn: row.first_won_on,
        lastThankedOn: row.last_on,
      }));
    },
  };

  function columnsFor(of: Access): Sql {
    return sql`w.id, w.account_id, a.name AS account, ${ownerName(of)} AS owner, w.kind, w.on_day::text, w.cost_minor,
      w.currency, ${of.anonymous ? sql`''` : sql`w.occasion`} AS occasion, w.status::text,
      ${authorOf(sql`w.changed_by`, of)} AS by`;
  }
}

/** The last day on which accounts were thanked, or are to be: rewards, gifts that were noted, and actions done. */
function thanked(workspaceId: string): Sql {
  return sql`
    SELECT account_id, MAX(on_day) AS last_on FROM (
      SELECT account_id, on_day FROM reward WHERE workspace_id = ${workspaceId} AND status <> 'cancelled'
      UNION ALL
      SELECT account_id, on_day FROM interaction
      WHERE workspace_id = ${workspaceId} AND kind = 'gift' AND taken_back_at IS NULL
      UNION ALL
      SELECT account_id, at::date FROM action_answer
      WHERE workspace_id = ${workspaceId} AND kind = 'thank-you' AND answer = 'done' AND ended_at IS NULL) thanks
    GROUP BY account_id`;
}

const sumsRow = z.object({
  plannedMinor: bigintNumber,
  givenMinor: bigintNumber,
  otherCurrencies: bigintNumber,
});

const rewardRow = z.object({
  id: z.number(),
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  kind: z.enum(rewardKinds as [RewardKind, ...RewardKind[]]),
  on_day: z.string(),
  cost_minor: bigintNumber,
  currency: z.string(),
  occasion: z.string(),
  status: z.enum(rewardStatuses),
  by: z.string(),
});

function toReward({ account_id, on_day, cost_minor, ...row }: z.output<typeof rewardRow>): Reward {
  return { ...row, accountId: account_id, onDay: on_day, costMinor: cost_minor, owner: row.owner };
}

const unthankedRow = z.object({
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  tier: z.enum(["A", "B", "C", "D"]),
  value_minor: bigintNumber,
  first_won_on: z.string(),
  last_on: optional(z.string()),
});
