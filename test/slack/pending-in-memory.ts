import type { Desk } from "../../src/desk.ts";

type Pending = Desk["pendingRequests"];
type LeftBehind = Awaited<ReturnType<Pending["takeOver"]>>[number];

/** What the store keeps of requests, for a desk that has no store. */
export interface PendingInMemory extends Pending {
  /** Requests that are not finished. */
  readonly open: ReadonlyMap<string, LeftBehind>;
  /** Ends every lease, as time does when a process has died. */
  letGo(): void;
}

export function pendingInMemory(): PendingInMemory {
  const seen = new Set<string>();
  const open = new Map<string, LeftBehind>();
  const free = new Set<string>();
  const keyOf = ({ workspaceId, id }: { readonly workspaceId: string; readonly id: string }) =>
    `${workspaceId} ${id}`;
  return {
    open,
    letGo: () => {
      for (const key of open.keys()) free.add(key);
    },
    async accept(request) {
      const key = keyOf(request);
      if (seen.has(key)) return false;
      seen.add(key);
      open.set(key, { ...request, attempts: 1 });
      return true;
    },
    async renew(requests) {
      for (const request of requests) free.delete(keyOf(request));
    },
    async finish(request) {
      open.delete(keyOf(request));
    },
    async takeOver() {
      const taken = [...free].flatMap((key) => open.get(key) ?? []);
      free.clear();
      for (const left of taken) open.set(keyOf(left), { ...left, attempts: left.attempts + 1 });
      return taken.map((left) => ({ ...left, attempts: left.attempts + 1 }));
    },
  };
}
