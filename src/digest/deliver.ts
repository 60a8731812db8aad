import type { Logger } from "pino";
import type { DeliveryEnd, DigestDelivery, DigestLedger, TakenDelivery } from "../store/digests.ts";
import type { Compose, Composed } from "./compose-delivery.ts";
import { keyOf } from "./delivery-key.ts";
import { lookFor } from "./look-for.ts";
import type { Messenger, PostOutcome } from "./messenger.ts";
import type { Pace } from "./pace.ts";
import { type Broken, pauseAndTell } from "./tell-owner.ts";
import { type DeliveryTimes, isThereBy, retryAt } from "./times.ts";

/** A delivery that somebody should look at. */
export interface DeliveryJob {
  readonly workspaceId: string;
  readonly id: number;
  /** Where it goes, for the pace. */
  readonly target: string;
}

export interface DeliverParts {
  readonly ledger: DigestLedger;
  readonly messenger: Messenger;
  readonly compose: Compose;
  readonly pace: Pick<Pace, "hold">;
  readonly times: DeliveryTimes;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly log: Pick<Logger, "warn" | "error">;
}

/** How an attempt ended, for the ledger, by whoever holds the lease then. */
interface Ended {
  readonly taken: TakenDelivery;
  readonly end: DeliveryEnd;
  /** Why the schedule cannot go on. */
  readonly broken?: Broken;
}

/** Another worker has it, or nobody may send it any more. */
const lost = undefined;

const CONFIRM_ATTEMPTS = 4;
const CONFIRM_AGAIN_MS = 1_000;

/**
 * Does the next step of a delivery, if there is one and nobody else is at it. Returns when to come again, where that is
 * known. A crash before the ledger says that it may be sent is harmless; after it, the message is looked for before anything
 * is sent.
 */
export function createDeliver(parts: DeliverParts): (job: DeliveryJob) => Promise<Date | undefined> {
  const { ledger, messenger, compose, pace, times, now, log } = parts;

  /** Not sent, and to be tried again as long as there is hope. */
  function later({ attempts }: DigestDelivery, fault: string): DeliveryEnd {
    const notBefore = retryAt(attempts, times, now());
    return notBefore
      ? { status: "reserved", notBefore, fault, isCounted: true }
      : { status: "failed", fault };
  }

  async function attempt(taken: TakenDelivery): Promise<Ended | undefined> {
    const { delivery, schedule, maybeSent } = taken;
    const ended = (end: DeliveryEnd): Ended => ({ taken, end });
    if (maybeSent) {
      const end = await lookFor(parts, taken);
      if (end) return ended(end);
    }
    // What somebody asked to have sent again goes out all the same.
    if (schedule.paused && delivery.edition === 0) return ended({ status: "failed", fault: "paused" });
    if (delivery.attempts > times.retriesMs.length + 1)
      return ended({ status: "failed", fault: delivery.fault ?? "interrupted" });
    const composed = await compose(taken);
    switch (composed.kind) {
      case "digest":
        return send(taken, composed);
      case "nothing":
        return ended({ status: "silent" });
      case "later":
        return ended(later(delivery, composed.fault));
      case "not-allowed": {
        const broken = { code: "readers", sentence: composed.sentence, at: now().toISOString() } as const;
        return { taken, end: { status: "failed", fault: "not_allowed" }, broken };
      }
    }
  }

  async function send(
    before: TakenDelivery,
    { reply, content }: Extract<Composed, { readonly kind: "digest" }>,
  ): Promise<Ended | undefined> {
    const beganAt = now();
    const taken = await ledger.aboutToSend(before, content, beganAt, times.leaseMs);
    if (!taken) return lost;
    const { workspaceId, target } = taken.delivery;
    const lastCallMs = beganAt.getTime() + times.leaseMs - times.callMs;
    const outcome = await messenger
      .post(workspaceId, {
        target,
        isChannel: taken.schedule.isChannel,
        reply,
        key: keyOf(taken.delivery),
        isStillOurs: () => now().getTime() < lastCallMs,
      })
      .catch((err: unknown): PostOutcome => {
        log.error({ err, workspaceId, deliveryId: taken.delivery.id }, "a digest broke while it was posted");
        return { kind: "unknown", fault: "broken" };
      });
    if (outcome.kind === "limited") pace.hold(workspaceId, outcome.afterMs);
    const end = endOf(taken, outcome, beganAt);
    if (outcome.kind !== "refused") return { taken, end };
    return { taken, end, broken: { code: "slack", error: outcome.fault, at: now().toISOString() } };
  }

  function endOf({ delivery }: TakenDelivery, outcome: PostOutcome, beganAt: Date): DeliveryEnd {
    switch (outcome.kind) {
      case "posted":
        return { status: "confirmed", channelId: outcome.channelId, messageTs: outcome.messageTs };
      case "limited": {
        const notBefore = new Date(now().getTime() + outcome.afterMs);
        return { status: "reserved", notBefore, fault: outcome.fault, isCounted: false };
      }
      case "later":
        return later(delivery, outcome.fault);
      case "refused":
        return { status: "failed", fault: outcome.fault };
      case "unknown": {
        const { fault, channelId } = outcome;
        const notBefore = isThereBy(beganAt, times);
        return { status: "unconfirmed", fault, notBefore, ...(channelId !== undefined && { channelId }) };
      }
    }
  }

  /** That it arrived is worth some patience with the store: whoever does not know it has to look for it. */
  async function settle({ taken, end }: Pick<Ended, "taken" | "end">): Promise<void> {
    for (let attempts = 1; ; attempts += 1) {
      try {
        await ledger.settle(taken, end, now());
        return;
      } catch (err) {
        if (attempts === CONFIRM_ATTEMPTS || end.status !== "confirmed") throw err;
        await parts.sleep(CONFIRM_AGAIN_MS);
      }
    }
  }

  return async ({ workspaceId, id }) => {
    const taken = await ledger.take(workspaceId, id, now(), times.leaseMs);
    if (!taken) return undefined;
    const ended = await attempt(taken).catch((err: unknown): Ended => {
      log.error({ err, workspaceId, deliveryId: id }, "a digest could not be composed");
      return { taken, end: later(taken.delivery, "broken") };
    });
    if (!ended) return undefined;
    await settle(ended);
    const { end, broken } = ended;
    if (broken) await pauseAndTell(parts, taken.schedule, broken);
    return end.status === "reserved" || end.status === "unconfirmed" ? end.notBefore : undefined;
  };
}
