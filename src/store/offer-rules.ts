import { z } from "zod";
import type { OfferTerms } from "../core/offers/offer.ts";
import { ruleWaves, type WaveRuling } from "../core/offers/wave-rules.ts";
import type { Access } from "./access.ts";
import { rowsAsTable } from "./bulk.ts";
import type { Database } from "./connect.ts";
import { type Moment, momentOf } from "./offer-exclusions.ts";
import { seeingEverything, visibleOffers, wavesOf } from "./offer-waves.ts";
import type { RuledWave } from "./offers.ts";
import { Refused } from "./refused.ts";
import { type Executor, optional, rowsOf, sql } from "./sql.ts";

/** An offer that nobody else changes meanwhile. */
export interface LockedOffer {
  readonly id: number;
  readonly terms: OfferTerms;
  readonly isClosed: boolean;
}

/**
 * Works on one offer while nobody else does: what a step is judged by, and what the rules count after it, is then as
 * the step left it.
 *
 * @throws Refused for an offer that is not there to see.
 */
export function withOffer<Result>(
  database: Database,
  access: Access,
  offerId: number,
  now: Date,
  work: (on: Executor, offer: LockedOffer, moment: Moment) => Promise<Result>,
): Promise<Result> {
  return database.$transaction(async (on) => {
    const [row] = await rowsOf(
      on,
      lockedRow,
      sql`SELECT o.id, o.terms, o.closed_at FROM offer o WHERE ${visibleOffers(access)} AND o.id = ${offerId}
          FOR NO KEY UPDATE OF o`,
    );
    if (!row) throw new Refused("This offer is not there, or you see none of its accounts.");
    const offer = { id: row.id, terms: row.terms, isClosed: row.closed_at !== undefined };
    return work(on, offer, momentOf(access, now));
  });
}

const lockedRow = z.object({
  id: z.number(),
  terms: z.custom<OfferTerms>(),
  closed_at: optional(z.date()),
});

/** Whether a rule that goes by time would change something now. */
export async function isRuleDue(on: Executor, access: Access, offerId: number, now: Date): Promise<boolean> {
  const [row] = await rowsOf(
    on,
    z.object({ terms: z.custom<OfferTerms>(), ended: z.boolean() }),
    sql`SELECT o.terms, EXISTS (SELECT FROM offer_account m
          WHERE m.workspace_id = o.workspace_id AND m.offer_id = o.id AND m.status = 'held' AND m.held_until <= ${now}) AS ended
        FROM offer o WHERE ${visibleOffers(access)} AND o.id = ${offerId} AND o.closed_at IS NULL`,
  );
  if (!row) return false;
  const moment = momentOf(access, now);
  return row.ended || (await rulingsOf(on, access, row.terms, offerId, moment)).length > 0;
}

/** Lets the rules open and pause waves, each change with its line in the log. */
export async function applyRules(
  on: Executor,
  access: Access,
  { id: offerId, terms }: LockedOffer,
  moment: Moment,
): Promise<readonly RuledWave[]> {
  const rulings = await rulingsOf(on, access, terms, offerId, moment);
  if (rulings.length === 0) return [];
  const { workspaceId } = access;
  await on.$executeRaw(
    sql`WITH ruled AS (
          UPDATE offer_wave w SET status = d.status, status_reason = d.reason,
            opened_at = CASE WHEN d.status = 'open' THEN COALESCE(w.opened_at, ${moment.now}) ELSE w.opened_at END,
            paused_at = CASE WHEN d.status = 'paused' THEN ${moment.now} ELSE w.paused_at END
          FROM ${rowsAsTable(rulings, rulingColumns)}
          WHERE w.workspace_id = ${workspaceId} AND w.offer_id = ${offerId} AND w.wave = d.wave
          RETURNING w.wave, w.status, w.status_reason)
        INSERT INTO offer_event (workspace_id, offer_id, at, by, kind, details)
        SELECT ${workspaceId}, ${offerId}::int, ${moment.now}, 'rule',
               CASE WHEN status = 'open' THEN 'wave-opened' ELSE 'wave-paused' END,
               jsonb_build_object('wave', wave, 'reason', status_reason::text)
        FROM ruled ORDER BY wave`,
  );
  return rulings.map(({ reason, ...ruling }) => ({ ...ruling, reason: JSON.stringify(reason) }));
}

const rulingColumns = [
  { name: "wave", type: "wave_name", of: ({ wave }: WaveRuling) => wave },
  { name: "status", type: "wave_status", of: ({ status }: WaveRuling) => status },
  { name: "reason", type: "jsonb", of: ({ reason }: WaveRuling) => JSON.stringify(reason) },
];

/** What the rules would do, over every account of the offer, whoever asks. */
async function rulingsOf(
  on: Executor,
  access: Access,
  terms: OfferTerms,
  offerId: number,
  moment: Moment,
): Promise<readonly WaveRuling[]> {
  const waves = await wavesOf(on, seeingEverything(access), moment, [offerId]);
  return ruleWaves(waves, terms, moment.today);
}

/** Gives back what was claimed and whose time is over. */
export async function endClaims(
  on: Executor,
  { workspaceId }: Access,
  offerId: number,
  now: Date,
): Promise<void> {
  await on.$executeRaw(
    sql`WITH ended AS (
          SELECT m.account_id, m.holder_name FROM offer_account m
          WHERE m.workspace_id = ${workspaceId} AND m.offer_id = ${offerId} AND m.status = 'held' AND m.held_until <= ${now}
          ORDER BY m.wave, m.place),
        released AS (
          UPDATE offer_account m SET status = 'open', holder_key = NULL, holder_name = NULL, held_until = NULL FROM ended
          WHERE m.workspace_id = ${workspaceId} AND m.offer_id = ${offerId} AND m.account_id = ended.account_id)
        INSERT INTO offer_event (workspace_id, offer_id, at, by, account_id, kind, details)
        SELECT ${workspaceId}, ${offerId}::int, ${now}, 'rule', account_id, 'release',
               jsonb_build_object('from', COALESCE(holder_name, '')) FROM ended`,
  );
}
