import type { Chart } from "../charts/chart.ts";
import { cleanText, isolateDirection } from "../core/names.ts";
import type { ValuedAccount } from "../store/values.ts";
import { countOf } from "../wording.ts";
import { formatEstimate } from "./value-words.ts";

/** Accounts of a list by lifetime value, in its order; `total` is the whole list, with what is on other pages. */
export function worthChart(
  rows: readonly Pick<ValuedAccount, "account" | "worthMinor">[],
  about: {
    readonly title: string;
    readonly currency: string;
    readonly total: { readonly accounts: number; readonly worthMinor: number };
  },
): Chart {
  const { title, currency, total } = about;
  const money = (amount: number) => formatEstimate({ amount, currency });
  const left = total.accounts - rows.length;
  const [largest] = rows;
  const sum = rows.reduce((all, { worthMinor }) => all + worthMinor, 0);
  return {
    kind: "bar",
    title,
    message: largest
      ? `${isolateDirection(cleanText(largest.account)) || "An account without a name"} leads with ${money(largest.worthMinor)}; the ${countOf(rows.length, "account")} shown are expected to bring ${money(sum)} of ${money(total.worthMinor)}.`
      : "There are no accounts to look at.",
    categories: rows.map(({ account }) => account),
    series: [{ name: "Lifetime value", values: rows.map(({ worthMinor }) => worthMinor) }],
    unit: { kind: "money", currency },
    categoryTitle: "Account",
    ...(left > 0 && {
      omission: `${countOf(left, "more account")} of this list ${left === 1 ? "is" : "are"} not in the chart.`,
    }),
  };
}
