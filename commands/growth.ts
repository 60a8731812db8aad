import { type Context, defineCommand } from "../src/command.ts";
import { onlyWords } from "../src/command-words.ts";
import { growthOf } from "../src/core/growth.ts";
import { growthActions } from "../src/growth/growth-actions.ts";
import { growthData } from "../src/growth/growth-data.ts";
import { beginningNote, beginningOf, factsOf, namedLines } from "../src/growth/growth-facts.ts";
import { bridgeChart, bridgeTable } from "../src/growth/growth-table.ts";
import { methodLines, wordGrowth } from "../src/growth/growth-words.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { accountFilters, formatFilters, formatQuery, type Query, without } from "../src/query.ts";
import { resolveFilters } from "../src/resolve-filters.ts";
import type { Selection, Snapshot } from "../src/store/reads.ts";
import { UsageError } from "../src/usage-error.ts";
import { formatDay, scopeNotes, stampOf } from "../src/wording.ts";

/** Accounts that are named of those that grew, and of those that shrank. */
const MOST_NAMED = 5;
export default defineCommand({
  summary: "This year against the year before: who stayed, grew, left and came",
  usage: "growth [chart|explain] [filters]",
  examples: ["growth", "growth mine", "growth chart"],
  filters: without(accountFilters, "from", "direction", "quietDays", "goneQuiet"),
  options: onlyWords("chart", "explain"),

  async run({ options, query }, context) {
    const snapshot = await requireSnapshot(context, query);
    const { tier, ...filters } = query.filters;
    const resolved = await resolveFilters(filters, snapshot, context);
    const figures = await figuresOf(
      context,
      snapshot,
      { ...resolved.selection, ...(tier && { tier }) },
      query,
    );
    const growth = growthOf(figures.paths);
    const { currency } = snapshot;
    const spoken = formatFilters({ ...resolved.spoken, ...(tier && { tier }) });
    const suffix = spoken.length === 0 ? "" : ` (${spoken.join(" ")})`;
    const knownFrom = beginningOf(figures, snapshot);
    const headline = wordGrowth(growth, { currency, suffix, knownFrom });
    const isEmpty = figures.paths.length === 0;
    return {
      headline,
      lines: [...(options.explain ? methodLines.map((line) => [line]) : namedLines(figures, currency))],
      facts: isEmpty ? [] : factsOf(growth, currency),
      ...(!isEmpty &&
        (options.chart
          ? { charts: [bridgeChart(growth, currency, `${headline}.`)] }
          : { table: bridgeTable(growth, currency) })),
      actions: growthActions(figures, query, options, snapshot.id),
      notes: [
        ...scopeNotes(context.access),
        ...beginningNote(knownFrom, snapshot),
        `Twelve months to ${formatDay(snapshot.asOf)} against the twelve before · Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
      ],
      snapshot: stampOf(snapshot),
      data: growthData(growth, figures, snapshot),
    };
  },
});

/** @throws UsageError for a snapshot of before growth was kept. */
async function figuresOf({ store }: Context, snapshot: Snapshot, selection: Selection, query: Query) {
  const figures = await store.growth(snapshot, selection, MOST_NAMED);
  if (figures) return figures;
  const { snapshot: _, ...newest } = query;
  throw new UsageError(
    `Snapshot ${snapshot.id} was made before growth was kept. The next one has it: it is made when data is imported or refreshed.`,
    query.snapshot === undefined ? [] : [{ label: "Newest", line: formatQuery("growth", newest) }],
  );
}
