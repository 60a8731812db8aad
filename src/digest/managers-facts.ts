import type { Context } from "../command.ts";
import { isManaging } from "../core/access.ts";
import { replacementNow } from "../health/replacement-finding.ts";
import { replacementLines } from "../outlook/replacement-words.ts";
import type { Snapshot } from "../store/reads.ts";
import { Refused } from "../store/refused.ts";
import type { DigestFacts, FoundConcentration } from "./digest-facts.ts";
import type { AskedTogether } from "./gather-facts.ts";

type Warnings = Pick<DigestFacts, "concentration" | "acquisition" | "unowned">;

export const noWarnings: Warnings = {
  concentration: undefined,
  acquisition: undefined,
  unowned: undefined,
};

/** What managers are warned of besides, over all that they see; nothing is asked where there are none. */
export async function managersFacts({
  snapshot,
  selection,
  asked,
}: AskedTogether): Promise<ReadonlyMap<Context, Warnings>> {
  const managers = asked.filter(({ context, scope }) => isManaging(context.access.role) && !scope.isShared);
  const [first] = managers;
  if (first === undefined) return new Map();
  const [acquisition, unowned] = [
    await acquisitionOf(first.context, snapshot),
    await first.context.store.unownedActions(snapshot, selection),
  ];
  const found = new Map<Context, Warnings>();
  for (const { about, context } of managers) {
    const concentration = await concentrationOf(context, snapshot, about.last?.snapshotId);
    found.set(context, { concentration, acquisition, unowned });
  }
  return found;
}

/** The largest account's share, and the same account's at the snapshot of the last digest; both lists are remembered. */
async function concentrationOf(
  { store }: Context,
  snapshot: Snapshot,
  lastId: number | undefined,
): Promise<FoundConcentration | undefined> {
  const page = { offset: 0, limit: 1 };
  const now = await store.standings(snapshot, {}, page);
  const [top] = now.rows;
  if (top === undefined || now.whole <= 0) return undefined;
  const kept = lastId === undefined || lastId === snapshot.id ? undefined : await store.snapshot(lastId);
  const before = kept && (await store.standings(kept, {}, page));
  const standing = kept && (await store.standing(kept, top.accountId));
  return {
    accountId: top.accountId,
    account: top.account,
    share: top.value / now.whole,
    before: before && standing && before.whole > 0 ? standing.value / before.whole : undefined,
  };
}

async function acquisitionOf({ store }: Context, snapshot: Snapshot): Promise<Warnings["acquisition"]> {
  const basis = await store.valueBasis(snapshot);
  if (basis === undefined) return undefined;
  try {
    const replacement = await replacementNow(store, snapshot, basis.fit);
    if (replacement === undefined || replacement.kind === "unknown" || replacement.kind === "enough")
      return undefined;
    const [line] = replacementLines(replacement);
    return line && { kind: replacement.kind, line };
  } catch (error) {
    // A portfolio that is too large to look ahead in time: a digest comes without it.
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
