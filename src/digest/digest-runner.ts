import type { Logger } from "pino";
import type { DigestLedger } from "../store/digests.ts";
import type { Compose } from "./compose-delivery.ts";
import { createDeliver, type DeliveryJob } from "./deliver.ts";
import { moveDue } from "./due.ts";
import type { Holidays } from "./holidays.ts";
import type { Messenger } from "./messenger.ts";
import { type Clock, createPace } from "./pace.ts";
import { tellUntold } from "./tell-owner.ts";
import { type DeliveryTimes, usualTimes } from "./times.ts";

/** What one tick hands over at most; the next one goes on. */
const MOST_QUEUED = 20_000;

/** Jobs that wait to be worked on, now or from a moment on. What is lost of them is found again by the next tick. */
export interface DeliveryQueue {
  add(jobs: readonly (DeliveryJob & { readonly notBefore: Date | undefined })[]): Promise<void>;
}

export interface DigestRunnerParts extends Clock {
  readonly ledger: DigestLedger;
  readonly messenger: Messenger;
  readonly compose: Compose;
  readonly holidaysOf: (workspaceId: string) => Promise<Holidays | undefined>;
  /** The one workspace of the store that is seen to; every one when left out. */
  readonly workspaceId?: string;
  readonly times?: DeliveryTimes;
  readonly log: Pick<Logger, "warn" | "error">;
}

/** When digests go out. Both may be called at any moment, more than once, and in many processes: the ledger decides. */
export interface DigestRunner {
  /** Reserves what is due, tells owners of what stopped, and queues what waits. */
  tick(queue: DeliveryQueue): Promise<void>;
  /** Does the next step of each job; what has to wait is queued again. */
  work(jobs: readonly DeliveryJob[], queue: DeliveryQueue): Promise<void>;
  /** Begins nothing any more; what is under way goes on. */
  stop(): void;
}

export function createDigestRunner(parts: DigestRunnerParts): DigestRunner {
  const { ledger, workspaceId, now, log } = parts;
  const pace = createPace(parts);
  const deliver = createDeliver({ ...parts, pace, times: parts.times ?? usualTimes });
  let isStopped = false;

  /** When to look at a job again; undefined where there is nothing more to do, or the next tick will know. */
  async function step(job: DeliveryJob): Promise<Date | undefined> {
    if (isStopped) return undefined;
    const held = pace.heldUntil(job.workspaceId);
    if (held) return held;
    try {
      return await deliver(job);
    } catch (err) {
      const about = { workspaceId: job.workspaceId, deliveryId: job.id };
      log.error({ err, ...about }, "a digest could not be seen to; it is taken up again");
      return undefined;
    }
  }

  return {
    async tick(queue) {
      await moveDue(parts);
      await tellUntold(parts, workspaceId);
      const waiting = await ledger.waitingDeliveries(now(), MOST_QUEUED, workspaceId);
      await queue.add(
        waiting.map(({ workspaceId, id, target }) => ({ workspaceId, id, target, notBefore: undefined })),
      );
    },

    async work(jobs, queue) {
      const done = await Promise.all(
        jobs.map(async (job) => {
          // A workspace that waits holds nobody up here.
          const held = pace.heldUntil(job.workspaceId);
          const notBefore = held ?? (await pace.inTurn(job.workspaceId, job.target, () => step(job)));
          return { ...job, notBefore };
        }),
      );
      const again = done.filter(({ notBefore }) => notBefore !== undefined);
      if (again.length > 0) await queue.add(again);
    },

    stop: () => {
      isStopped = true;
    },
  };
}
