import type { Context } from "./command.ts";
import type { Window } from "./core/calendar.ts";
import type { Reason } from "./core/reasons.ts";
import { type Ranked, rankAccounts, type Tier } from "./core/tiers.ts";
import { nothingImported } from "./intake/first-run.ts";
import type { Filters, Query } from "./query.ts";
import { type Resolved, resolveFilters } from "./resolve-filters.ts";
import type { PageOf } from "./store/page-of.ts";
import type { GroupedSpend, Snapshot } from "./store/reads.ts";

/** One account of a list. Money in minor units of the snapshot's currency, shares as fractions of the whole. */
export interface ListedAccount {
  readonly rank: number;
  readonly accountId: string;
  readonly account: string;
  readonly owner: string | undefined;
  readonly tier: Tier;
  readonly value: number;
  readonly share: number;
  readonly cumulativeShare: number;
  /** Against the window of the same length that ended earlier; undefined where tiers are cut anew. */
  readonly change: number | undefined;
  /** What tiers were cut inside, when they were cut inside a column's values. */
  readonly group: string | undefined;
  readonly reasons: readonly Reason[];
}

export interface AccountList {
  readonly rows: readonly ListedAccount[];
  readonly window: Window;
  /** The filters as people read them; the tier is told apart. */
  readonly spoken: Filters;
  /** Everything selected, also what is on other pages. */
  readonly total: { readonly accounts: number; readonly value: number; readonly share: number };
  /** All accounts with a tier that the viewer may see. */
  readonly wholeAccounts: number;
  /** How filters were understood, where people should know. */
  readonly notes: readonly string[];
}

/**
 * The snapshot a query is about.
 *
 * @throws NothingImported
 */
export async function requireSnapshot(context: Context, query: Query): Promise<Snapshot> {
  const { store } = context;
  const snapshot =
    (query.snapshot === undefined ? undefined : await store.snapshot(query.snapshot)) ??
    (await store.snapshot());
  if (snapshot) return snapshot;
  throw await nothingImported(context);
}

/** Accounts by tier and filters, largest first: from the snapshot, or cut anew where `since`, `fy` or `within` ask for it. */
export async function listAccounts(
  context: Context,
  snapshot: Snapshot,
  query: Query,
  tier: Tier | undefined,
  page: PageOf,
): Promise<AccountList> {
  const { tier: _, ...filters } = query.filters;
  const { selection, ...others } = await resolveFilters(filters, snapshot, context);
  const resolved = { ...others, selection: { ...selection, ...(tier && { tier }) } };
  return resolved.window || resolved.within
    ? cutAnew(context, snapshot, resolved, page)
    : fromSnapshot(context, snapshot, resolved, page);
}

async function fromSnapshot(
  { store }: Context,
  snapshot: Snapshot,
  { selection, spoken, notes }: Resolved,
  page: PageOf,
): Promise<AccountList> {
  const { rows, accounts, value, whole, wholeAccounts } = await store.standings(snapshot, selection, page);
  const shareOf = (part: number) => (whole === 0 ? 0 : part / whole);
  return {
    rows: rows.map((row) => ({
      rank: row.rank,
      accountId: row.accountId,
      account: row.account,
      owner: row.owner,
      tier: row.tier,
      value: row.value,
      share: shareOf(row.value),
      cumulativeShare: shareOf(row.cumulativeValue),
      change: row.value - row.previousValue,
      group: undefined,
      reasons: row.reasons,
    })),
    window: snapshot.window,
    spoken,
    total: { accounts, value, share: shareOf(value) },
    wholeAccounts,
    notes,
  };
}

async function cutAnew(
  { store }: Context,
  snapshot: Snapshot,
  { selection, spoken, notes, window = snapshot.window, within }: Resolved,
  page: PageOf,
): Promise<AccountList> {
  const { tier, ...others } = selection;
  const everything = await store.spend(snapshot, {}, window, within);
  const selected =
    Object.keys(others).length === 0
      ? undefined
      : new Set((await store.spend(snapshot, others, window)).map(({ accountId }) => accountId));
  const details = new Map(everything.map((spend) => [spend.accountId, spend]));
  const matching = groups(everything)
    .flatMap((members) => rankAccounts(members, snapshot.cuts))
    .filter(
      (account) =>
        (tier === undefined || account.tier === tier) && (selected?.has(account.accountId) ?? true),
    );
  const shown = matching.slice(page.offset, page.limit === undefined ? undefined : page.offset + page.limit);
  const labels = await store.labels(shown.map(({ accountId }) => accountId));
  return {
    rows: shown.map((account) => ({
      ...account,
      account: labels.get(account.accountId)?.name ?? "",
      owner: labels.get(account.accountId)?.owner,
      change: undefined,
      group: details.get(account.accountId)?.group,
      reasons: reasonsOf(account, details.get(account.accountId)),
    })),
    window,
    spoken,
    total: {
      accounts: matching.length,
      value: matching.reduce((sum, { value }) => sum + value, 0),
      share: matching.reduce((sum, { share }) => sum + share, 0),
    },
    wholeAccounts: everything.length,
    notes,
  };
}

/** Accounts with the same value of the column, by that value; those without one last. */
function groups(spends: readonly GroupedSpend[]): readonly (readonly GroupedSpend[])[] {
  const names = [...new Set(spends.map(({ group }) => group))].sort((left, right) =>
    left === undefined ? 1 : right === undefined ? -1 : left.localeCompare(right, "en"),
  );
  return names.map((name) => spends.filter(({ group }) => group === name));
}

function reasonsOf(account: Ranked, spend: GroupedSpend | undefined): readonly Reason[] {
  if (!spend) return [];
  const { wins, lastWonOn } = spend;
  if (account.value < 0) return [{ code: "negative" }];
  return wins > 0 ? [{ code: "bought", wins, lastWonOn }] : [{ code: "inactive", lastWonOn }];
}
