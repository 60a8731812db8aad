import type { Context } from "../command.ts";
import type { Window } from "../core/calendar.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { formatFilters, type Query } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { ProductQuestion } from "../store/product-results.ts";
import type { Snapshot } from "../store/reads.ts";

/** What was asked about: which deals, of which days. */
export interface AskedProducts extends ProductQuestion {
  readonly snapshot: Snapshot;
  readonly query: Query;
  readonly window: Window;
  /** " (industry:retail since 90d)"; nothing without filters. */
  readonly suffix: string;
}

/** @throws NothingImported, and UsageError for filters that name nothing. */
export async function productsAsked(query: Query, context: Context): Promise<AskedProducts> {
  const snapshot = await requireSnapshot(context, query);
  const { tier, ...filters } = query.filters;
  const { selection, spoken, window = snapshot.window } = await resolveFilters(filters, snapshot, context);
  const { ownerIds, industry, region } = selection;
  const told = formatFilters({ ...spoken, ...(tier && { tier }) });
  return {
    ...{ snapshot, query, window },
    deals: {
      ...(ownerIds && { repIds: ownerIds }),
      ...(industry !== undefined && { industry }),
      ...(region !== undefined && { region }),
      ...(tier && { tier }),
    },
    suffix: told.length === 0 ? "" : ` (${told.join(" ")})`,
  };
}
