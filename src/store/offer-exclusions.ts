import { z } from "zod";
import { type Day, dayIn } from "../core/calendar.ts";
import { type Exclusion, type HoldKind, holdKinds } from "../core/offers/offer.ts";
import type { Access } from "./access.ts";
import { join, type Sql, sql } from "./sql.ts";

/** When it is asked what holds accounts back. */
export interface Moment {
  readonly now: Date;
  /** The day of `now` in the workspace's time zone. */
  readonly today: Day;
  readonly timeZone: string;
  /** No account is pitched twice within so many days. */
  readonly restDays: number;
}

/** A moment by the workspace's settings. */
export function momentOf({ timeZone, settings }: Access, now: Date): Moment {
  return { now, today: dayIn(now, timeZone), timeZone, restDays: settings.offers.restDays };
}

/**
 * Imported columns that hold an account back while they say yes, true, 1 or x, or a number above 0. Case, spaces and
 * separators in a column's name do not matter: `Opt-Out` and `opt_out` are one.
 */
const flagColumns: readonly (readonly [column: string, kind: HoldKind])[] = [
  ["opted out", "opted-out"],
  ["opt out", "opted-out"],
  ["do not contact", "opted-out"],
  ["open complaints", "complaint"],
  ["complaint open", "complaint"],
  ["overdue", "overdue"],
  ["overdue amount", "overdue"],
  ["days overdue", "overdue"],
];

const flags = join(flagColumns.map(([column, kind]) => sql`(${column.replaceAll(" ", "")}, ${kind})`));

/** The columns of `account a` that say so now, as `imported`, and what they hold it back for, as `flag`. */
const fromFlags = sql`
  FROM jsonb_each_text(a.custom) imported
  JOIN (VALUES ${flags}) AS flag(key, kind) ON flag.key = regexp_replace(lower(imported.key), '[^[:alnum:]]', '', 'g')
  WHERE (lower(btrim(imported.value)) IN ('yes', 'true', 'x')
         OR imported.value ~ '^ *[0-9][0-9., ]*$' AND imported.value ~ '[1-9]')`;

/** Whether `account a` is held back for one reason, as somebody said or an imported column says. */
export function isHeldBack(kind: HoldKind, today: Day): Sql {
  return sql`(EXISTS (SELECT FROM account_hold h
      WHERE h.workspace_id = a.workspace_id AND h.account_id = a.id AND h.kind = ${kind}::hold_kind
        AND h.ended_at IS NULL AND (h.until IS NULL OR h.until >= ${today}::date))
    OR a.custom <> '{}' AND EXISTS (SELECT ${fromFlags} AND flag.kind = ${kind}))`;
}

/**
 * What holds `account a` back from an offer, as a list in JSON: what somebody said, what an imported column says, and
 * another offer that it answered lately.
 *
 * @param offerId the offer itself, which is no other; a query's own column, or null before there is one.
 * @param owns an exclusion in JSON, of what it has of the offered products; null where it has nothing.
 */
export function exclusionsOf(
  { anonymous }: Access,
  { today, timeZone, restDays }: Omit<Moment, "now">,
  offerId: Sql,
  owns: Sql,
): Sql {
  // A reason may name somebody.
  const because = (reason: Sql) => (anonymous ? sql`NULL::text` : reason);
  return sql`(
    SELECT COALESCE(jsonb_agg(jsonb_strip_nulls(found.exclusion) ORDER BY found.place, found.exclusion), '[]')
    FROM (
      SELECT 1 AS place, jsonb_build_object('code', h.kind, 'reason', ${because(sql`h.reason`)}, 'until', h.until) AS exclusion
      FROM account_hold h
      WHERE h.workspace_id = a.workspace_id AND h.account_id = a.id AND h.ended_at IS NULL
        AND (h.until IS NULL OR h.until >= ${today}::date)
      UNION ALL
      SELECT 2, jsonb_build_object('code', flag.kind, 'reason', imported.key || ': ' || imported.value)
      ${fromFlags}
      UNION ALL
      SELECT 3, ${owns} WHERE ${owns} IS NOT NULL
      UNION ALL
      (SELECT 4, jsonb_build_object('code', 'pitched', 'offer', other.name, 'on', pitched.day)
       FROM (SELECT p.offer_id, (p.resolved_at AT TIME ZONE ${timeZone})::date AS day FROM offer_account p
             WHERE p.workspace_id = a.workspace_id AND p.account_id = a.id AND p.status IN ('won', 'lost', 'no-reply')
               AND p.offer_id IS DISTINCT FROM ${offerId}) pitched
       JOIN offer other ON other.workspace_id = a.workspace_id AND other.id = pitched.offer_id
       WHERE pitched.day > ${today}::date - ${restDays}::int
       ORDER BY pitched.day DESC, other.id DESC LIMIT 1)
    ) found)`;
}

export const exclusion: z.ZodType<Exclusion> = z.union([
  z
    .object({
      code: z.enum(holdKinds),
      reason: z.string().exactOptional(),
      until: z.string().exactOptional(),
    })
    .readonly(),
  z.object({ code: z.literal("owns"), product: z.string() }).readonly(),
  z.object({ code: z.literal("pitched"), offer: z.string(), on: z.string() }).readonly(),
]);
