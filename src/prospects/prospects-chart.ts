import type { Chart } from "../charts/chart.ts";
import { cleanText, isolateDirection } from "../core/names.ts";
import type { ProspectRow, Prospects } from "../store/prospects.ts";
import { formatEstimate } from "../value/value-words.ts";
import { countOf } from "../wording.ts";

/** Prospects of a list, in its order; `total` is the whole list, with what is on other pages. */
export function prospectsChart(
  rows: readonly Pick<ProspectRow, "account" | "weightedMinor">[],
  {
    title,
    currency,
    total,
  }: { readonly title: string; readonly currency: string; readonly total: Prospects },
): Chart {
  const money = (amount: number) => formatEstimate({ amount, currency });
  const left = total.accounts - rows.length;
  const [first] = rows;
  const sum = rows.reduce((all, { weightedMinor }) => all + weightedMinor, 0);
  return {
    kind: "bar",
    title,
    message: first
      ? `${isolateDirection(cleanText(first.account)) || "A prospect without a name"} leads with ${money(first.weightedMinor)}; the ${countOf(rows.length, "prospect")} shown come to ${money(sum)} of ${money(total.weightedMinor)}.`
      : "There are no prospects to look at.",
    categories: rows.map(({ account }) => account),
    series: [{ name: "Weighted potential", values: rows.map(({ weightedMinor }) => weightedMinor) }],
    unit: { kind: "money", currency },
    categoryTitle: "Prospect",
    ...(left > 0 && {
      omission: `${countOf(left, "more prospect")} of this list ${left === 1 ? "is" : "are"} not in the chart.`,
    }),
  };
}
