import { z } from "zod";
import { anotherRep } from "../core/access.ts";
import { type PitchReason, waveNames } from "../core/offers/offer.ts";
import { workerKeys } from "../core/worker-keys.ts";
import type { Access } from "./access.ts";
import { exclusion, exclusionsOf, type Moment } from "./offer-exclusions.ts";
import { joinVisible } from "./offer-waves.ts";
import type { MemberSelection, OfferMember } from "./offers.ts";
import { type PageOf, rowsOfPage } from "./page-of.ts";
import { allOf, bigintNumber, type Executor, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { joinOwner, ownerName } from "./visibility.ts";

function conditionsOf(
  { workspaceId }: Access,
  offerId: number,
  { wave, accountId, holderKeys }: MemberSelection,
): Sql {
  return allOf([
    sql`m.workspace_id = ${workspaceId} AND m.offer_id = ${offerId}`,
    ...(wave === undefined ? [] : [sql`m.wave = ${wave}::wave_name`]),
    ...(accountId === undefined ? [] : [sql`m.account_id = ${accountId}::uuid`]),
    ...(holderKeys === undefined ? [] : [sql`m.holder_key = ANY(${holderKeys}::text[])`]),
  ]);
}

/** Accounts of an offer that the viewer sees, in the order in which they are pitched. */
export async function membersOf(
  on: Executor,
  access: Access,
  moment: Moment,
  offerId: number,
  which: MemberSelection,
  page: PageOf,
): Promise<readonly OfferMember[]> {
  const rows = await rowsOf(
    on,
    memberRow,
    sql`SELECT m.account_id, a.name AS account, ${ownerName(access)} AS owner, m.tier::text, m.wave::text, m.place,
               m.probability, m.low, m.high, m.value_minor, m.effort_minutes, m.expected_margin_minor, m.reasons,
               m.is_hold_out, m.status::text, m.holder_key, m.holder_name, m.held_until, m.amount_minor, m.minutes,
               m.minutes_known, m.reason, m.resolved_at,
               ${exclusionsOf(access, moment, sql`m.offer_id`, sql`m.owns`)} AS exclusions
        FROM offer_account m ${joinVisible(access)} ${joinOwner}
        WHERE ${conditionsOf(access, offerId, which)}
        ORDER BY m.wave, m.place, m.account_id ${rowsOfPage(page)}`,
  );
  return rows.map((row) => toMember(row, access));
}

export async function countMembers(
  on: Executor,
  access: Access,
  offerId: number,
  which: MemberSelection,
): Promise<number> {
  const { total } = await rowOf(
    on,
    z.object({ total: bigintNumber }),
    sql`SELECT COUNT(*) AS total FROM offer_account m ${joinVisible(access)} WHERE ${conditionsOf(access, offerId, which)}`,
  );
  return total;
}

const memberRow = z.object({
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  tier: optional(z.enum(["A", "B", "C", "D"])),
  wave: z.enum(waveNames),
  place: z.number(),
  probability: z.number(),
  low: z.number(),
  high: z.number(),
  value_minor: bigintNumber,
  effort_minutes: z.number(),
  expected_margin_minor: bigintNumber,
  reasons: z.array(z.custom<PitchReason>()),
  is_hold_out: z.boolean(),
  status: z.enum(["open", "held", "skipped", "won", "lost", "no-reply"]),
  holder_key: optional(z.string()),
  holder_name: optional(z.string()),
  held_until: optional(z.date()),
  amount_minor: optional(bigintNumber),
  minutes: optional(z.number()),
  minutes_known: z.boolean(),
  reason: optional(z.string()),
  resolved_at: optional(z.date()),
  exclusions: z.array(exclusion),
});

function toMember(row: z.output<typeof memberRow>, access: Access): OfferMember {
  return {
    accountId: row.account_id,
    account: row.account,
    owner: row.owner,
    tier: row.tier,
    wave: row.wave,
    place: row.place,
    probability: row.probability,
    low: row.low,
    high: row.high,
    value: row.value_minor,
    effortMinutes: row.effort_minutes,
    expectedMargin: row.expected_margin_minor,
    reasons: row.reasons,
    isHoldOut: row.is_hold_out,
    status: row.status,
    holder: holderOf(row, access),
    heldUntil: row.held_until,
    amount: row.amount_minor,
    minutes: row.minutes,
    minutesKnown: row.minutes_known,
    reason: access.anonymous ? undefined : row.reason,
    resolvedAt: row.resolved_at,
    exclusions: row.exclusions,
  };
}

function holderOf({ holder_key: key, holder_name: name = "" }: z.output<typeof memberRow>, access: Access) {
  if (key === undefined) return undefined;
  const isNamed = !access.anonymous || workerKeys(access).includes(key);
  // An address says who it is as well as a name does.
  return isNamed ? { key, name } : { key: "another", name: anotherRep };
}
