import { setTimeout as sleep } from "node:timers/promises";
import type { Watch } from "../intake/intake.ts";
import type { StoreAddress } from "../store/connect.ts";
import { type Child, type JobOf, startChild } from "./child.ts";
import { JobBroken } from "./job-broken.ts";
import { createLane } from "./lane.ts";
import type { Job, Outcome } from "./messages.ts";

/** Where what happens to the process is noted; pino's loggers are such. */
export type JobLog = Readonly<Record<"info" | "warn" | "error", (fields: object, message: string) => void>>;

interface JobRunnerOptions {
  readonly address: StoreAddress;
  readonly log: JobLog;
  /** After so long without a job the process leaves. */
  readonly idleMs: number;
  /** What still runs so long after the stop is cut off. */
  readonly stopLimitMs: number;
}

/** Does jobs in a process that starts with the first one, and anew with the next one after it died. */
export interface JobRunner {
  /** @throws JobBroken, or an Error whose cause is what failed in the process */
  run<Kind extends Job["kind"]>(job: JobOf<Kind>, watch: Watch): Promise<Outcome<Kind>>;
  /** Begins no other job, gives those that run a while, and resolves when no process is left. */
  stop(): Promise<void>;
}

export function createJobRunner({ address, log, idleMs, stopLimitMs }: JobRunnerOptions): JobRunner {
  // Files wait for files, which may take minutes, and a refresh for no file.
  const lanes = { files: createLane(), refresh: createLane() };
  /** Those that have not ended, the one that takes jobs and any that was told to leave. */
  const alive = new Set<Child>();
  const running = new Set<Promise<unknown>>();
  let current: Child | undefined;
  let isStopping = false;
  let idle: NodeJS.Timeout | undefined;

  function start(): Child {
    const child = startChild(address, (end) => {
      alive.delete(child);
      if (current !== child) return;
      current = undefined;
      log.error(end, "the background process died");
    });
    alive.add(child);
    log.info({ processId: child.processId }, "the background process has started");
    return child;
  }

  function leave(): void {
    if (!current) return;
    log.info({ processId: current.processId }, "the background process has nothing to do and leaves");
    const leaving = current;
    current = undefined;
    leaving.leave();
  }

  async function begin<Kind extends Job["kind"]>(job: JobOf<Kind>, watch: Watch): Promise<Outcome<Kind>> {
    if (isStopping) throw new JobBroken("stopping");
    clearTimeout(idle);
    current ??= start();
    const outcome = current.run(job, watch);
    running.add(outcome);
    try {
      return await outcome;
    } catch (error) {
      throw isStopping && error instanceof JobBroken ? new JobBroken("stopping") : error;
    } finally {
      running.delete(outcome);
      if (running.size === 0 && !isStopping) idle = setTimeout(leave, idleMs).unref();
    }
  }

  return {
    run: (job, watch) =>
      lanes[job.kind === "refresh" || job.kind === "prepare" ? "refresh" : "files"].run(
        () => begin(job, watch),
        (ahead) => watch.waiting(waitingSentence(ahead)),
      ),
    stop: async () => {
      isStopping = true;
      clearTimeout(idle);
      await Promise.race([Promise.allSettled(running), sleep(stopLimitMs, undefined, { ref: false })]);
      if (running.size > 0) {
        log.warn({ jobs: running.size }, "jobs are cut off, since the bot stops");
        const broken = current;
        current = undefined;
        broken?.kill();
      } else leave();
      await Promise.all([...alive].map(({ ended }) => ended));
    },
  };
}

function waitingSentence(ahead: number): string {
  return ahead === 1
    ? "Another import comes first. Yours begins when it is done."
    : `${ahead} other imports come first. Yours begins when they are done.`;
}
