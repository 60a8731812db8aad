import { z } from "zod";
import { type WaveName, waveStatuses } from "../core/offers/offer.ts";
import type { Access } from "./access.ts";
import { createHolds } from "./account-holds.ts";
import type { Database } from "./connect.ts";
import { createOffers } from "./create-offer.ts";
import { applyRules, endClaims, isRuleDue, type LockedOffer, withOffer } from "./offer-rules.ts";
import { createSteps } from "./offer-steps.ts";
import type { OfferDecisions, WaveChange } from "./offers.ts";
import { Refused } from "./refused.ts";
import { requireMember, requireRole } from "./roles.ts";
import { type Executor, rowsOf, sql } from "./sql.ts";

/** Everything that people decide about offers, for one access. */
export function createOfferDecisions(database: Database, access: Access): OfferDecisions {
  const { workspaceId, signature } = access;

  /** The wave's status and the number of its outcomes. */
  async function lookAt(on: Executor, { id }: LockedOffer, wave: WaveName) {
    const [row] = await rowsOf(
      on,
      z.object({ status: z.enum(waveStatuses), outcomes: z.number() }),
      sql`SELECT w.status::text, (SELECT COUNT(*)::int FROM offer_account m
            WHERE m.workspace_id = w.workspace_id AND m.offer_id = w.offer_id AND m.wave = w.wave
              AND m.status IN ('won', 'lost', 'no-reply')) AS outcomes
          FROM offer_wave w
          WHERE w.workspace_id = ${workspaceId} AND w.offer_id = ${id} AND w.wave = ${wave}::wave_name`,
    );
    return row;
  }

  /** A wave that goes on after a pause stays silent for as many outcomes as the rule waited for. */
  async function change(on: Executor, offer: LockedOffer, wave: WaveName, wanted: WaveChange, now: Date) {
    const found = await lookAt(on, offer, wave);
    if (!found || !isPossible(found.status, wanted.status)) return false;
    const status = wanted.status === "paused" ? "paused" : "open";
    const isAgainstRule = status === "open" && found.status !== "planned";
    const until = isAgainstRule ? found.outcomes + offer.terms.leastOutcomes : null;
    const reason = { code: "person", by: signature, reason: wanted.reason };
    const kind = { open: "wave-opened", paused: "wave-paused", override: "override" }[wanted.status];
    await on.$executeRaw(
      sql`WITH changed AS (
            UPDATE offer_wave SET status = ${status}::wave_status, status_reason = ${JSON.stringify(reason)}::jsonb,
              overridden_until = COALESCE(${until}::int, overridden_until),
              opened_at = CASE WHEN ${status} = 'open' THEN COALESCE(opened_at, ${now}::timestamptz) ELSE opened_at END,
              paused_at = CASE WHEN ${status} = 'paused' THEN ${now}::timestamptz ELSE paused_at END
            WHERE workspace_id = ${workspaceId} AND offer_id = ${offer.id} AND wave = ${wave}::wave_name
            RETURNING offer_id)
          INSERT INTO offer_event (workspace_id, offer_id, at, by, kind, details)
          SELECT ${workspaceId}, offer_id, ${now}, ${signature}, ${kind},
                 ${JSON.stringify({ wave, reason: wanted.reason })}::jsonb FROM changed`,
    );
    return true;
  }

  async function close(on: Executor, { id }: LockedOffer, reason: string, now: Date) {
    await on.$executeRaw(
      sql`UPDATE offer_wave SET status = 'closed' WHERE workspace_id = ${workspaceId} AND offer_id = ${id}`,
    );
    await on.$executeRaw(
      sql`WITH closed AS (
            UPDATE offer SET closed_at = ${now}, closed_by = ${signature}
            WHERE workspace_id = ${workspaceId} AND id = ${id} RETURNING id)
          INSERT INTO offer_event (workspace_id, offer_id, at, by, kind, details)
          SELECT ${workspaceId}, id, ${now}, ${signature}, 'closed', ${JSON.stringify({ reason })}::jsonb FROM closed`,
    );
  }

  return {
    ...createOffers(database, access),
    ...createSteps(database, access),
    ...createHolds(database, access),

    setWave: async (offerId, wave, wanted, now) => {
      requireRole(access, "manager", "admin");
      requireReason(wanted.reason);
      return withOffer(database, access, offerId, now, async (on, offer, moment) => {
        const isChanged = !offer.isClosed && (await change(on, offer, wave, wanted, now));
        if (isChanged) await applyRules(on, access, offer, moment);
        return isChanged;
      });
    },

    closeOffer: async (offerId, reason, now) => {
      requireRole(access, "manager", "admin");
      requireReason(reason);
      return withOffer(database, access, offerId, now, async (on, offer) => {
        if (!offer.isClosed) await close(on, offer, reason, now);
        return !offer.isClosed;
      });
    },

    keepRules: async (offerId, now) => {
      requireMember(access);
      // Most looks change nothing, and need not wait for whoever works on the offer.
      if (!(await isRuleDue(database, access, offerId, now))) return;
      await withOffer(database, access, offerId, now, async (on, offer, moment) => {
        if (offer.isClosed) return;
        await endClaims(on, access, offerId, now);
        await applyRules(on, access, offer, moment);
      });
    },
  };
}

function isPossible(status: string, wanted: WaveChange["status"]): boolean {
  if (wanted === "open") return status === "planned" || status === "paused";
  if (wanted === "paused") return status === "open";
  return status === "open" || status === "paused";
}

function requireReason(reason: string): void {
  if (reason.trim() === "") throw new Refused("Say why, so that others understand it later.");
}
