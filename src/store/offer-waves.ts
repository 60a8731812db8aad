import { z } from "zod";
import { waveNames, waveStatuses } from "../core/offers/offer.ts";
import type { Access } from "./access.ts";
import { exclusionsOf, type Moment } from "./offer-exclusions.ts";
import type { WaveState } from "./offers.ts";
import { bigintNumber, type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/** Who sees every account of the workspace, as the rules do: they judge a wave by all of it. */
export function seeingEverything(access: Access): Access {
  return { ...access, owners: "all" };
}

/** The accounts `m` of offers that a viewer sees, of `account a`. */
export function joinVisible(access: Access): Sql {
  return sql`JOIN account a ON a.workspace_id = m.workspace_id AND a.id = m.account_id AND ${visibleAccounts(access)}`;
}

/**
 * Whether a viewer may know of an offer, as a condition on `offer o`: who sees no account of it may not, since its name
 * and filters speak of accounts.
 */
export function visibleOffers(access: Access): Sql {
  const own = sql`o.workspace_id = ${access.workspaceId}`;
  return access.owners === "all"
    ? own
    : sql`${own} AND EXISTS (SELECT FROM offer_account m ${joinVisible(access)}
        WHERE m.workspace_id = o.workspace_id AND m.offer_id = o.id)`;
}

/** A wave with the offer that it is of. */
export interface OfferWave extends WaveState {
  readonly offerId: number;
}

/**
 * What became of the waves of some offers, over the accounts that the viewer sees. What holds an account back no longer
 * matters once it has answered or was skipped.
 */
export async function wavesOf(
  on: Executor,
  access: Access,
  moment: Moment,
  offerIds: readonly number[],
): Promise<readonly OfferWave[]> {
  const { workspaceId, owners, anonymous } = access;
  const pitched = sql`m.account_id IS NOT NULL AND NOT m.is_hold_out AND NOT m.is_excluded`;
  const counted = (condition: Sql) => sql`COUNT(*) FILTER (WHERE ${pitched} AND ${condition})`;
  const sum = (column: Sql) => sql`COALESCE(SUM(${column}) FILTER (WHERE ${pitched}), 0)`;
  const rows = await rowsOf(
    on,
    waveRow,
    sql`WITH member AS MATERIALIZED (
          SELECT m.*, m.status IN ('open', 'held') AND ${exclusionsOf(access, moment, sql`m.offer_id`, sql`m.owns`)} <> '[]' AS is_excluded
          FROM offer_account m ${joinVisible(access)}
          WHERE m.workspace_id = ${workspaceId} AND m.offer_id = ANY(${offerIds}::int[]))
        SELECT w.offer_id AS "offerId", w.wave::text, w.status::text, w.opened_at AS "openedAt", w.paused_at AS "pausedAt",
               CASE WHEN ${anonymous ? sql`w.status_reason ->> 'code' <> 'person'` : sql`TRUE`} THEN w.status_reason::text END AS "statusReason",
               w.overridden_until AS "overriddenUntilOutcomes",
               ${owners === "all" ? sql`w.whole::bigint` : sql`COUNT(m.account_id)`} AS whole,
               ${counted(sql`TRUE`)} AS accounts, ${counted(sql`m.status = 'won'`)} AS won,
               ${counted(sql`m.status = 'lost'`)} AS lost, ${counted(sql`m.status = 'no-reply'`)} AS "noReply",
               ${counted(sql`m.status = 'skipped'`)} AS skipped, ${counted(sql`m.status = 'held'`)} AS held,
               ${counted(sql`m.minutes_known`)} AS "minutesKnown",
               COUNT(*) FILTER (WHERE m.is_hold_out) AS "heldOut",
               COUNT(*) FILTER (WHERE m.is_excluded AND NOT m.is_hold_out) AS excluded,
               COALESCE(SUM(m.amount_minor) FILTER (WHERE ${pitched} AND m.status = 'won'), 0)::bigint AS "wonAmount",
               COALESCE(SUM(m.minutes) FILTER (WHERE ${pitched} AND m.status IN ('won', 'lost', 'no-reply')), 0)::bigint AS minutes,
               ${sum(sql`m.expected_margin_minor`)}::bigint AS "expectedMargin",
               ${sum(sql`m.effort_minutes`)}::bigint AS "expectedMinutes",
               ${sum(sql`m.probability`)}::float8 AS "expectedWins"
        FROM offer_wave w LEFT JOIN member m ON m.offer_id = w.offer_id AND m.wave = w.wave
        WHERE w.workspace_id = ${workspaceId} AND w.offer_id = ANY(${offerIds}::int[])
        GROUP BY w.workspace_id, w.offer_id, w.wave ORDER BY w.offer_id DESC, w.wave`,
  );
  return rows;
}

const waveRow = z.object({
  offerId: z.number(),
  wave: z.enum(waveNames),
  status: z.enum(waveStatuses),
  openedAt: optional(z.date()),
  pausedAt: optional(z.date()),
  statusReason: optional(z.string()),
  overriddenUntilOutcomes: optional(z.number()),
  whole: bigintNumber,
  accounts: bigintNumber,
  won: bigintNumber,
  lost: bigintNumber,
  noReply: bigintNumber,
  skipped: bigintNumber,
  held: bigintNumber,
  minutesKnown: bigintNumber,
  heldOut: bigintNumber,
  excluded: bigintNumber,
  wonAmount: bigintNumber,
  minutes: bigintNumber,
  expectedMargin: bigintNumber,
  expectedMinutes: bigintNumber,
  expectedWins: z.number(),
});
