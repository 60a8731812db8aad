import type { Chart } from "./charts/chart.ts";
import type { Concentration } from "./core/concentration.ts";
import { formatMoney } from "./core/money.ts";
import { cleanText, isolateDirection } from "./core/names.ts";
import type { Tier } from "./core/tiers.ts";
import { countOf, formatCount, formatShare } from "./wording.ts";

/** The most bars in which a reader still finds one. */
const MOST_BARS = 20;

const list = new Intl.ListFormat("en-GB");

/** One tier as a bar: `value` in minor units, `share` of the spend of all tiers. */
export interface TierTotal {
  readonly tier: Tier;
  readonly accounts: number;
  readonly value: number;
  readonly share: number;
}

/** What each tier spent, in the order in which they come. */
export function tierChart(perTier: readonly TierTotal[], currency: string): Chart {
  const parts = perTier.map(
    ({ tier, accounts, value, share }) =>
      `${countOf(accounts, `${tier} account`)} ${accounts === 1 ? "makes" : "make"} ${formatShare(share)} of spend (${formatMoney({ amount: value, currency })})`,
  );
  return {
    kind: "bar",
    title: "Spend by tier",
    message: parts.length === 0 ? "There are no accounts to look at." : `${list.format(parts)}.`,
    categories: perTier.map(({ tier }) => tier),
    series: [{ name: "Spend", values: perTier.map(({ value }) => value) }],
    unit: { kind: "money", currency },
    categoryTitle: "Tier",
  };
}

/** Accounts that stand as one bar: `Acme`, or `Accounts 11 to 20`; `value` in minor units. */
export interface AccountGroup {
  readonly label: string;
  readonly accounts: number;
  readonly value: number;
}

/** How spend piles up from the largest account on: groups, largest first. */
export function paretoChart(
  groups: readonly AccountGroup[],
  currency: string,
  figures: Pick<Concentration, "top1Share" | "top20PercentShare" | "accountsFor80Percent">,
): Chart {
  const accounts = groups.reduce((sum, group) => sum + group.accounts, 0);
  const { accountsFor80Percent, top1Share, top20PercentShare } = figures;
  return {
    kind: "pareto",
    title: "Concentration of spend",
    message: `${countOf(accountsFor80Percent, "account")} of ${formatCount(accounts)} ${accountsFor80Percent === 1 ? "makes" : "make"} 80 % of spend: the largest alone ${formatShare(top1Share)}, the largest fifth ${formatShare(top20PercentShare)}.`,
    categories: groups.map(({ label }) => label),
    series: [{ name: "Spend", values: groups.map(({ value }) => value) }],
    unit: { kind: "money", currency },
    categoryTitle: "Accounts, largest first",
  };
}

/** One account as a bar: `value` in minor units. */
export interface ChartedAccount {
  readonly account: string;
  readonly value: number;
}

/** The accounts of a list by spend, in its order, at most twenty; `total` is the whole list, with what is on other pages. */
export function accountsChart(
  rows: readonly ChartedAccount[],
  about: {
    readonly title: string;
    readonly currency: string;
    readonly total: { readonly accounts: number; readonly value: number };
  },
): Chart {
  const { title, currency, total } = about;
  const shown = rows.slice(0, MOST_BARS);
  const money = (amount: number) => formatMoney({ amount, currency });
  const left = total.accounts - shown.length;
  return {
    kind: "bar",
    title,
    message: accountsMessage(shown, total, money),
    categories: shown.map(({ account }) => account),
    series: [{ name: "Spend", values: shown.map(({ value }) => value) }],
    unit: { kind: "money", currency },
    categoryTitle: "Account",
    ...(left > 0 && {
      omission: `${countOf(left, "more account")} of this list ${left === 1 ? "is" : "are"} not in the chart.`,
    }),
  };
}

function accountsMessage(
  shown: readonly ChartedAccount[],
  total: { readonly value: number },
  money: (amount: number) => string,
): string {
  const largest = shown.reduce<ChartedAccount | undefined>(
    (best, row) => (best && best.value >= row.value ? best : row),
    undefined,
  );
  if (!largest) return "There are no accounts to look at.";
  if (largest.value <= 0) return `Nothing was spent by the ${countOf(shown.length, "account")} shown.`;
  const name = isolateDirection(cleanText(largest.account)) || "An account without a name";
  if (shown.length === 1) return `${name} spent ${money(largest.value)} of ${money(total.value)}.`;
  const sum = shown.reduce((all, { value }) => all + value, 0);
  return `${name} leads with ${money(largest.value)}; the ${countOf(shown.length, "account")} shown spent ${money(sum)} of ${money(total.value)} together.`;
}
