import type { Context, Entry, Reply } from "../command.ts";
import { groupBy } from "../core/group-by.ts";
import { findTrainingNeeds, type TeamCell, type TrainingNeed } from "../core/reps/training-needs.ts";
import { formatQuery, type Query } from "../query.ts";
import { oneOf, resolveFilters } from "../resolve-filters.ts";
import type { Rep, Snapshot } from "../store/reads.ts";
import type { RepSlice } from "../store/rep-results.ts";
import { UsageError } from "../usage-error.ts";
import { countOf, formatCount, formatWindow, keptDealsNotes, scopeNotes, stampOf } from "../wording.ts";
import { percent } from "./board-words.ts";
import { subjectOf } from "./finding-words.ts";

/** A rep with fewer of some deals has no say about them. */
const FEWEST_DEALS = 10;

/** What the reps whom somebody manages find harder than their other deals, most of them. For managers of reps alone. */
export async function coachTeamReply(
  snapshot: Snapshot,
  { query, team }: { readonly query: Query; readonly team: "mine" | { readonly name: string } },
  context: Context,
): Promise<Reply> {
  const { store, access } = context;
  const reps = await managedIn(team, context);
  const { team: _, owner: __, ...filters } = query.filters;
  const { window = snapshot.window } = await resolveFilters(filters, snapshot, context);
  const slices = await store.repSlices(
    snapshot,
    reps.map(({ id }) => id),
    window,
  );
  const needs = findTrainingNeeds(cellsOf(slices));
  return {
    headline:
      needs.length === 0
        ? `Nothing stands out that ${countOf(reps.length, "rep")} of yours need to train together`
        : `${countOf(needs.length, "training need")} of ${countOf(reps.length, "rep")}`,
    lines:
      needs.length === 0
        ? [["No product, industry or region is won less often than the rest by most of them, beyond chance."]]
        : [],
    entries: needs.map(needEntry),
    actions:
      reps.length === 0
        ? []
        : [
            {
              kind: "choose",
              label: "Coach a rep",
              choices: reps.map(({ name }) => ({
                label: name,
                line: formatQuery("coach", {
                  words: [],
                  filters: { owner: { kind: "name", name } },
                  page: 1,
                }),
              })),
            },
          ],
    notes: [
      "Of the reps whom you manage, for you alone. It cannot be shared.",
      `Looked at where they closed 20 deals or more together: won less often than their other deals, beyond chance over all that was looked at, and by most of those with ${FEWEST_DEALS} such deals or more.`,
      ...scopeNotes(access),
      ...keptDealsNotes(snapshot, window),
      `Deals that closed ${formatWindow(window)} · data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: { window, reps: reps.map(({ name }) => name), rows: needs },
  };
}

/** @throws UsageError for those who manage nobody, which tells nothing of anybody. */
async function managedIn(
  team: "mine" | { readonly name: string },
  { store }: Pick<Context, "store">,
): Promise<readonly Rep[]> {
  const managed = await store.managedReps();
  const reps = managed.length === 0 ? [] : await store.reps(managed);
  if (reps.length === 0)
    throw new UsageError(
      "`coach team` is for those who manage reps: whom the data names as a rep's manager, or whom an admin gives a team with `settings person <address> manager manages:<team>`.",
    );
  if (team === "mine") return reps;
  const name = oneOf("team of yours", team.name, [...new Set(reps.flatMap((rep) => rep.team ?? []))]);
  return reps.filter((rep) => rep.team === name);
}

/** What the team won of each product, industry and region, whoever made the deals. */
function cellsOf(slices: readonly RepSlice[]): readonly TeamCell[] {
  const told = slices.filter(({ dimension }) => dimension !== "tier");
  const byDimension = groupBy(told, ({ dimension }) => dimension);
  return [...byDimension.values()].flatMap((all) => {
    const [deals, won] = [sumOf(all, "deals"), sumOf(all, "won")];
    return [...groupBy(all, ({ value }) => value).values()].flatMap((own): readonly TeamCell[] => {
      const [first] = own;
      if (!first) return [];
      const [ownDeals, ownWon] = [sumOf(own, "deals"), sumOf(own, "won")];
      const elsewhere = deals > ownDeals ? (won - ownWon) / (deals - ownDeals) : 0;
      const enough = own.filter((slice) => slice.deals >= FEWEST_DEALS);
      return [
        {
          ...{ dimension: first.dimension, value: first.value, deals: ownDeals, won: ownWon },
          reps: enough.length,
          repsBelow: enough.filter((slice) => slice.won / slice.deals < elsewhere).length,
        },
      ];
    });
  });
}

function sumOf(slices: readonly RepSlice[], part: "deals" | "won"): number {
  return slices.reduce((sum, slice) => sum + slice[part], 0);
}

function needEntry(need: TrainingNeed): Entry {
  const { won, deals, elsewhere, reps, repsBelow } = need;
  return {
    lines: [
      [{ text: subjectOf(need), style: "bold" }, " is harder for the team than its other deals"],
      [
        `${formatCount(won)} of ${formatCount(deals)} closed deals were won, of the others ${percent(elsewhere)}; ${formatCount(repsBelow)} of ${countOf(reps, "rep")} with enough of them win less.`,
      ],
      [`Suggestion: one session of the team on two lost deals of it, led by whoever wins most of them.`],
    ],
  };
}
