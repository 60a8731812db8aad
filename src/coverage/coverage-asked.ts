import type { Context } from "../command.ts";
import { formatFilters, type Query } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { CoverageBasis, RoleColumns } from "../store/coverage.ts";
import type { Selection, Snapshot } from "../store/reads.ts";
import { coverageBasis } from "./coverage-basis.ts";

/** What was asked about: which accounts, by which rules. */
export interface Asked {
  readonly snapshot: Snapshot;
  readonly query: Query;
  readonly selection: Selection;
  readonly basis: CoverageBasis;
  readonly roles: RoleColumns;
  /** " (mine industry:retail)"; nothing without filters. */
  readonly suffix: string;
  readonly notes: readonly string[];
}

/** @throws UsageError for filters that name nothing. */
export async function resolveAsked(snapshot: Snapshot, query: Query, context: Context): Promise<Asked> {
  const { tier, ...filters } = query.filters;
  const [{ selection, spoken, notes }, { basis, roles }] = await Promise.all([
    resolveFilters(filters, snapshot, context),
    coverageBasis(snapshot, context),
  ]);
  const told = formatFilters({ ...spoken, ...(tier && { tier }) });
  return {
    ...{ snapshot, query, basis, roles, notes },
    selection: { ...selection, ...(tier && { tier }) },
    suffix: told.length === 0 ? "" : ` (${told.join(" ")})`,
  };
}

export function asOfNote({ asOf, id }: Snapshot): string {
  return `Data as of ${asOf} · snapshot ${id}`;
}
