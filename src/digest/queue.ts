import { setTimeout as sleep } from "node:timers/promises";
import PgBoss from "pg-boss";
import type { Logger } from "pino";
import { z } from "zod";
import type { DeliveryJob } from "./deliver.ts";
import type { DeliveryQueue, DigestRunner } from "./digest-runner.ts";

const BATCH = 64;
/** How often the queue looks for work. */
export interface QueueTimes {
  /** Every replica asks for a tick this often. */
  readonly askMs: number;
  /** Of those that ask within so long, one gets it. */
  readonly tickSeconds: number;
  readonly pollMs: number;
}

const usualTimes: QueueTimes = { askMs: 20_000, tickSeconds: 60, pollMs: 2_000 };

/** A queue that does not start is tried again after so long. */
const START_AGAIN_MS = 60_000;
/** What a replica that died was at is let go of; the ledger knows by then that it is waiting. */
const EXPIRE_SECONDS = 900;
const STOP_WITHIN_MS = 8_000;
const CREATE_ATTEMPTS = 10;
const CREATE_AGAIN_MS = 200;

export interface QueueParts {
  /** Where the store's database is, for a connection of its own. */
  readonly connection: PgBoss.DatabaseOptions;
  readonly runner: DigestRunner;
  /** The one workspace that this bot serves, whose jobs are its alone; every one when left out. */
  readonly workspaceId?: string;
  readonly times?: QueueTimes;
  readonly log: Pick<Logger, "error">;
}

const jobs = z.array(
  z.object({
    id: z.string(),
    data: z.object({ workspaceId: z.string(), id: z.number(), target: z.string() }),
  }),
);

/**
 * Wakes the runner up: once a minute for what is due, in one replica, and for every delivery that waits, in any. It may lose
 * jobs and bring them twice, since the ledger is what counts. Returns what stops it.
 */
export function startDigestQueue(parts: QueueParts): () => Promise<void> {
  const { connection, runner, workspaceId, times = usualTimes, log } = parts;
  const scope = workspaceId === undefined ? "" : `-${workspaceId}`;
  const names = { tick: `digest-tick${scope}`, delivery: `digest-delivery${scope}` };
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = run();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const boss = await begin();
      if (boss) {
        await Promise.all([
          askForTicks(boss),
          workOff(boss, names.tick, tick),
          workOff(boss, names.delivery, deliver),
        ]);
        await boss.stop({ graceful: false }).catch(noted("the queue of digests could not be stopped"));
      } else await pause(START_AGAIN_MS, signal);
    }
  }

  /** pg-boss's own schema, in the store's database; undefined where it does not start. */
  async function begin(): Promise<PgBoss | undefined> {
    // Ticks are asked for here, and jobs fetched: pg-boss's own loops drop what goes wrong in them on the floor.
    const boss = new PgBoss({ ...connection, max: 2, schedule: false });
    boss.on("error", noted("the queue of digests met an error"));
    try {
      await boss.start();
      for (const name of Object.values(names)) await ensureQueue(boss, name);
      return boss;
    } catch (err) {
      log.error({ err }, "the queue of digests did not start: none is sent until it does; it is tried again");
      await boss.stop({ graceful: false }).catch(noted("the queue of digests could not be stopped"));
      return undefined;
    }
  }

  /** Several replicas that make theirs at the same moment lock each other out, and all but one have to try again. */
  async function ensureQueue(boss: PgBoss, name: string): Promise<void> {
    for (let attempts = 1; !(await boss.getQueue(name)); attempts += 1) {
      try {
        await boss.createQueue(name, {
          name,
          policy: "short",
          retryLimit: 0,
          expireInSeconds: EXPIRE_SECONDS,
        });
      } catch (err) {
        if (attempts === CREATE_ATTEMPTS) throw err;
        await pause(CREATE_AGAIN_MS, signal);
      }
    }
  }

  async function askForTicks(boss: PgBoss): Promise<void> {
    while (!signal.aborted) {
      await boss
        .send(names.tick, {}, { singletonKey: "tick", singletonSeconds: times.tickSeconds })
        .catch(noted("what is due could not be asked for"));
      await pause(times.askMs, signal);
    }
  }

  type Work = (boss: PgBoss, batch: readonly unknown[]) => Promise<void>;

  async function workOff(boss: PgBoss, name: string, work: Work): Promise<void> {
    while (!signal.aborted) {
      const batch = await boss.fetch(name, { batchSize: BATCH });
      if (batch.length === 0) {
        await pause(times.pollMs, signal);
        continue;
      }
      await work(boss, batch).catch(noted("digests could not be seen to; the next tick finds them"));
      const ids = batch.map(({ id }) => id);
      await boss.complete(name, ids).catch(noted("jobs could not be ended"));
    }
  }

  const tick: Work = (boss) => runner.tick(queueOf(boss));
  const deliver: Work = async (boss, batch) => {
    await runner.work(
      jobs.parse(batch).map(({ data }) => data),
      queueOf(boss),
    );
  };

  function queueOf(boss: PgBoss): DeliveryQueue {
    return {
      add: async (some) => {
        if (some.length === 0) return;
        await boss.insert(
          some.map(({ notBefore, ...data }) => ({
            name: names.delivery,
            data: data satisfies DeliveryJob,
            singletonKey: `${data.workspaceId}/${data.id}`,
            ...(notBefore && { startAfter: notBefore.toISOString() }),
          })),
        );
      },
    };
  }

  function noted(what: string): (err: unknown) => void {
    return (err) => log.error({ err }, what);
  }

  return async () => {
    runner.stop();
    stopping.abort();
    await Promise.race([running, pause(STOP_WITHIN_MS)]);
  };
}

/** Waits so long, or until it is called off. */
async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { ref: false, ...(signal && { signal }) }).catch(() => {});
}
