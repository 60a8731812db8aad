import type { Context } from "../command.ts";
import type { Day } from "../core/calendar.ts";
import { keepNewest } from "../core/keep-newest.ts";
import { createRandom } from "../core/random.ts";
import type { Tier } from "../core/tiers.ts";
import { type Range, rangeOf, simulateAccount } from "../core/value/simulate-account.ts";
import type { Filters, Query } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { PageOf } from "../store/page-of.ts";
import type { Snapshot } from "../store/reads.ts";
import type { ValueBasis, ValuedAccount } from "../store/values.ts";
import { UsageError } from "../usage-error.ts";
import { requireListed } from "./require-values.ts";

/** So many that the ends of a range move by about a twentieth of its width from one seed to another. */
const DRAWS = 1_000;

export interface WorthList {
  readonly basis: ValueBasis;
  readonly rows: readonly ValuedAccount[];
  /** The filters as people read them; the tier is told apart. */
  readonly spoken: Filters;
  /** How they were understood, where people should know. */
  readonly notes: readonly string[];
  /** Everything selected, also what is on other pages. Shares as fractions of the worth that the viewer sees. */
  readonly total: { readonly accounts: number; readonly worthMinor: number; readonly share: number };
  /** The sum of the positive worths that the viewer sees. */
  readonly whole: number;
  readonly wholeAccounts: number;
}

/**
 * Accounts by lifetime value, the largest first; tiers are those by lifetime value.
 *
 * @throws UsageError where there are no values, and for filters that look at a time other than the one ahead.
 */
export async function listByWorth(
  command: string,
  snapshot: Snapshot,
  query: Query,
  {
    tier,
    page,
    context,
  }: {
    readonly tier: Tier | undefined;
    readonly page: PageOf;
    readonly context: Context;
  },
): Promise<WorthList> {
  const { tier: _, ...filters } = query.filters;
  const { selection, spoken, notes, window, within } = await resolveFilters(filters, snapshot, context);
  if (window || within)
    throw new UsageError(
      "Lifetime values look ahead from the day of the data: `since`, `fy:` and `within:` work by spend only.",
    );
  const basis = await requireListed(command, snapshot, query, context);
  const found = await context.store.values(snapshot, { ...selection, ...(tier && { tier }) }, page);
  const { rows, accounts, worthMinor, whole, wholeAccounts } = found;
  const share = whole === 0 ? 0 : worthMinor / whole;
  return { basis, rows, spoken, notes, total: { accounts, worthMinor, share }, whole, wholeAccounts };
}

/** Ranges that are kept at hand for a snapshot: drawing one takes longer than all that the database is asked for a card. */
const MOST_KEPT = 2_000;
const kept = new WeakMap<ValueBasis, Map<string, Range>>();

/** What an account will be worth in four of five cases, in minor units: the same whenever it is asked of a snapshot. */
export function likelyRange(
  account: ValuedAccount,
  basis: ValueBasis,
  { id, asOf }: Pick<Snapshot, "id" | "asOf">,
): Range {
  const ranges = kept.get(basis) ?? new Map<string, Range>();
  kept.set(basis, ranges);
  const seed = `${id} ${account.accountId}`;
  const range = ranges.get(seed) ?? drawRange(account, basis, asOf, seed);
  keepNewest(ranges, seed, range, MOST_KEPT);
  return range;
}

function drawRange(account: ValuedAccount, { fit, terms }: ValueBasis, asOf: Day, seed: string): Range {
  return rangeOf(simulateAccount(fit, terms, asOf, account, createRandom(seed), DRAWS), account.worthMinor);
}
