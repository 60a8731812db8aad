import type { Access } from "./access.ts";
import { authorOf } from "./read-interactions.ts";
import type { Snapshot } from "./reads.ts";
import { joinAccount, salesOf } from "./sales.ts";
import { type Sql, sql } from "./sql.ts";
import { visibleMemberships } from "./visibility.ts";

// Each part reads the accounts of `seen`. Its rows: `on_day`, `at` (null where only the day is known), `place` (the order of
// what has one day), `key`, `author`, `details` (of `TimelineEvent`), `minutes` and `minutes_known`.

/** What imported data says. */
export function dataParts(access: Access, snapshot: Snapshot, accountId: string): readonly Sql[] {
  const { workspaceId } = access;
  const isOwn = sql`m.account_id = ${accountId}::uuid AND ${visibleMemberships(access)}`;
  const bought = sql`
    SELECT p.on_day, NULL::timestamptz AS at, 1 AS place, 0::bigint AS key, NULL::text AS author, jsonb_build_object(
             'kind', 'purchase', 'valueMinor', COALESCE(SUM(p.value_minor), 0), 'sales', COUNT(DISTINCT p.purchase),
             'withoutRate', COUNT(*) FILTER (WHERE p.value_minor IS NULL),
             'products', COALESCE(jsonb_agg(DISTINCT btrim(x.name)) FILTER (WHERE btrim(x.name) <> ''), '[]')) AS details,
           NULL::int AS minutes, FALSE AS minutes_known
    FROM (${salesOf(workspaceId, snapshot.basis, snapshot.asOf, isOwn)}) p
    LEFT JOIN current_product_record x
      ON x.workspace_id = ${workspaceId} AND x.source_record_id = p.product_record_id
    WHERE p.basis <> 'opportunity' GROUP BY p.on_day`;
  const deals = sql`
    SELECT o.close_on, NULL, 2, 0, NULL, jsonb_build_object(
             'kind', 'deal', 'outcome', o.status, 'deal', o.name, 'amountMinor', o.amount_minor, 'currency', o.currency),
           NULL, FALSE
    FROM current_opportunity o ${joinAccount}
    JOIN seen ON seen.workspace_id = m.workspace_id AND seen.id = m.account_id
    WHERE o.workspace_id = ${workspaceId} AND o.status IN ('won', 'lost') AND o.close_on <= ${snapshot.asOf}::date`;
  return [bought, deals];
}

/** What people did. A gift that a thank-you brought is told as that. */
export function workParts(access: Access): readonly Sql[] {
  const { timeZone, anonymous } = access;
  const text = (column: Sql) => (anonymous ? sql`NULL` : sql`NULLIF(${column}, '')`);
  const dayOf = (moment: Sql) => sql`(${moment} AT TIME ZONE ${timeZone})::date`;
  const noted = sql`
    SELECT i.on_day, i.created_at, 3, i.id, ${authorOf(sql`i.created_by`, access)}, jsonb_build_object(
             'kind', 'interaction', 'id', i.id, 'interaction', i.kind, 'score', i.score, 'note', ${text(sql`i.note`)},
             'minutes', i.minutes, 'minutesKnown', i.minutes_known),
           i.minutes, i.minutes_known
    FROM interaction i ${joinSeen(sql`i`)}
    WHERE i.taken_back_at IS NULL AND NOT EXISTS (SELECT FROM reward w WHERE ${isOfGift})`;
  const answered = sql`
    SELECT ${dayOf(sql`m.resolved_at`)}, m.resolved_at, 4, o.id, ${authorOf(sql`m.resolved_by`, access)}, jsonb_build_object(
             'kind', 'offer', 'offer', o.name, 'offerId', o.id, 'outcome', m.status, 'amountMinor', m.amount_minor,
             'currency', o.terms ->> 'currency', 'note', ${text(sql`m.reason`)},
             'minutes', m.minutes, 'minutesKnown', m.minutes_known),
           m.minutes, m.minutes_known
    FROM offer_account m ${joinSeen(sql`m`)} JOIN offer o ON o.workspace_id = m.workspace_id AND o.id = m.offer_id
    WHERE m.resolved_at IS NOT NULL`;
  const acted = sql`
    SELECT ${dayOf(sql`n.at`)}, n.at, 5, n.id, ${authorOf(sql`n.by`, access)}, jsonb_build_object(
             'kind', 'action', 'action', n.kind, 'answer', n.answer, 'until', n.until,
             'holder', ${text(sql`n.holder_name`)}, 'note', ${text(sql`n.reason`)},
             'minutes', n.minutes, 'minutesKnown', n.minutes_known),
           n.minutes, n.minutes_known
    FROM action_answer n ${joinSeen(sql`n`)} WHERE n.ended_at IS NULL`;
  const thanked = sql`
    SELECT CASE WHEN w.status = 'given' THEN w.on_day ELSE ${dayOf(sql`w.changed_at`)} END, w.changed_at, 6, w.id,
           ${authorOf(sql`w.changed_by`, access)}, jsonb_build_object(
             'kind', 'reward', 'id', w.id, 'reward', w.kind, 'status', w.status, 'costMinor', w.cost_minor,
             'currency', w.currency, 'plannedFor', CASE WHEN w.status = 'planned' THEN w.on_day END,
             'note', ${text(sql`w.occasion`)}, 'minutes', i.minutes, 'minutesKnown', COALESCE(i.minutes_known, FALSE)),
           i.minutes, COALESCE(i.minutes_known, FALSE)
    FROM reward w ${joinSeen(sql`w`)} LEFT JOIN interaction i ON i.taken_back_at IS NULL AND ${isOfGift}`;
  return [noted, answered, acted, thanked];
}

