import type { Access } from "./access.ts";
import type { Workspace } from "./workspaces.ts";

/** Who computes a portfolio: sees everything, and is nobody. */
export function refreshAccess({ id, settings }: Pick<Workspace, "id" | "settings">): Access {
  const everything = { mode: "all", repIds: [], owners: "all", anonymous: false } as const;
  return {
    ...{ workspaceId: id, role: undefined, timeZone: settings.timeZone, settings, ...everything },
    ...{ signature: "the refresh", userId: undefined, state: "" },
  };
}
