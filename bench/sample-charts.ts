import type { ChartConfiguration } from "chart.js";
import type { Chart } from "../src/charts/chart.ts";

const EUR = { kind: "money", currency: "EUR" } as const;

/** A chart of every kind that answers have, in the size in which they have it. */
export const sampleCharts: readonly Chart[] = [
  {
    kind: "bar",
    title: "Spend by tier",
    message: "73 A accounts make 80.2 % of spend, the other 267 the rest.",
    categories: ["A", "B", "C", "D"],
    series: [{ name: "Spend", values: [17_678_250_00, 3_300_120_00, 880_400_00, 190_310_00] }],
    unit: EUR,
    categoryTitle: "Tier",
  },
  {
    kind: "pareto",
    title: "Concentration of spend",
    message: "73 accounts of 340 make 80 % of spend.",
    categories: Array.from({ length: 20 }, (_, index) => `Customer ${index + 1} GmbH`),
    series: [{ name: "Spend", values: Array.from({ length: 20 }, (_, index) => 2_143_750_00 / (index + 1)) }],
    unit: EUR,
    categoryTitle: "Accounts, largest first",
  },
  {
    kind: "line",
    title: "Spend by month",
    message: "Spend grew from 1.2 to 2.3 million in two years.",
    categories: Array.from(
      { length: 24 },
      (_, index) => `${2024 + Math.floor(index / 12)}-${(index % 12) + 1}`,
    ),
    series: ["New", "Existing"].map((name, place) => ({
      name,
      values: Array.from({ length: 24 }, (_, index) => 100_000_00 * (place + 1) + index * 4_321_00),
    })),
    unit: EUR,
    categoryTitle: "Month",
  },
  {
    kind: "pie",
    title: "Spend by region",
    message: "Four regions, of which North makes 40 % of spend.",
    categories: ["North", "South", "East", "West"],
    series: [{ name: "Spend", values: [40, 30, 20, 10] }],
    unit: { kind: "share" },
    categoryTitle: "Region",
  },
  {
    kind: "heatmap",
    title: "Customers who bought in later quarters",
    message: "45 of 100 new customers buy in the same quarter a year later.",
    categories: Array.from(
      { length: 8 },
      (_, row) => `${2024 + Math.floor(row / 4)}Q${(row % 4) + 1} · ${20 + row}`,
    ),
    series: Array.from({ length: 8 }, (_, column) => ({
      name: `+${column + 1}`,
      values: Array.from({ length: 8 }, (_, row) => (column < 8 - row ? 0.7 * 0.9 ** column : Number.NaN)),
      unfinished: [7 - column],
    })),
    unit: { kind: "share" },
    categoryTitle: "First purchase",
  },
  {
    kind: "funnel",
    title: "Results beside what was expected",
    message: "Chance alone brings differences like these among 30 reps.",
    categories: Array.from({ length: 30 }, (_, index) => `Rep ${index + 1}`),
    series: [0, -1.96, 1.96, -3.09, 3.09].map((reach, place) => ({
      name: ["Result", "95 % from", "95 % to", "99.8 % from", "99.8 % to"][place] ?? "",
      values: Array.from(
        { length: 30 },
        (_, index) => 1 + (place === 0 ? 0.1 * Math.sin(index) : reach / Math.sqrt(40 + 3 * index)),
      ),
    })),
    unit: { kind: "share" },
    categoryTitle: "Rep",
    along: {
      title: "Expected wins",
      unit: { kind: "count", noun: "deals" },
      values: Array.from({ length: 30 }, (_, index) => 40 + 3 * index),
      named: [3],
    },
  },
];

const bareTypes = {
  ...{ bar: "bar", pareto: "bar", heatmap: "bar", pie: "pie" },
  ...{ line: "line", area: "line", funnel: "line" },
} as const satisfies Record<Chart["kind"], ChartConfiguration["type"]>;

/** The same data as chart.js draws it by itself, in the same resolution. */
export function bareConfiguration(
  { kind, categories, series }: Chart,
  devicePixelRatio: number,
  family: string,
): ChartConfiguration {
  return {
    type: bareTypes[kind],
    data: {
      labels: [...categories],
      datasets: series.map(({ name, values }) => ({ label: name, data: [...values] })),
    },
    options: { devicePixelRatio, font: { family } },
  };
}
