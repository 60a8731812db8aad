import { type Context, defineCommand } from "../src/command.ts";
import { cellsReply } from "../src/cross/cells-reply.ts";
import { crossOptions } from "../src/cross/cross-options.ts";
import { resolveCriteria } from "../src/cross/resolve-criteria.ts";
import { surprisesReply } from "../src/cross/surprises-reply.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import type { Filters, Query } from "../src/query.ts";
import { allFilters, without } from "../src/query.ts";
import { resolveFilters } from "../src/resolve-filters.ts";
import type { Snapshot } from "../src/store/reads.ts";

export default defineCommand({
  summary: "Criteria against each other, or what is surprising about them",
  usage: "cross [<criterion> <criterion> [criterion]] [list] [filters]",
  examples: ["cross", "cross industry tier", "cross product region", "cross owner cohort-year tier"],
  filters: without(allFilters, "goneQuiet", "measure", "within"),
  options: crossOptions,

  async run({ options, query: typed, rows }, context) {
    const { criteria: words, query } = withTeam(options.criteria, typed);
    const snapshot = await requireSnapshot(context, query);
    const selected = await selectionOf(query.filters, snapshot, context);
    const paged = { query, rows };
    if (words.length === 0)
      return surprisesReply(selected, { ...paged, isExplained: options.isExplained }, context);
    const { columns } = await context.store.facets(snapshot);
    const criteria = resolveCriteria(words, columns, context);
    return cellsReply(criteria, selected, { ...paged, isList: options.isList }, context);
  },
});

async function selectionOf({ tier, ...filters }: Filters, snapshot: Snapshot, context: Context) {
  const { selection, spoken, window } = await resolveFilters(filters, snapshot, context);
  const narrowed = tier && { tier };
  return { snapshot, window, selection: { ...selection, ...narrowed }, spoken: { ...spoken, ...narrowed } };
}

/** `cross tier team`: where a second criterion is missing, "team" is one and not whose accounts. */
function withTeam(criteria: readonly string[], query: Query) {
  const { team, ...filters } = query.filters;
  return criteria.length === 1 && team === "mine"
    ? { criteria: [...criteria, "team"], query: { ...query, filters } }
    : { criteria, query };
}
