import { type Action, type Column, defineCommand, type Reply } from "../src/command.ts";
import { oneTierOrChart } from "../src/command-words.ts";
import { formatMoney } from "../src/core/money.ts";
import { type AccountList, type ListedAccount, listAccounts, requireSnapshot } from "../src/list-accounts.ts";
import { accountListActions, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../src/paging.ts";
import { accountsChart } from "../src/portfolio-charts.ts";
import { potentialListReply } from "../src/prospects/potential-list-reply.ts";
import { allFilters, formatFilters, formatQuery, type Query } from "../src/query.ts";
import type { Snapshot, VisibleTotals } from "../src/store/reads.ts";
import { worthListReply } from "../src/value/worth-list-reply.ts";
import {
  comparedDays,
  countOf,
  formatChange,
  formatCount,
  formatShare,
  formatWindow,
  scopeNotes,
  stampOf,
  wordReason,
} from "../src/wording.ts";

export default defineCommand({
  summary: "The accounts of a tier, largest first, each with its reason",
  usage: "top [A|B|C|D] [chart] [filters]",
  examples: ["top A", "top A mine", "top A chart", "top quiet 180d", "top A by ltv", "top by potential"],
  filters: allFilters,
  options: oneTierOrChart,
  helpOrder: 1,

  async run({ options, ...paged }, context) {
    const { query } = paged;
    const { isChart, tier: asked = query.filters.tier } = options;
    if (query.filters.measure === "ltv")
      return worthListReply({ command: "top", tier: asked, isChart }, paged, context);
    if (query.filters.measure === "potential")
      return potentialListReply({ tier: asked, isChart }, paged, context);
    const snapshot = await requireSnapshot(context, query);
    const list = await listAccounts(context, snapshot, query, asked, rowsToRead(paged));
    const shown = rowsToShow(list.rows, paged);
    const pages = pagesFor("top", query, list.total.accounts);
    const notes = [
      ...scopeNotes(context.access),
      ...list.notes,
      ...notesOf(snapshot, await context.store.totals(snapshot), pagePrefix(query, pages)),
    ];
    return reply({ snapshot, tier: asked, isChart, query, list, shown, pages, notes });
  },
});

function reply(answer: {
  readonly snapshot: Snapshot;
  readonly tier: string | undefined;
  readonly isChart: boolean;
  readonly query: Query;
  readonly list: AccountList;
  readonly shown: readonly ListedAccount[];
  readonly pages: number;
  readonly notes: readonly string[];
}): Reply {
  const { snapshot, tier, isChart, query, list, shown, pages, notes } = answer;
  const { total, window } = list;
  const money = (amount: number) => ({ amount, currency: snapshot.currency });
  const what = tier === undefined ? "account" : `${tier} account`;
  const filters = formatFilters(list.spoken);
  const suffix = filters.length === 0 ? "" : ` (${filters.join(" ")})`;
  return {
    headline:
      total.accounts === 0
        ? `No ${what}s${suffix}`
        : `${countOf(total.accounts, what)}${suffix}: ${formatShare(total.share)} of spend`,
    lines:
      total.accounts === 0
        ? []
        : [
            [
              { text: formatMoney(money(total.value)), style: "bold" },
              ` spent ${formatWindow(window)}, of ${countOf(list.wholeAccounts, "account")} with purchases`,
            ],
          ],
    ...(shown.length > 0 &&
      (isChart
        ? { charts: [accountsChart(shown, { title: titleOf(tier), currency: snapshot.currency, total })] }
        : { table: tableOf(shown, tier, snapshot, query) })),
    actions: [
      ...accountListActions("top", query, pages, { snapshot: snapshot.id, shown }),
      ...(shown.length > 0 ? [otherView({ tier, isChart, query, snapshot })] : []),
    ],
    notes,
    snapshot: stampOf(snapshot),
    data: {
      tier: tier ?? null,
      measure: "spend",
      asOf: snapshot.asOf,
      window,
      total: { accounts: total.accounts, value: money(total.value), share: total.share },
      rows: list.rows.map(({ change, reasons, value, owner, group, ...row }) => ({
        ...row,
        owner: owner ?? null,
        value: money(value),
        ...(change === undefined ? {} : { change: money(change) }),
        ...(query.filters.within === undefined ? {} : { group: group ?? null }),
        reasons: reasons.map((reason) => ({
          ...reason,
          text: wordReason(reason, snapshot),
        })),
      })),
    },
  };
}

/** The button to the chart of the same page, and back from it to the list. */
function otherView({
  tier,
  isChart,
  query,
  snapshot,
}: {
  readonly tier: string | undefined;
  readonly isChart: boolean;
  readonly query: Query;
  readonly snapshot: Snapshot;
}): Action {
  const words = [
    ...(tier === undefined || query.filters.tier === tier ? [] : [tier]),
    ...(isChart ? [] : ["chart"]),
  ];
  return {
    kind: "run",
    label: isChart ? "List" : "Chart",
    line: formatQuery("top", { ...query, words, snapshot: snapshot.id }),
  };
}

function titleOf(tier: string | undefined): string {
  return tier === undefined ? "Accounts by spend" : `${tier} accounts by spend`;
}

function tableOf(rows: readonly ListedAccount[], tier: string | undefined, snapshot: Snapshot, query: Query) {
  const { currency } = snapshot;
  const grouped = query.filters.within;
  const columns: readonly (Column & {
    readonly of: (row: ListedAccount) => { text: string; value?: number };
  })[] = [
    { title: "#", align: "right", of: ({ rank }) => ({ text: String(rank), value: rank }) },
    { title: "Account", of: ({ account }) => ({ text: account }) },
    ...(tier === undefined ? [{ title: "Tier", of: (row: ListedAccount) => ({ text: row.tier }) }] : []),
    {
      title: "Spend",
      align: "right",
      of: ({ value }) => ({ text: formatMoney({ amount: value, currency }), value }),
    },
    ...(rows.some(({ change }) => change !== undefined)
      ? [
          {
            title: countOf(comparedDays(snapshot), "day"),
            align: "right" as const,
            of: ({ change = 0 }: ListedAccount) => ({ text: formatChange(change, currency), value: change }),
          },
        ]
      : []),
    {
      title: "Why",
      of: ({ reasons }) => ({ text: reasons[0] ? wordReason(reasons[0], snapshot) : "" }),
    },
    ...(grouped === undefined
      ? []
      : [{ title: grouped, of: ({ group }: ListedAccount) => ({ text: group ?? "none" }) }]),
    ...(rows.some(({ owner }) => owner !== undefined)
      ? [{ title: "Owner", of: ({ owner }: ListedAccount) => ({ text: owner ?? "no owner" }) }]
      : []),
  ];
  return {
    caption: titleOf(tier),
    columns: columns.map(({ of: _, ...column }) => column),
    rows: rows.map((row) => columns.map((column) => column.of(row))),
  };
}

function notesOf(snapshot: Snapshot, { workspace }: VisibleTotals, prefix: string): readonly string[] {
  return [
    `${prefix}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ...(workspace && workspace.withoutAccount.opportunities > 0
      ? [
          workspace.withoutAccount.opportunities === 1
            ? "1 opportunity names no account and is in no tier."
            : `${formatCount(workspace.withoutAccount.opportunities)} opportunities name no account and are in no tier.`,
        ]
      : []),
    ...(workspace?.withoutRate ?? []).map(
      ({ currency, facts, amount }) =>
        `Not summed, without an exchange rate: ${countOf(facts, "sale")} in ${currency} (${formatMoney({ amount, currency })}).`,
    ),
  ];
}
