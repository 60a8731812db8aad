import type { Store } from "../store/store.ts";
import { JobBroken } from "./job-broken.ts";
import type { JobLog } from "./job-runner.ts";
import { createRefresher, type Refresher, type Refreshing, type Timers } from "./refresher.ts";

/** Between two looks for changes, whoever made them: this process, another one, a terminal. */
const LOOK_MS = 2_000;

/** Keeps the portfolios of every workspace up to date with what changes. */
export interface Keeper {
  /** Watches for changes that no snapshot has seen, before what crash they were ever made. */
  start(): void;
  /** Resolves once no refresh runs; none is begun any more. */
  stop(): Promise<void>;
}

/** Workspaces wait for themselves only: each has a refresher of its own. The same change is asked for once. */
export function createKeeper(parts: {
  readonly store: Pick<Store, "staleWorkspaces" | "unpreparedSnapshots">;
  readonly refresh: (workspaceId: string) => Promise<void>;
  /** Has answered what is mostly asked of the newest snapshot. */
  readonly prepare: (workspaceId: string) => Promise<void>;
  readonly log: Pick<JobLog, "error">;
  readonly now: () => Date;
  readonly timers: Timers;
}): Keeper {
  const { store, log, now, timers } = parts;
  const refreshers = new Map<string, Refresher>();
  let seen: ReadonlyMap<string, string> = new Map();
  let prepared: ReadonlySet<number> = new Set();
  let isStopped = false;
  let stopLooking: () => void = () => {};

  function onError(error: unknown, workspaceId?: string): void {
    if (error instanceof JobBroken && error.because === "stopping") return;
    log.error({ err: error, workspaceId }, "the portfolio could not be computed anew");
  }

  function refresherOf(workspaceId: string): Refresher {
    const known = refreshers.get(workspaceId);
    if (known) return known;
    const refresher = createRefresher({
      refresh: () => refresh(workspaceId),
      onError: (error) => onError(error, workspaceId),
      timers,
    });
    refreshers.set(workspaceId, refresher);
    return refresher;
  }

  /** Asks again whether it is due: an import has refreshed it itself by now, or another replica has. */
  async function refresh(workspaceId: string): Promise<Refreshing> {
    const stale = (await store.staleWorkspaces(now())).find((each) => each.workspaceId === workspaceId);
    if (stale?.isUnderWay) return "elsewhere";
    if (stale) await parts.refresh(workspaceId);
    return "done";
  }

  /** Each snapshot once: one that fails is asked without, and the next one is prepared again. */
  async function prepareNewest(stale: ReadonlySet<string>): Promise<void> {
    const unprepared = (await store.unpreparedSnapshots()).filter(
      ({ workspaceId }) => !stale.has(workspaceId),
    );
    const due = unprepared.filter(({ id }) => !prepared.has(id));
    prepared = new Set(unprepared.map(({ id }) => id));
    for (const { workspaceId } of due)
      parts.prepare(workspaceId).catch((error: unknown) => onError(error, workspaceId));
  }

  async function look(): Promise<void> {
    try {
      const stale = await store.staleWorkspaces(now());
      for (const { workspaceId, mark } of stale)
        if (seen.get(workspaceId) !== mark) refresherOf(workspaceId).request();
      seen = new Map(stale.map(({ workspaceId, mark }) => [workspaceId, mark]));
      await prepareNewest(new Set(seen.keys()));
    } catch (error) {
      onError(error);
    }
    if (!isStopped) stopLooking = timers.after(LOOK_MS, () => void look());
  }

  return {
    start: () => void look(),
    stop: async () => {
      isStopped = true;
      stopLooking();
      await Promise.all([...refreshers.values()].map((refresher) => refresher.stop()));
    },
  };
}
