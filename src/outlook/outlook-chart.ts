import type { Chart } from "../charts/chart.ts";
import { formatMoney } from "../core/money.ts";
import type { Outlook } from "../core/outlook/outlook.ts";
import { quartersOfYear } from "../core/outlook/outlook-input.ts";
import type { SimulatedOutlook } from "../core/outlook/simulate-outlook.ts";
import { formatMid } from "./figure-words.ts";

/** What is bought in each of the twelve quarters to come, beside a quarter of the last year. */
export function outlookChart(
  { quarters }: Outlook,
  { totals: { yearMinor }, acquisition }: Pick<SimulatedOutlook, "totals" | "acquisition">,
  currency: string,
): Chart {
  const level = Math.round(yearMinor / quartersOfYear);
  const rounded = (amount: number) => Math.round(amount);
  const last = quarters.at(-1);
  const withNew = last && acquisition ? `, with new ones it is ${formatMid(last.allMinor, currency)}` : "";
  const ending = last
    ? ` In the last of those to come customers of today bring ${formatMid(last.todayMinor, currency)}${withNew}.`
    : "";
  return {
    kind: "line",
    title: "Revenue by quarter, as it would go on",
    message: `Of the last twelve months a quarter was ${formatMoney({ amount: level, currency })}.${ending}`,
    categories: quarters.map((_, at) => `+${3 * (at + 1)} mo`),
    series: [
      { name: "Customers of today", values: quarters.map(({ todayMinor }) => rounded(todayMinor.mid)) },
      ...(acquisition
        ? [{ name: "With new ones", values: quarters.map(({ allMinor }) => rounded(allMinor.mid)) }]
        : []),
      { name: "Last year's level", values: quarters.map(() => level) },
    ],
    unit: { kind: "money", currency },
    categoryTitle: "Quarter to the end of month",
  };
}