/** What people said that holds the account back, and what they set by hand; what replaced another one did not take it back. */
export function handParts({ timeZone }: Access): readonly Sql[] {
  const step = (table: Sql, moment: Sql, author: Sql, key: Sql, details: Sql) => sql`
    SELECT (${moment} AT TIME ZONE ${timeZone})::date, ${moment}, 7, ${key}, ${author}, ${details}, NULL, FALSE FROM ${table}`;
  const holds = sql`account_hold h ${joinSeen(sql`h`)}`;
  const hold = (word: Sql, note: Sql) => sql`jsonb_build_object(
    'kind', 'hold', 'hold', h.kind, 'step', ${word}, 'until', h.until, 'note', ${note})`;
  const corrections = sql`correction c ${joinSeen(sql`c`)}
    LEFT JOIN current_rep_record r ON r.workspace_id = c.workspace_id AND c.field = 'owner'
      AND r.source_record_id::text = c.value`;
  const correction = (word: Sql, note: Sql) => sql`jsonb_build_object(
    'kind', 'correction', 'field', c.field, 'step', ${word}, 'until', c.until, 'note', ${note},
    'value', CASE WHEN c.field = 'owner' THEN COALESCE(r.name, 'a rep who is gone') ELSE c.value END)`;
  return [
    step(holds, sql`h.created_at`, sql`h.created_by`, sql`h.id`, hold(sql`'begun'`, sql`h.reason`)),
    sql`${step(holds, sql`h.ended_at`, sql`h.ended_by`, sql`h.id`, hold(sql`'ended'`, sql`NULL`))}
        WHERE h.ended_at IS NOT NULL AND NOT EXISTS (SELECT FROM account_hold n
          WHERE n.workspace_id = h.workspace_id AND n.account_id = h.account_id AND n.kind = h.kind
            AND n.id > h.id AND n.created_at <= h.ended_at)`,
    step(corrections, sql`c.created_at`, sql`c.created_by`, sql`c.id`, correction(sql`'set'`, sql`c.reason`)),
    sql`${step(corrections, sql`c.ended_at`, sql`c.ended_by`, sql`c.id`, correction(sql`'taken-back'`, sql`NULL`))}
        WHERE c.ended_at IS NOT NULL AND NOT EXISTS (SELECT FROM correction n
          WHERE n.workspace_id = c.workspace_id AND n.account_id = c.account_id AND n.field = c.field
            AND n.id > c.id AND n.created_at <= c.ended_at)`,
  ];
}

/** Whether `interaction i` was noted when the thank-you `w` was said to be given. */
const isOfGift = sql`w.status = 'given' AND i.kind = 'gift' AND i.workspace_id = w.workspace_id
  AND i.account_id = w.account_id AND i.created_at = w.changed_at AND i.created_by = w.changed_by`;

function joinSeen(table: Sql): Sql {
  return sql`JOIN seen ON seen.workspace_id = ${table}.workspace_id AND seen.id = ${table}.account_id`;
}
