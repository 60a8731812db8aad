import { defineCommand } from "../src/command.ts";
import { onlyWord } from "../src/command-words.ts";
import { concentration } from "../src/core/concentration.ts";
import { formatMoney } from "../src/core/money.ts";
import { dominantShare } from "../src/core/reasons.ts";
import { positiveTotal, tiers } from "../src/core/tiers.ts";
import { accountLine } from "../src/find-account.ts";
import { listAccounts, requireSnapshot } from "../src/list-accounts.ts";
import { formatFilters, formatQuery } from "../src/query.ts";
import { countOf, formatShare, formatWindow, scopeNotes, stampOf } from "../src/wording.ts";

export default defineCommand({
  summary: "How much of the portfolio hangs on how few accounts",
  usage: "mix [explain] [filters]",
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
  options: onlyWord("explain"),
  helpOrder: 4,

  async run({ options, query }, context) {
    const snapshot = await requireSnapshot(context, query);
    const { rows, window, spoken } = await listAccounts(context, snapshot, query, undefined, { offset: 0 });
    const { currency } = snapshot;
    const money = (amount: number) => ({ amount, currency });
    const figures = concentration(rows.map(({ value }) => value));
    const positive = positiveTotal(rows);
    const value = rows.reduce((sum, row) => sum + row.value, 0);
    const shareOf = (part: number) => (positive === 0 ? 0 : part / positive);
    const dominant = rows.filter((row) => shareOf(row.value) >= dominantShare);
    const perTier = tiers.map((tier) => {
      const own = rows.filter((row) => row.tier === tier);
      const sum = own.reduce((total, row) => total + row.value, 0);
      return { tier, accounts: own.length, value: sum, share: shareOf(positiveTotal(own)) };
    });
    const filters = formatFilters(spoken);
    const suffix = filters.length === 0 ? "" : ` (${filters.join(" ")})`;
    return {
      headline: figures
        ? `${countOf(figures.accountsFor80Percent, "account")} of ${rows.length} ${figures.accountsFor80Percent === 1 ? "makes" : "make"} 80 % of spend${suffix}`
        : `No spend to look at${suffix}`,
      lines: [
        [
          { text: formatMoney(money(value)), style: "bold" },
          ` spent by ${countOf(rows.length, "account")} ${formatWindow(window)}`,
        ],
        ...(figures
          ? [
              [
                dominant.length === 0
                  ? "No account holds a tenth of the spend."
                  : `${dominant.map(({ account, value: own }) => `${account} (${formatShare(shareOf(own))})`).join(", ")}: ${dominant.length === 1 ? "one account holds" : "accounts that each hold"} a tenth of the spend or more.`,
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
        ...(options.explain
          ? []
          : [
              {
                kind: "run" as const,
                label: "Explain",
                line: formatQuery("mix", { ...query, words: ["explain"] }),
              },
            ]),
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
        accounts: rows.length,
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
        flags: dominant.map(({ accountId, account, value: own }) => ({
          code: "dominant",
          accountId,
          account,
          share: shareOf(own),
        })),
      },
    };
  },
});
