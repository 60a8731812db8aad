import type { Logger } from "pino";
import type { Store } from "../store/store.ts";

interface DeleteRemovedOptions {
  readonly store: Pick<Store, "installations" | "deleteWorkspace">;
  /** How long data is kept after the app was removed. */
  readonly afterDays: number;
  readonly log: Pick<Logger, "info" | "error">;
}

/** Deletes the data of workspaces that removed the app long enough ago, and says so. */
export async function deleteRemoved({ store, afterDays, log }: DeleteRemovedOptions): Promise<void> {
  for (const workspaceId of await store.installations.removedFor(afterDays)) {
    try {
      const rows = await store.deleteWorkspace(workspaceId);
      if (rows) log.info({ workspaceId, afterDays, rows }, "the data of a removed workspace was deleted");
    } catch (err) {
      log.error(
        { err, workspaceId },
        "the data of a removed workspace could not be deleted; it is tried again",
      );
    }
  }
}
