import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { type DigestSettings, defaultSettings } from "../core/settings.ts";
import type { Desk } from "../desk.ts";
import type { StoreAddress } from "../store/connect.ts";
import { queueAddress } from "../store/queue-address.ts";
import type { Store } from "../store/store.ts";
import { createCompose } from "./compose-delivery.ts";
import { createDigestRunner } from "./digest-runner.ts";
import { holidaysIn } from "./holidays.ts";
import type { Messenger } from "./messenger.ts";
import { startDigestQueue } from "./queue.ts";

/** Sends digests from now on; returns what ends that. Nothing of it keeps the bot from answering. */
export function startDigests(parts: {
  readonly store: Pick<Store, "digests" | "workspace">;
  /** Where the queue finds the same store. */
  readonly address: StoreAddress;
  readonly desk: Pick<Desk, "digest">;
  readonly messenger: Messenger;
  /** The one workspace of the store that is served; every one when left out. */
  readonly onlyWorkspaceId?: string;
  readonly log: Logger;
}): () => Promise<void> {
  const { store, address, desk, messenger, onlyWorkspaceId, log } = parts;
  const ledger = store.digests;
  const settingsOf = async (workspaceId: string): Promise<DigestSettings> =>
    ((await store.workspace(workspaceId))?.settings ?? defaultSettings).digests;
  const served = onlyWorkspaceId === undefined ? {} : { workspaceId: onlyWorkspaceId };
  const runner = createDigestRunner({
    ledger,
    messenger,
    compose: createCompose({ desk, ledger, messenger, settingsOf }),
    holidaysOf: async (workspaceId) => holidaysIn((await settingsOf(workspaceId)).holidays),
    now: () => new Date(),
    sleep: (milliseconds) => sleep(milliseconds),
    log,
    ...served,
  });
  return startDigestQueue({ connection: queueAddress(address), runner, log, ...served });
}
