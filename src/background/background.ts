import { resolve } from "node:path";
import { createIntake } from "../intake/create-intake.ts";
import type { Intake } from "../intake/intake.ts";
import type { StoreAddress } from "../store/connect.ts";
import type { Store } from "../store/store.ts";
import { createJobRunner, type JobLog } from "./job-runner.ts";
import { createKeeper } from "./keeper.ts";
import { realTimers } from "./refresher.ts";
import { createRemoteIntake } from "./remote-intake.ts";

const IDLE_MS = 5 * 60_000;
/** Shorter than the ten seconds after which containers are killed. */
const STOP_LIMIT_MS = 7_000;

/** What the bot has done elsewhere, so that it answers meanwhile: imports, undos and refreshes. */
export interface Background {
  /** What an admin does with files. */
  readonly intake: Intake;
  /** Computes a workspace's portfolio anew. */
  refresh(workspaceId: string): Promise<void>;
  /** From now on computes every workspace of the store anew soon after anybody changed anything. */
  keepFresh(): void;
  /** Begins nothing any more, gives what runs a few seconds, and resolves when no process is left. */
  stop(): Promise<void>;
}

/** Starts no process yet: the first job does. */
export function startBackground(parts: {
  /** The bot's own connection, for what is quick. */
  readonly store: Store;
  /** Where the process finds the same store. */
  readonly address: StoreAddress;
  readonly log: JobLog;
  /** After so long without work the process leaves. */
  readonly idleMs?: number;
  /** How long work may go on after the stop. */
  readonly stopLimitMs?: number;
}): Background {
  const { store, address, log, idleMs = IDLE_MS, stopLimitMs = STOP_LIMIT_MS } = parts;
  const now = () => new Date();
  const runner = createJobRunner({
    // The process runs in a folder of its own.
    address: "dataDir" in address ? { dataDir: resolve(address.dataDir) } : address,
    ...{ log, idleMs, stopLimitMs },
  });
  const unwatched = { progress: () => {}, waiting: () => {} };
  const refresh = (workspaceId: string) => runner.run({ kind: "refresh", workspaceId }, unwatched);
  const prepare = (workspaceId: string) => runner.run({ kind: "prepare", workspaceId }, unwatched);
  const keeper = createKeeper({ store, refresh, prepare, log, now, timers: realTimers });
  return {
    intake: createRemoteIntake(createIntake({ store, now }), runner),
    refresh,
    keepFresh: keeper.start,
    stop: async () => {
      // What the keeper waits for ends with the runner.
      await Promise.all([keeper.stop(), runner.stop()]);
    },
  };
}
