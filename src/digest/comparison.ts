import type { Context } from "../command.ts";
import type { Day } from "../core/calendar.ts";
import type { DigestContent } from "../store/digests.ts";
import type { Against, Snapshot } from "../store/reads.ts";

/** What tiers are compared with, and the day that it shows. */
interface Comparison {
  readonly against: Against;
  readonly since: Day;
}

/**
 * The snapshot of the last digest; where that is no longer kept, the newest before it, else the data of its day. A first
 * digest goes by the snapshot's own earlier window. Undefined where there is nothing in between.
 */
export async function comparisonWith(
  last: Pick<DigestContent, "snapshotId" | "asOf"> | undefined,
  snapshot: Snapshot,
  { store }: Pick<Context, "store">,
): Promise<Comparison | undefined> {
  if (last === undefined) return { against: { kind: "own" }, since: snapshot.previousUntil };
  if (last.snapshotId === snapshot.id) return undefined;
  const kept = await store.snapshot(last.snapshotId);
  if (kept && kept.currency === snapshot.currency)
    return { against: { kind: "snapshot", id: kept.id }, since: kept.asOf };
  const before = await store.snapshotBefore(snapshot, last.asOf);
  if (before) return { against: { kind: "snapshot", id: before.id }, since: before.asOf };
  return last.asOf < snapshot.asOf
    ? { against: { kind: "data", until: last.asOf }, since: last.asOf }
    : undefined;
}
