import { defineCommand } from "../src/command.ts";
import { onlyWords } from "../src/command-words.ts";
import { formatMoney } from "../src/core/money.ts";
import { accountLine } from "../src/find-account.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { paretoChart, tierChart } from "../src/portfolio-charts.ts";
import { formatFilters, formatQuery } from "../src/query.ts";
import { resolveFilters } from "../src/resolve-filters.ts";
import type { SpendGroup } from "../src/store/reads.ts";
import { countOf, formatShare, formatWindow, scopeNotes, stampOf } from "../src/wording.ts";

export default defineCommand({
  summary: "How much of the portfolio hangs on how few accounts",
  usage: "mix [explain|chart] [filters]",
  examples: ["mix", "mix mine"],
  filters: [
    "owner",
    "team",
    "product",
    "industry",
    "region",
    "cohort",
    "columns",
    "sinceDays",
    "fiscalPeriod",
  ],
  options: onlyWords("explain", "chart"),

  async run({ options, query }, context) {
    const { store } = context;
    const snapshot = await requireSnapshot(context, query);
    const { tier: _, ...asked } = query.filters;
    const { selection, spoken, window } = await resolveFilters(asked, snapshot, context);
    const found = await store.concentration(snapshot, selection, window);
    const { accounts, value, concentration: figures, groups } = found;
    const labels = await store.labels([
      ...found.dominant.map(({ accountId }) => accountId),
      ...(options.chart ? groups.flatMap(({ accountId }) => accountId ?? []) : []),
    ]);
    const nameOf = (accountId: string) => labels.get(accountId)?.name ?? "";
    const { currency } = snapshot;
    const money = (amount: number) => ({ amount, currency });
    const dominant = found.dominant.map((one) => ({ ...one, account: nameOf(one.accountId) }));
    const perTier = found.tiers.map(({ smallest: _, ...own }) => own);
    const filters = formatFilters(spoken);
    const suffix = filters.length === 0 ? "" : ` (${filters.join(" ")})`;
    const otherView = (label: string, words: readonly string[]) => {
      return { kind: "run" as const, label, line: formatQuery("mix", { ...query, words }) };
    };
    return {
      headline: figures
        ? `${countOf(figures.accountsFor80Percent, "account")} of ${accounts} ${figures.accountsFor80Percent === 1 ? "makes" : "make"} 80 % of spend${suffix}`
        : `No spend to look at${suffix}`,
      lines: [
        [
          { text: formatMoney(money(value)), style: "bold" },
          ` spent by ${countOf(accounts, "account")} ${formatWindow(window ?? snapshot.window)}`,
        ],
        ...(figures
          ? [
              [
                dominant.length === 0
                  ? "No account holds a tenth of the spend."
                  : `${dominant.map(({ account, share }) => `${account} (${formatShare(share)})`).join(", ")}: ${dominant.length === 1 ? "one account holds" : "accounts that each hold"} a tenth of the spend or more.`,
              ],
            ]
          : []),
      ],
      ...(figures && {
        facts: [
          { label: "Largest account", value: formatShare(figures.top1Share) },
          { label: "Three largest", value: formatShare(figures.top3Share) },
          { label: "Ten largest", value: formatShare(figures.top10Share) },
          { label: "Largest fifth", value: formatShare(figures.top20PercentShare) },
          { label: "95 % of spend", value: countOf(figures.accountsFor95Percent, "account") },
          { label: "99 % of spend", value: countOf(figures.accountsFor99Percent, "account") },
          ...(options.explain
            ? [
                {
                  label: "Gini",
                  value: `${figures.gini.toFixed(3)}: 0 when all accounts are equal, towards 1 when one has everything`,
                },
                {
                  label: "HHI",
                  value: `${figures.hhi.toFixed(1)}: the sum of squared shares, 10,000 when one account has everything`,
                },
              ]
            : []),
        ],
        charts: [
          options.chart
            ? paretoChart(groups.map(toBar(groups.length, nameOf)), currency, figures)
            : tierChart(perTier, currency),
        ],
        table: {
          caption: "Tiers",
          columns: [
            { title: "Tier" },
            { title: "Accounts", align: "right" as const },
            { title: "Spend", align: "right" as const },
            { title: "Share", align: "right" as const },
          ],
          rows: perTier.map((own) => [
            { text: own.tier },
            { text: String(own.accounts), value: own.accounts },
            { text: formatMoney(money(own.value)), value: own.value },
            { text: formatShare(own.share), value: own.share },
          ]),
        },
      }),
      actions: [
        { kind: "run", label: "Top A", line: "top A" },
        ...(options.explain ? [] : [otherView("Explain", ["explain"])]),
        ...(options.chart ? [otherView("Tiers", [])] : [otherView("Pareto chart", ["chart"])]),
        ...dominant.slice(0, 3).map(({ account, accountId }) => ({
          kind: "run" as const,
          label: account,
          line: accountLine("account", accountId),
        })),
        { kind: "share", label: "Share", line: formatQuery("mix", { ...query, snapshot: snapshot.id }) },
      ],
      notes: [...scopeNotes(context.access), `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`],
      snapshot: stampOf(snapshot),
      data: {
        accounts,
        value: money(value),
        gini: figures?.gini ?? null,
        hhi: figures?.hhi ?? null,
        top1Share: figures?.top1Share ?? null,
        top3Share: figures?.top3Share ?? null,
        top10Share: figures?.top10Share ?? null,
        top20PercentShare: figures?.top20PercentShare ?? null,
        accountsFor80Percent: figures?.accountsFor80Percent ?? null,
        accountsFor95Percent: figures?.accountsFor95Percent ?? null,
        accountsFor99Percent: figures?.accountsFor99Percent ?? null,
        tiers: perTier.map((own) => ({ ...own, value: money(own.value) })),
        flags: dominant.map(({ accountId, account, share }) => ({
          code: "dominant",
          accountId,
          account,
          share,
        })),
      },
    };
  },
});

/** A group as a bar of the chart: an account by its name, one of equal groups by where it lies. */
function toBar(groups: number, nameOf: (accountId: string) => string) {
  const percent = (group: number) => Math.round((100 * group) / groups);
  return ({ accountId, accounts, value }: SpendGroup, index: number) => ({
    label:
      accountId !== undefined
        ? nameOf(accountId)
        : index === 0
          ? `largest ${percent(1)} %`
          : `${percent(index)}–${percent(index + 1)} %`,
    accounts,
    value,
  });
}
