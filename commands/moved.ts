import { type Context, defineCommand } from "../src/command.ts";
import { addDays, daysBetween } from "../src/core/calendar.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { type Earlier, moveData, moveTable } from "../src/move-list.ts";
import { movedOptions, wordAgainst, wordCounts } from "../src/move-words.ts";
import { accountListActions, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../src/paging.ts";
import { accountFilters, formatFilters } from "../src/query.ts";
import { redefinedSince } from "../src/redefined-since.ts";
import { resolveFilters } from "../src/resolve-filters.ts";
import type { Snapshot } from "../src/store/reads.ts";
import { comparedDays, countOf, formatDay, scopeNotes, stampOf, wordDays } from "../src/wording.ts";

export default defineCommand({
  summary: "Which accounts changed tier, and why",
  usage: "moved [30d] [filters]",
  examples: ["moved", "moved 30d", "moved down mine"],
  filters: accountFilters,
  options: movedOptions,

  async run({ options, ...paged }, context) {
    const { query } = paged;
    const snapshot = await requireSnapshot(context, query);
    const { tier, ...filters } = query.filters;
    const { selection, spoken, notes } = await resolveFilters(filters, snapshot, context);
    const { against, previousUntil, byOtherRules } = await earlier(context, snapshot, options.days);
    const { rows, counts } = await context.store.moves(
      snapshot,
      against,
      { ...selection, ...(tier && { tier }) },
      rowsToRead(paged),
    );
    const shown = rowsToShow(rows, paged);
    const redefined = await redefinedSince(context, snapshot, against, rows);
    const moved = counts.rose + counts.fell + counts.new + counts.gone;
    const pages = pagesFor("moved", query, moved);
    const days = daysBetween(previousUntil, snapshot.asOf);
    const told = formatFilters({ ...spoken, ...(tier && { tier }) });
    const period = `${wordDays(days)}${told.length === 0 ? "" : ` (${told.join(" ")})`}`;
    const compared = wordAgainst(against, previousUntil, snapshot);
    return {
      headline:
        moved === 0
          ? `Nothing moved ${period}`
          : `${countOf(moved, "account")} moved ${period}: ${wordCounts(counts)}`,
      lines: moved === 0 ? [] : [[`Tiers on ${formatDay(snapshot.asOf)}, ${compared}.`]],
      ...(shown.length > 0 && { table: moveTable(shown, snapshot, previousUntil, redefined.byAccount) }),
      actions: accountListActions("moved", query, pages, { snapshot: snapshot.id, shown }),
      notes: [
        ...scopeNotes(context.access),
        ...notes,
        ...(against.kind === "data" && context.access.owners !== "all"
          ? ["Tiers of both days are cut among these accounts, so they may differ from those in other lists."]
          : []),
        ...redefined.notes,
        ...(byOtherRules && redefined.notes.length === 0
          ? ["It was computed with other settings, so some moves may come from those."]
          : []),
        `${pagePrefix(query, pages)}${moved === 0 ? `Compared ${compared} · ` : ""}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
      ],
      snapshot: stampOf(snapshot),
      data: moveData(rows, counts, { snapshot, against, previousUntil, redefined: redefined.byAccount }),
    };
  },
});

/** What to compare with: the snapshot's own earlier window for its own period, else the newest that is kept, else the data. */
async function earlier({ store }: Context, snapshot: Snapshot, days: number | undefined): Promise<Earlier> {
  const { asOf, previousUntil } = snapshot;
  if (days === undefined || days === comparedDays(snapshot))
    return { against: { kind: "own" }, previousUntil, byOtherRules: false };
  const until = addDays(asOf, -days);
  const kept = await store.snapshotBefore(snapshot, until);
  return kept
    ? {
        against: { kind: "snapshot", id: kept.id },
        previousUntil: kept.asOf,
        byOtherRules: kept.byOtherRules,
      }
    : { against: { kind: "data", until }, previousUntil: until, byOtherRules: false };
}
