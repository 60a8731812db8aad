import type { Chart } from "../charts/chart.ts";
import { cleanText, isolateDirection } from "../core/names.ts";
import type { PotentialRow, Potentials } from "../store/prospects.ts";
import { formatEstimate } from "../value/value-words.ts";
import { countOf } from "../wording.ts";

/** Accounts of a list by potential, in its order; `total` is the whole list, with what is on other pages. */
export function potentialChart(
  rows: readonly Pick<PotentialRow, "account" | "potentialMinor">[],
  {
    title,
    currency,
    total,
  }: { readonly title: string; readonly currency: string; readonly total: Potentials },
): Chart {
  const money = (amount: number) => formatEstimate({ amount, currency });
  const left = total.accounts - rows.length;
  const [first] = rows;
  const sum = rows.reduce((all, { potentialMinor }) => all + potentialMinor, 0);
  return {
    kind: "bar",
    title,
    message: first
      ? `${isolateDirection(cleanText(first.account)) || "An account without a name"} leads with ${money(first.potentialMinor)}; the ${countOf(rows.length, "account")} shown could bring ${money(sum)} of ${money(total.potentialMinor)} a year.`
      : "There are no accounts to look at.",
    categories: rows.map(({ account }) => account),
    series: [{ name: "Potential", values: rows.map(({ potentialMinor }) => potentialMinor) }],
    unit: { kind: "money", currency },
    categoryTitle: "Account",
    ...(left > 0 && {
      omission: `${countOf(left, "more account")} of this list ${left === 1 ? "is" : "are"} not in the chart.`,
    }),
  };
}
