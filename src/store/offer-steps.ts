import { z } from "zod";
import { isManaging } from "../core/access.ts";
import { takeStep } from "../core/offers/member-steps.ts";
import { type Actor, type Member, type Step, waveStatuses } from "../core/offers/offer.ts";
import { workerKeys } from "../core/worker-keys.ts";
import type { Access } from "./access.ts";
import type { Database } from "./connect.ts";
import { membersOf } from "./offer-members.ts";
import { applyRules, type LockedOffer, withOffer } from "./offer-rules.ts";
import type { OfferDecisions, OfferMember } from "./offers.ts";
import { NotAllowed, requireMember } from "./roles.ts";
import { type Executor, rowOf, rowsOf, sql } from "./sql.ts";

/** The work on single accounts of offers. */
export function createSteps(database: Database, access: Access): Pick<OfferDecisions, "actor" | "step"> {
  const { workspaceId, signature } = access;

  async function actorOn(on: Executor): Promise<Actor> {
    const { role, repIds } = access;
    const [key] = workerKeys(access);
    const [rep] = await rowsOf(
      on,
      z.object({ name: z.string() }),
      sql`SELECT r.name FROM current_rep_record r
          WHERE r.workspace_id = ${workspaceId} AND r.source_record_id::text = ${repIds[0] ?? ""}`,
    );
    return {
      worker: { key, name: rep?.name ?? signature },
      keys: workerKeys(access),
      isManager: isManaging(role),
    };
  }

  /** Writes what became of an account, and its line in the log, by one statement. */
  async function write(
    on: Executor,
    offer: LockedOffer,
    before: OfferMember,
    after: Member,
    { kind, details }: LogLine,
    now: Date,
  ): Promise<void> {
    const { accountId } = before;
    await on.$executeRaw(
      sql`WITH written AS (
            UPDATE offer_account SET status = ${after.status}::member_status,
              holder_key = ${after.holder?.key ?? null}, holder_name = ${after.holder?.name ?? null},
              held_until = ${after.heldUntil ?? null}::timestamptz, amount_minor = ${after.amount ?? null}::bigint,
              minutes = ${after.minutes ?? null}::int, minutes_known = ${after.minutesKnown}, reason = ${after.reason ?? null},
              resolved_at = ${after.resolvedAt ?? null}::timestamptz,
              resolved_by = ${after.resolvedAt === undefined ? null : signature}
            WHERE workspace_id = ${workspaceId} AND offer_id = ${offer.id} AND account_id = ${accountId}::uuid
            RETURNING offer_id, account_id)
          INSERT INTO offer_event (workspace_id, offer_id, at, by, account_id, kind, details)
          SELECT ${workspaceId}, offer_id, ${now}, ${signature}, account_id, ${kind}, ${JSON.stringify(details)}::jsonb
          FROM written`,
    );
  }

  return {
    actor: async () => {
      requireMember(access);
      return actorOn(database);
    },

    step: async (offerId, accountId, step, now) => {
      requireMember(access);
      return withOffer(database, access, offerId, now, async (on, offer, moment) => {
        const read = async () => {
          const [member] = await membersOf(on, access, moment, offerId, { accountId, now }, { offset: 0 });
          if (member) return member;
          throw new NotAllowed("This account is not among those of the offer that you may see.");
        };
        const member = await read();
        const outcome = takeStep(memberOf(member), {
          actor: await actorOn(on),
          step,
          now,
          wave: await statusOf(on, workspaceId, offer, member),
          terms: offer.terms,
          exclusions: member.exclusions,
          usualMinutes: member.effortMinutes,
          plannedAmount: member.value,
        });
        if (outcome.kind === "refused") return { ...outcome, member };
        if (outcome.kind === "unchanged") return { ...outcome, member, isCorrection: false, ruled: [] };
        const { isCorrection } = outcome;
        const line = logLine(step, member, outcome.member, isCorrection);
        await write(on, offer, member, outcome.member, line, now);
        const ruled = await applyRules(on, access, offer, moment);
        return { kind: "done", member: await read(), isCorrection, ruled };
      });
    },
  };
}

async function statusOf(on: Executor, workspaceId: string, offer: LockedOffer, { wave }: OfferMember) {
  if (offer.isClosed) return "closed";
  const { status } = await rowOf(
    on,
    z.object({ status: z.enum(waveStatuses) }),
    sql`SELECT status::text FROM offer_wave
        WHERE workspace_id = ${workspaceId} AND offer_id = ${offer.id} AND wave = ${wave}::wave_name`,
  );
  return status;
}

/** Without what was planned, which no step changes. */
function memberOf(whole: OfferMember): Member {
  const { accountId, wave, isHoldOut, status, holder, heldUntil } = whole;
  const { amount, minutes, minutesKnown, reason, resolvedAt } = whole;
  return {
    ...{ accountId, wave, isHoldOut, status, holder, heldUntil },
    ...{ amount, minutes, minutesKnown, reason, resolvedAt },
  };
}

interface LogLine {
  readonly kind: string;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

/** What the log says: what was chosen, and for a correction also what had been there. */
function logLine(step: Step, before: OfferMember, after: Member, isCorrection: boolean): LogLine {
  const wasHeld = before.holder === undefined ? {} : { from: before.holder.name };
  const was = {
    was: before.status,
    ...(before.amount !== undefined && { wasAmount: before.amount }),
    ...(before.minutes !== undefined && { wasMinutes: before.minutes }),
    ...(before.reason !== undefined && { wasReason: before.reason }),
  };
  switch (step.kind) {
    case "claim":
      return {
        kind: "claim",
        details: { ...(after.heldUntil && { until: after.heldUntil.toISOString() }) },
      };
    case "release":
      return { kind: "release", details: wasHeld };
    case "assign":
      return { kind: "assign", details: { to: step.to.name, ...wasHeld } };
    case "skip":
      return {
        kind: isCorrection ? "correction" : "skip",
        details: { outcome: "skipped", reason: step.reason, ...(isCorrection && was) },
      };
    case "reopen":
      return { kind: "reopen", details: { reason: step.reason, ...was } };
    case "outcome":
      return {
        kind: isCorrection ? "correction" : "outcome",
        details: {
          outcome: step.outcome,
          ...(after.amount !== undefined && { amount: after.amount }),
          ...(after.minutes !== undefined && { minutes: after.minutes, minutesKnown: after.minutesKnown }),
          ...(after.reason !== undefined && { reason: after.reason }),
          ...(isCorrection && was),
        },
      };
  }
}
