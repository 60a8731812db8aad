import { z } from "zod";
import { anotherRep } from "../core/access.ts";
import { type ActionReason, actionKinds } from "../core/actions/action.ts";
import type { Access } from "./access.ts";
import { shownHolder } from "./action-holders.ts";
import type { ActionAnswer, OpenAction } from "./actions.ts";
import { bigintNumber, optional, type Sql, sql } from "./sql.ts";

const moment = z.union([z.date(), z.string()]).transform((at) => new Date(at));

/** The columns of an answer `x` about `account a`. */
export const answerColumns = sql`x.id, x.action_id, x.account_id, a.name AS account, x.kind, x.subject, x.answer::text, x.at, x.by,
  x.until::text, x.holder_key, x.holder_name, x.reason, x.minutes, x.minutes_known, x.value_minor, x.currency::text,
  x.ended_at, x.ended_by`;

export const answerRow = z.object({
  id: z.number(),
  action_id: z.string(),
  account_id: z.string(),
  account: z.string(),
  kind: z.enum(actionKinds),
  subject: z.string(),
  answer: z.enum(["done", "snoozed", "reassigned", "not-relevant"]),
  at: moment,
  by: z.string(),
  until: optional(z.string()),
  holder_key: optional(z.string()),
  holder_name: optional(z.string()),
  reason: optional(z.string()),
  minutes: optional(z.number()),
  minutes_known: z.boolean(),
  value_minor: bigintNumber,
  currency: z.string(),
  ended_at: optional(moment),
  ended_by: optional(z.string()),
});

export function toAnswer(row: z.output<typeof answerRow>, access: Access): ActionAnswer {
  const { holder_key: key, holder_name: name = "" } = row;
  const signed = (by: string) => (access.anonymous && by !== access.signature ? anotherRep : by);
  return {
    id: row.id,
    actionId: row.action_id,
    accountId: row.account_id,
    account: row.account,
    kind: row.kind,
    subject: row.subject,
    answer: row.answer,
    at: row.at,
    by: signed(row.by),
    until: row.until,
    holder: key === undefined ? undefined : shownHolder(access, { key, name }),
    // It may name somebody.
    reason: access.anonymous ? undefined : row.reason,
    minutes: row.minutes,
    minutesKnown: row.minutes_known,
    valueMinor: row.value_minor,
    currency: row.currency,
    ended: row.ended_at && { by: signed(row.ended_by ?? ""), at: row.ended_at },
  };
}

export const actionRow = z.object({
  id: z.string(),
  account_id: z.string(),
  account: z.string(),
  tier: optional(z.enum(["A", "B", "C", "D"])),
  kind: z.enum(actionKinds),
  subject: z.string(),
  value_minor: bigintNumber,
  due_on: z.string(),
  effort_minutes: z.number(),
  reasons: z.array(z.custom<ActionReason>()),
  score: z.number(),
  holder_key: optional(z.string()),
  holder_name: optional(z.string()),
  answer: optional(answerRow),
});

export function toAction(row: z.output<typeof actionRow>, access: Access): OpenAction {
  const { holder_key: key, holder_name: name = "" } = row;
  return {
    id: row.id,
    accountId: row.account_id,
    account: row.account,
    tier: row.tier,
    kind: row.kind,
    subject: row.subject,
    valueMinor: row.value_minor,
    dueOn: row.due_on,
    effortMinutes: row.effort_minutes,
    reasons: row.reasons.flatMap((reason) => shownReason(reason, access)),
    score: row.score,
    holder: key === undefined ? undefined : shownHolder(access, { key, name }),
    answer: row.answer && toAnswer(row.answer, access),
  };
}

/** What somebody complained of may name them; how many prospects there are is told to those who see all of them. */
function shownReason(reason: ActionReason, { anonymous, owners }: Access): readonly ActionReason[] {
  if (reason.code === "complaint" && anonymous) return [{ ...reason, reason: "" }];
  return reason.code === "prospects-like-it" && owners !== "all" ? [] : [reason];
}

/**
 * The rows of a table of actions in full, as JSON.
 *
 * @param snapshotId of the tiers; the proposals are those of `proposing`.
 * @param actions a table with `id`, `account_id`, `kind`, `value_minor`, `due_on`, `score`, `holder_key` and whatever else.
 * @param order what they come in, by their columns under the alias `p`.
 */
export function actionsInFull({ workspaceId }: Access, snapshotId: number, actions: Sql, order: Sql): Sql {
  return sql`
    SELECT COALESCE(jsonb_agg(to_jsonb(p) || jsonb_build_object(
             'account', a.name, 'tier', s.tier,
             'subject', COALESCE(stored.subject, live.subject), 'reasons', COALESCE(stored.reasons, live.reasons),
             'effort_minutes', COALESCE(stored.effort_minutes, live.effort_minutes),
             'holder_name', CASE p.holder_key WHEN own.holder_key THEN own.holder_name WHEN live.holder_key THEN live.holder_name
                                              ELSE r.name END,
             'answer', own.answer) ORDER BY ${order}), '[]')
    FROM ${actions} p
    JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = p.account_id
    LEFT JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id
      AND s.valid_from <= ${snapshotId} AND (s.valid_to IS NULL OR s.valid_to > ${snapshotId})
    LEFT JOIN current_rep_record r ON r.workspace_id = a.workspace_id AND r.source_record_id = a.owner_record_id
    LEFT JOIN action_proposal stored ON stored.workspace_id = a.workspace_id
      AND stored.snapshot_id = (SELECT id FROM proposing) AND stored.id = p.id
    LEFT JOIN live ON live.id = p.id
    LEFT JOIN LATERAL (
      SELECT x.holder_key, x.holder_name, CASE WHEN p.is_answered THEN to_jsonb(told) END AS answer
      FROM action_answer x CROSS JOIN LATERAL (SELECT ${answerColumns}) told
      WHERE x.workspace_id = a.workspace_id AND x.action_id = p.id AND x.ended_at IS NULL) own ON TRUE`;
}
