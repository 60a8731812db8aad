import { type Criterion, meansSize } from "../core/cross/criteria.ts";
import { tiers } from "../core/tiers.ts";
import type { Filters } from "../query.ts";

/**
 * The filters that select a cell's accounts, beside those it was asked with; undefined where no filter says the same:
 * nothing selects those that have no value, and size classes are no values of the column.
 */
export function cellFilters(
  criteria: readonly Criterion[],
  values: readonly (string | undefined)[],
  asked: Filters,
): Filters | undefined {
  let filters: Filters | undefined = asked;
  for (const [place, criterion] of criteria.entries())
    filters = filters && narrowed(filters, criterion, values[place]);
  return filters;
}

function narrowed(filters: Filters, criterion: Criterion, value: string | undefined): Filters | undefined {
  if (value === undefined) return undefined;
  switch (criterion) {
    case "tier": {
      const tier = tiers.find((each) => each === value);
      return tier && { ...filters, tier };
    }
    case "industry":
    case "region":
    case "product":
      return { ...filters, [criterion]: value };
    case "cohort":
    case "cohort-year":
      return { ...filters, cohort: value };
    case "owner":
      return { ...filters, owner: { kind: "name", name: value } };
    case "team":
      return { ...filters, team: { name: value } };
    default: {
      if (meansSize(criterion.custom)) return undefined;
      const others = (filters.columns ?? []).filter(({ column }) => column !== criterion.custom);
      return { ...filters, columns: [...others, { column: criterion.custom, value }] };
    }
  }
}
