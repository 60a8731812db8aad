import type { Context } from "../command.ts";
import type { Window } from "../core/calendar.ts";
import { groupBy } from "../core/group-by.ts";
import { findChampions } from "../core/reps/champions.ts";
import type { LeaderRow } from "../core/reps/leaderboard.ts";
import type { RepSums } from "../core/reps/standardise.ts";
import type { Snapshot } from "../store/reads.ts";
import type { RepResult, RepSlice } from "../store/rep-results.ts";

const championed = ["product", "industry"] as const;

/** Somebody who wins more deals of a product, or in an industry, than was to be expected. */
export interface Champion {
  readonly dimension: (typeof championed)[number];
  readonly value: string;
  readonly row: LeaderRow;
}

/** Products first, by name; and how many products and industries could be looked at. */
export async function readChampions(
  snapshot: Snapshot,
  window: Window,
  { store, access }: Pick<Context, "store" | "access">,
): Promise<{ readonly champions: readonly Champion[]; readonly compared: number }> {
  const { rows: reps } = await store.repResults(snapshot, { deals: {}, window, isMature: false });
  const slices = await store.repSlices(
    snapshot,
    reps.map(({ repId }) => repId),
    window,
  );
  const known = new Map(reps.map((rep) => [rep.repId, rep]));
  const groups = championed.flatMap((dimension) =>
    [...groupBy(slices.filter(isOf(dimension)), ({ value }) => value)].map(([value, own]) => ({
      ...{ dimension, value },
      sums: own.flatMap((slice) => sumsOf(slice, known.get(slice.repId)) ?? []),
    })),
  );
  const { leastDeals } = access.settings.leaderboard;
  const found = findChampions(groups, "wins", { leastDeals });
  const champions = found.flatMap(({ champions: rows }, at) => {
    const group = groups[at];
    return group ? rows.map((row) => ({ dimension: group.dimension, value: group.value, row })) : [];
  });
  return { champions, compared: found.filter(({ outcome }) => outcome !== "too-few").length };
}

function isOf(dimension: Champion["dimension"]) {
  return (slice: RepSlice) => slice.dimension === dimension;
}

/** What was expected of these deals is as doubtful as what was of all of that rep's. */
function sumsOf(
  { repId, deals, won, expected, variance }: RepSlice,
  rep: RepResult | undefined,
): RepSums | undefined {
  if (rep === undefined) return undefined;
  const { name, doubt } = rep;
  return { ...{ repId, name, deals, won, expected, variance }, ...(doubt && { doubt }) };
}
