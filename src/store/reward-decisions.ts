import { z } from "zod";
import { type Day, dayIn } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import {
  fiscalYearOf,
  inMinorUnits,
  type RewardDraft,
  type RewardStatus,
  rewardStatuses,
} from "../core/rewards.ts";
import type { Access } from "./access.ts";
import type { Database } from "./connect.ts";
import { lockAccount } from "./lock-account.ts";
import { writeInteraction } from "./note-interactions.ts";
import { Refused } from "./refused.ts";
import type { RewardDecisions } from "./rewards.ts";
import { requireMember } from "./roles.ts";
import { bigintNumber, type Executor, rowOf, rowsOf, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";
import { findWorkspace } from "./workspaces.ts";

const LONGEST_OCCASION = 500;

export function createRewards(database: Database, access: Access): RewardDecisions {
  const { workspaceId, signature } = access;

  /** The budget is the workspace's: one at a time may spend of it. */
  async function lockBudget(on: Executor): Promise<void> {
    await on.$queryRaw(sql`SELECT id FROM workspace WHERE id = ${workspaceId} FOR NO KEY UPDATE`);
  }

  /** @throws Refused where a draft costs more than is left of its year, whoever planned the rest. */
  async function requireBudget(on: Executor, { onDay, costMinor, currency }: RewardDraft): Promise<void> {
    const settings = (await findWorkspace(on, workspaceId))?.settings;
    if (!settings) throw new Refused("Nothing is imported yet.");
    const { label, first, last } = fiscalYearOf(onDay, settings.fiscalYearStart);
    const { spent } = await rowOf(
      on,
      z.object({ spent: bigintNumber }),
      sql`SELECT COALESCE(SUM(cost_minor), 0)::bigint AS spent FROM reward
          WHERE workspace_id = ${workspaceId} AND status <> 'cancelled' AND currency = ${currency}
            AND on_day BETWEEN ${first}::date AND ${last}::date`,
    );
    const budget = inMinorUnits(settings.actions.rewardBudget, currency);
    const left = Math.max(0, budget - spent);
    if (costMinor <= left) return;
    const money = (amount: number) => formatMoney({ amount, currency });
    throw new Refused(
      `This costs ${money(costMinor)}, and ${money(left)} of ${money(budget)} is left for thank-yous in the fiscal year ${label}. Cancel another one, or ask an admin for more: settings reward-budget.`,
    );
  }

  async function planned(on: Executor, accountId: string, { kind, onDay }: RewardDraft) {
    const [row] = await rowsOf(
      on,
      z.object({ id: z.number() }),
      sql`SELECT id FROM reward
          WHERE workspace_id = ${workspaceId} AND account_id = ${accountId}::uuid AND kind = ${kind}
            AND on_day = ${onDay}::date AND status <> 'cancelled'`,
    );
    return row;
  }

  async function requireReward(on: Executor, id: number) {
    const [row] = await rowsOf(
      on,
      rewardRow,
      sql`SELECT w.account_id, w.kind, w.occasion, w.status::text FROM reward w
          JOIN account a ON a.workspace_id = w.workspace_id AND a.id = w.account_id
          WHERE w.workspace_id = ${workspaceId} AND w.id = ${id} AND ${visibleAccounts(access)} FOR UPDATE`,
    );
    if (row) return row;
    throw new Refused(`There is no thank-you ${id} among those that you may see.`);
  }

  async function settle(on: Executor, id: number, status: RewardStatus, onDay: Day | undefined, now: Date) {
    await on.$executeRaw(
      sql`UPDATE reward SET status = ${status}::reward_status, on_day = COALESCE(${onDay ?? null}::date, on_day),
            changed_at = ${now}, changed_by = ${signature}
          WHERE workspace_id = ${workspaceId} AND id = ${id}`,
    );
  }

  /** What was noted at the moment in which it was said to be given. */
  async function takeNoteBack(on: Executor, id: number, now: Date): Promise<void> {
    await on.$executeRaw(
      sql`UPDATE interaction i SET taken_back_at = ${now}, taken_back_by = ${signature} FROM reward w
          WHERE w.workspace_id = ${workspaceId} AND w.id = ${id} AND i.workspace_id = w.workspace_id
            AND i.account_id = w.account_id AND i.kind = 'gift' AND i.created_at = w.changed_at
            AND i.created_by = w.changed_by AND i.taken_back_at IS NULL`,
    );
  }

  return {
    async planReward(accountId, draft, now) {
      requireMember(access);
      check(draft, dayIn(now, access.timeZone));
      return database.$transaction(async (on) => {
        await lockAccount(on, access, accountId);
        await lockBudget(on);
        const known = await planned(on, accountId, draft);
        if (known) return { ...known, isNew: false };
        await requireBudget(on, draft);
        const { kind, onDay, costMinor, currency, occasion } = draft;
        const made = await rowOf(
          on,
          z.object({ id: z.number() }),
          sql`INSERT INTO reward (workspace_id, account_id, kind, on_day, cost_minor, currency, occasion, status, created_at,
                created_by, changed_at, changed_by)
              VALUES (${workspaceId}, ${accountId}::uuid, ${kind}, ${onDay}::date, ${costMinor}::bigint, ${currency},
                ${occasion}, 'planned', ${now}, ${signature}, ${now}, ${signature}) RETURNING id`,
        );
        return { ...made, isNew: true };
      });
    },

    async settleReward(id, settled, now) {
      requireMember(access);
      const { status } = settled;
      const today = dayIn(now, access.timeZone);
      const onDay = settled.status === "given" ? settled.onDay : undefined;
      if (onDay !== undefined && onDay > today)
        throw new Refused(`${onDay} is still to come. Say the day on which it was given.`);
      return database.$transaction(async (on) => {
        const reward = await requireReward(on, id);
        if (reward.status === status) return false;
        if (reward.status === "cancelled")
          throw new Refused("This thank-you was cancelled. Plan it anew: rewards plan.");
        if (reward.status === "given") await takeNoteBack(on, id, now);
        await settle(on, id, status, onDay, now);
        if (onDay === undefined) return true;
        const note = `${reward.kind}: ${reward.occasion}`.slice(0, LONGEST_OCCASION);
        await writeInteraction(on, access, reward.account_id, { kind: "gift", onDay, note }, now);
        return true;
      });
    },
  };
}

function check({ onDay, costMinor, occasion }: RewardDraft, today: Day): void {
  if (onDay < today) throw new Refused(`${onDay} is over. Say a day that is still to come, or today.`);
  if (!Number.isSafeInteger(costMinor) || costMinor < 0) throw new Refused("Say what it costs, from 0 on.");
  if (occasion.trim() === "") throw new Refused("Say what it is for, so that others understand it.");
  if (occasion.length > LONGEST_OCCASION)
    throw new Refused(`Say what it is for in at most ${LONGEST_OCCASION} characters.`);
}

const rewardRow = z.object({
  account_id: z.string(),
  kind: z.string(),
  occasion: z.string(),
  status: z.enum(rewardStatuses),
});
