import type { Action, Column, Context, Reply, Table } from "../command.ts";
import type { Tier } from "../core/tiers.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { accountListActions, type Paged, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import { formatFilters, formatQuery, type Query } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { PotentialBasis, PotentialRow, Potentials } from "../store/prospects.ts";
import type { Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { formatEstimate } from "../value/value-words.ts";
import { countOf, formatShare, scopeNotes, stampOf } from "../wording.ts";
import { potentialChart } from "./potential-chart.ts";
import {
  flagByPotential,
  shareOfPotential,
  wordInterval,
  wordReasons,
  wordSignal,
} from "./potential-words.ts";
import { reasonData } from "./prospects-data.ts";
import { requirePotential } from "./require-potential.ts";

interface Asked {
  readonly tier: Tier | undefined;
  readonly isChart: boolean;
}

/** The answer to `top by potential`: customers and prospects by what they could bring in a year. */
export async function potentialListReply(asked: Asked, paged: Paged, context: Context): Promise<Reply> {
  const { tier, isChart } = asked;
  const { query } = paged;
  const { access, store } = context;
  const snapshot = await requireSnapshot(context, query);
  const { tier: _, ...filters } = query.filters;
  const { selection, spoken, notes, window, within } = await resolveFilters(filters, snapshot, context);
  if (window || within)
    throw new UsageError(
      "Potential looks ahead from the day of the data: `since`, `fy:` and `within:` work by spend only.",
    );
  const basis = await requirePotential("top", snapshot, query, context);
  const found = await store.potentials(snapshot, { ...selection, ...(tier && { tier }) }, rowsToRead(paged));
  const shown = rowsToShow(found.rows, paged);
  const pages = pagesFor("top", query, found.accounts);
  const { currency } = snapshot;
  const what = tier === undefined ? "account" : `${tier} account`;
  const title = tier === undefined ? "Accounts by potential" : `${tier} accounts by potential`;
  const { measure: __, ...named } = spoken;
  const told = formatFilters(named);
  const suffix = told.length === 0 ? "" : ` (${told.join(" ")})`;
  const sum = formatEstimate({ amount: found.potentialMinor, currency });
  return {
    headline:
      found.accounts === 0
        ? `No ${what}s by potential${suffix}`
        : `${countOf(found.accounts, what)} by potential${suffix}: ${formatShare(shareOf(found.potentialMinor, found))} of it`,
    lines: [
      ...(found.accounts === 0
        ? []
        : [
            [
              { text: sum, style: "bold" as const },
              ` margin a year estimated, of ${countOf(found.wholeAccounts, "account")}, prospects among them`,
            ],
          ]),
      [wordSignal(basis)],
      ...(basis.judged.signal ? [] : [[noBetter]]),
    ],
    ...(shown.length > 0 &&
      (isChart
        ? { charts: [potentialChart(shown, { title, currency, total: found })] }
        : { table: tableOf(shown, title, snapshot, context) })),
    actions: [
      ...accountListActions("top", query, pages, { snapshot: snapshot.id, shown }),
      ...(shown.length > 0 ? [otherView(asked, query, snapshot)] : []),
      { kind: "run", label: "Explain", line: "prospects explain" },
    ],
    notes: [
      ...scopeNotes(access),
      ...notes,
      ...(spoken.from || spoken.direction ? ["Moves are those by spend."] : []),
      "A customer's potential is what one in four like it exceeds, and at least what it brings; a likely range holds what four in five like it bring.",
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: dataOf(found, { asked, basis, snapshot, context }),
  };
}

const noBetter =
  "So tiers by potential are no better than chance for prospects, and follow what customers bring today.";

function shareOf(part: number, { whole }: Pick<Potentials, "whole">): number {
  return whole === 0 ? 0 : part / whole;
}

/** The button to the chart of the same page, and back from it to the list. */
function otherView({ tier, isChart }: Asked, query: Query, { id }: Snapshot): Action {
  const words = [
    ...(tier === undefined || query.filters.tier === tier ? [] : [tier]),
    ...(isChart ? [] : ["chart"]),
  ];
  return {
    kind: "run",
    label: isChart ? "List" : "Chart",
    line: formatQuery("top", { ...query, words, snapshot: id }),
  };
}

function tableOf(
  rows: readonly PotentialRow[],
  caption: string,
  { currency }: Snapshot,
  { access }: Context,
): Table {
  const money = (amount: number) => ({ text: formatEstimate({ amount, currency }), value: amount });
  const columns: readonly (Column & {
    readonly of: (row: PotentialRow) => { text: string; value?: number };
  })[] = [
    { title: "#", align: "right", of: ({ rank }) => ({ text: String(rank), value: rank }) },
    { title: "Account", of: ({ account }) => ({ text: account }) },
    { title: "Tier", of: (row) => ({ text: flagged(row) }) },
    { title: "Potential a year", align: "right", of: ({ potentialMinor }) => money(potentialMinor) },
    {
      title: "Likely range",
      align: "right",
      of: ({ lowMinor, highMinor }) => ({ text: wordInterval(lowMinor, highMinor, currency) }),
    },
    {
      title: "Share of estimated potential",
      align: "right",
      of: (row) => {
        const share = shareOfPotential(row);
        return share === undefined ? { text: "–" } : { text: formatShare(share), value: share };
      },
    },
    { title: "Why", of: ({ reasons }) => ({ text: wordReasons(reasons, access)[0] ?? "" }) },
    ...(rows.some(({ owner }) => owner !== undefined)
      ? [{ title: "Owner", of: ({ owner }: PotentialRow) => ({ text: owner ?? "no owner" }) }]
      : []),
  ];
  return {
    caption,
    columns: columns.map(({ of: _, ...column }) => column),
    rows: rows.map((row) => columns.map((column) => column.of(row))),
  };
}

/** The tier by potential, and the one by spend where that is another. */
function flagged({ tier, spendTier }: PotentialRow): string {
  if (spendTier === undefined) return `${tier}, prospect`;
  return tier === spendTier ? tier : `${tier}, ${spendTier} by spend`;
}

function dataOf(
  found: Potentials,
  about: {
    readonly asked: Asked;
    readonly basis: PotentialBasis;
    readonly snapshot: Snapshot;
    readonly context: Context;
  },
) {
  const { asked, basis, snapshot, context } = about;
  const money = (amount: number) => ({ amount, currency: snapshot.currency });
  return {
    tier: asked.tier ?? null,
    measure: "potential",
    asOf: snapshot.asOf,
    signal: basis.judged.signal,
    total: {
      accounts: found.accounts,
      value: money(found.potentialMinor),
      share: shareOf(found.potentialMinor, found),
    },
    rows: found.rows.map((row) => ({
      ...{ rank: row.rank, accountId: row.accountId, account: row.account, owner: row.owner ?? null },
      ...{ tier: row.tier, spendTier: row.spendTier ?? null },
      flag: flagByPotential(row.spendTier, row.tier) ?? null,
      value: money(row.potentialMinor),
      range: { low: money(row.lowMinor), high: money(row.highMinor) },
      margin: row.marginMinor === undefined ? null : money(row.marginMinor),
      shareOfPotential: shareOfPotential(row) ?? null,
      share: shareOf(row.potentialMinor, found),
      cumulativeShare: shareOf(row.cumulativeMinor, found),
      reasons: reasonData(row.reasons, context.access),
    })),
  };
}
