import type { Access } from "./access.ts";

/** Who computes a portfolio: sees everything, and is nobody. */
export function refreshAccess(workspaceId: string): Access {
  const everything = { mode: "all", timeZone: "UTC", repIds: [], owners: "all", anonymous: false } as const;
  return {
    ...{ workspaceId, role: undefined, ...everything },
    ...{ signature: "the refresh", userId: undefined, state: "" },
  };
}
