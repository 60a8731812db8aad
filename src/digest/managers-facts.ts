import type { Context } from "../command.ts";
import { isManaging } from "../core/access.ts";
import { coverageBasis } from "../coverage/coverage-basis.ts";
import { replacementNow } from "../health/replacement-finding.ts";
import { replacementLines } from "../outlook/replacement-words.ts";
import { boardRows, openPlaces, readBoard } from "../reps/read-board.ts";
import type { Selection, Snapshot } from "../store/reads.ts";
import { Refused } from "../store/refused.ts";
import type { DigestFacts, FoundBoard, FoundConcentration } from "./digest-facts.ts";
import type { AskedTogether } from "./gather-facts.ts";

type Warnings = Pick<DigestFacts, "concentration" | "acquisition" | "board" | "gaps" | "unowned">;

export const noWarnings: Warnings = {
  concentration: undefined,
  acquisition: undefined,
  board: undefined,
  gaps: undefined,
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
  const [acquisition, board, gaps, unowned] = [
    await acquisitionOf(first.context, snapshot),
    await boardOf(first.context, snapshot),
    await gapsOf(first.context, snapshot, selection),
    await first.context.store.unownedActions(snapshot, selection),
  ];
  const found = new Map<Context, Warnings>();
  for (const { about, context } of managers) {
    const concentration = await concentrationOf(context, snapshot, about.last?.snapshotId);
    found.set(context, { concentration, acquisition, board, gaps, unowned });
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

/** Reps in the order of the adjusted board; nothing where they cannot be told apart, or nobody is to be compared. */
async function boardOf(context: Context, snapshot: Snapshot): Promise<FoundBoard | undefined> {
  if (!context.access.settings.leaderboard.isOn) return undefined;
  const board = await readBoard(snapshot, { measure: "margin", deals: {}, window: snapshot.window }, context);
  const placed = boardRows(board, false).filter(({ place }) => place !== undefined);
  if (placed.length === 0) return undefined;
  const first = placed.slice(0, openPlaces).flatMap(({ repId, name, adjusted }) => {
    return adjusted ? [{ repId, name, share: adjusted.ratio }] : [];
  });
  return { reps: placed.length, first };
}

/** Accounts to serve otherwise, among all that is selected. */
async function gapsOf(
  context: Context,
  snapshot: Snapshot,
  selection: Selection,
): Promise<number | undefined> {
  const { basis } = await coverageBasis(snapshot, context);
  return unlessTooLarge(async () => {
    const { total } = await context.store.coverageGaps(snapshot, selection, basis, { offset: 0, limit: 1 });
    return total;
  });
}

async function acquisitionOf({ store }: Context, snapshot: Snapshot): Promise<Warnings["acquisition"]> {
  const basis = await store.valueBasis(snapshot);
  if (basis === undefined) return undefined;
  return unlessTooLarge(async () => {
    const replacement = await replacementNow(store, snapshot, basis.fit);
    if (replacement === undefined || replacement.kind === "unknown" || replacement.kind === "enough")
      return undefined;
    const [line] = replacementLines(replacement);
    return line && { kind: replacement.kind, line };
  });
}

/** A portfolio can be too large to look at in time: a digest comes without what it would say. */
async function unlessTooLarge<Found>(look: () => Promise<Found | undefined>): Promise<Found | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
