import type { Chart, ChartKind, Unit } from "../../src/charts/chart.ts";

const eur: Unit = { kind: "money", currency: "EUR" };
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const companies = [
  "Brightwater Logistics",
  "Hanse Maschinenbau",
  "Kestrel Aerospace",
  "Fjord & Sons <Marine>",
  "Ostrava Steel",
  "Lumen Optics",
  "Pellworm Energie",
  "Cobalt Foods",
  "Vantage Rail",
  "Zephyr Paper",
];

/** A chart in euros about accounts, unless said otherwise. */
export function chartOf(
  kind: ChartKind,
  categories: readonly string[],
  values: readonly number[] | readonly (readonly number[])[],
  rest: Partial<Chart> = {},
): Chart {
  const all = values.every((value) => typeof value === "number") ? [values] : values;
  return {
    kind,
    title: "Spend by account",
    message: "The largest of them makes a third of what is spent.",
    categories,
    series: all.map((each, index) => ({
      name: all.length > 1 ? `Team ${"ABCDEFGH"[index]}` : "Spend",
      values: [each].flat(),
    })),
    unit: eur,
    categoryTitle: "Account",
    ...rest,
  };
}

/** So many values that fall as sizes of accounts do. */
export function falling(count: number, largest = 41_290_000): readonly number[] {
  return Array.from({ length: count }, (_, index) => Math.round(largest / (index + 1) ** 1.1));
}

/** So many values that rise and fall. */
function waving(count: number, mean = 4_000_000): readonly number[] {
  return Array.from({ length: count }, (_, index) => Math.round(mean * (1 + 0.4 * Math.sin(index / 2.3))));
}

function monthNames(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `${months[index % 12]} ${2015 + Math.floor(index / 12)}`,
  );
}

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => companies[index] ?? `Company ${index + 1} Ltd`);
}

/** Customers by quarter of first purchase, oldest first: what share bought in each later quarter that has come. */
function cohorts(count: number, columns = count, rest: Partial<Chart> = {}): Chart {
  const first = 2026 * 4 - count;
  const share = (row: number, column: number) => (0.62 + ((row * 7) % 5) / 50) * 0.9 ** column;
  return {
    kind: "heatmap",
    title: "Customers who bought in later quarters",
    message: "41 of 100 new customers buy in the same quarter a year later.",
    categories: Array.from(
      { length: count },
      (_, row) => `${Math.floor((first + row) / 4)}Q${((first + row) % 4) + 1} · ${20 + ((row * 13) % 60)}`,
    ),
    series: Array.from({ length: columns }, (_, column) => ({
      name: `+${column + 1}`,
      values: Array.from({ length: count }, (_, row) =>
        column < count - row ? share(row, column) : Number.NaN,
      ),
      unfinished: [count - column - 1],
    })),
    unit: { kind: "share" },
    categoryTitle: "First purchase",
    ...rest,
  };
}

/** Results of reps beside what was expected of each, in euros; the limits are those of a spread that falls with its root. */
function funnel(
  reps: readonly string[],
  shares: readonly number[],
  named: readonly number[],
  rest: Partial<Chart> = {},
): Chart {
  const usual = reps.map((_, index) => Math.round((900_000_00 * (1 + ((index * 11) % 17))) / 10));
  const expected = rest.along?.values ?? usual;
  const most = Math.max(...expected);
  const reach = (value: number, z: number) => z * 0.07 * Math.sqrt(most / value);
  const limit = (name: string, z: number) => ({
    name,
    values: expected.map((value) => 1 + reach(value, z)),
  });
  return {
    kind: "funnel",
    title: "Results beside what was expected",
    message: "2 of 7 reps bring more than chance explains.",
    categories: reps,
    series: [
      { name: "Result", values: shares },
      limit("95 % from", -1.96),
      limit("95 % to", 1.96),
      limit("99.8 % from", -3.09),
      limit("99.8 % to", 3.09),
    ],
    unit: { kind: "share" },
    categoryTitle: "Rep",
    along: { title: "Expected margin", unit: eur, values: expected, named },
    ...rest,
  };
}

const people = ["Anna Snelling", "Bo Li", "Cecily Lampkin", "Darcel Schlecht", "Elease Gluck", "Fay", "Gus"];
const swaying = (count: number) =>
  Array.from({ length: count }, (_, index) => 1 + 0.16 * Math.sin(index * 2.4) * Math.cos(index));

const long = "Gesellschaft für internationale Verwaltung und Beteiligungen ".repeat(5);

/** One of every kind, and what is hard to draw. */
export const sampleCharts: Readonly<Record<string, Chart>> = {
  "bar-tiers": chartOf("bar", ["A", "B", "C", "D"], [512_000_00, 231_000_00, 98_000_00, 12_500_00], {
    title: "Spend by tier",
    message: "Tier A makes 60 % of spend in the 24 months to 31 Dec 2017.",
    categoryTitle: "Tier",
  }),
  "bar-accounts": chartOf("bar", names(7), falling(7)),
  "bar-eight": chartOf("bar", names(8), falling(8), { message: "" }),
  "bar-one": chartOf("bar", ["Brightwater Logistics"], [41_290_000]),
  "bar-500": chartOf("bar", names(500), falling(500)),
  "bar-teams": chartOf("bar", ["2015", "2016", "2017"], [falling(3), waving(3, 2e7), falling(3, 3e7)]),
  "bar-teams-accounts": chartOf("bar", names(4), [falling(4), waving(4, 2e7)]),
  "bar-months": chartOf("bar", monthNames(36), waving(36), {
    title: "Spend by month",
    categoryTitle: "Month",
  }),
  "bar-owners": chartOf(
    "bar",
    ["Anna", "Bo", "Cy", "Dina", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon", "Kai", "Lea", "Mo"],
    falling(13),
  ),
  "bar-negative": chartOf("bar", names(6), [4_000_00, 900_00, -2_100_00, 50_00, -300_00, 0], {
    title: "Change by account",
  }),
  "bar-negative-tiers": chartOf("bar", ["A", "B", "C", "D"], [4_000_00, 900_00, -2_100_00, 0]),
  "bar-huge-yen": chartOf("bar", names(4), [1e15, 4e14, 2.5e13, 1], {
    unit: { kind: "money", currency: "JPY" },
  }),
  "bar-dinar": chartOf("bar", ["A", "B", "C"], [1_234_567, 250_000, 999], {
    unit: { kind: "money", currency: "KWD" },
  }),
  "bar-rates": chartOf("bar", names(5), [0.92, 0.81, 0.4, 0.333, 0.0004], {
    title: "Retention by account",
    unit: { kind: "share" },
  }),
  "bar-scripts": chartOf(
    "bar",
    [
      "شركة النور للتجارة",
      "北京科技有限公司",
      "삼성전자 주식회사",
      "🚀 Rocket 👩‍💻 Labs",
      "a\u200bb\u200dc\u2060 Zero",
      "ብርሃን ባንክ",
      "חברת השמש בע״מ",
    ],
    falling(7),
    { message: "بيع الى \u2068شركة النور للتجارة\u2069 makes 33 % of spend." },
  ),
  "bar-long-names": chartOf("bar", [`${long}A`, `${long}B`, "Short"], falling(3), {
    title: "A title of exactly fifty characters, as Slack has",
    message: long,
    omission: "Two accounts without an owner are left out, because nobody may see them.",
  }),
  "line-months": chartOf("line", monthNames(24), waving(24), {
    title: "Spend by month",
    categoryTitle: "Month",
  }),
  "line-teams": chartOf(
    "line",
    monthNames(24),
    [
      waving(24),
      falling(24, 9_000_000),
      waving(24, 2_000_000),
      falling(24, 5_000_000),
      waving(24, 1_000_000),
      falling(24, 1_000_000),
    ],
    { title: "Spend by team", categoryTitle: "Month" },
  ),
  "line-one": chartOf("line", ["Jan 2017"], [120_000]),
  "line-500": chartOf("line", names(500), waving(500)),
  "line-negative": chartOf(
    "line",
    monthNames(7),
    [5, -3, -8, 0, 2, 9, 4].map((value) => value * 1e5),
  ),
  "line-gap": chartOf("line", monthNames(7), [5, 3, Number.NaN, 0, 2, 9, 4]),
  "area-months": chartOf("area", monthNames(12), [waving(12), falling(12, 3_000_000)], {
    categoryTitle: "Month",
  }),
  "pie-tiers": chartOf("pie", ["A", "B", "C", "D"], [512_000_00, 231_000_00, 98_000_00, 12_500_00], {
    title: "Spend by tier",
  }),
  "pie-nine": chartOf("pie", names(9), falling(9)),
  "pie-one": chartOf("pie", ["Everything"], [5_000]),
  "pie-negative": chartOf("pie", names(3), [5_000, -200, 40]),
  "pareto-accounts": chartOf("pareto", names(10), falling(10), { title: "Who makes our spend" }),
  "pareto-tiers": chartOf("pareto", ["A", "B", "C", "D"], [512_000_00, 231_000_00, 98_000_00, 12_500_00]),
  "pareto-groups": chartOf(
    "pareto",
    Array.from({ length: 20 }, (_, index) => `Accounts ${10 * index + 1} to ${10 * index + 10}`),
    falling(20),
    { title: "Concentration of spend" },
  ),
  "pareto-seven": chartOf("pareto", names(7), falling(7)),
  "pareto-500": chartOf("pareto", names(500), falling(500), {
    message: "89 of 500 accounts make 80 % of spend in the 24 months to 31 Dec 2017.",
  }),
  "pareto-negative": chartOf("pareto", names(5), [5_000_00, 4_000_00, 1_000_00, 0, -2_000_00]),
  "heatmap-cohorts": cohorts(8),
  "heatmap-few": cohorts(3, 3, { message: "" }),
  "heatmap-twelve": cohorts(12),
  "heatmap-eight-by-twelve": cohorts(12, 12, {
    categories: cohorts(12).categories.slice(0, 8),
    message:
      "41 of 100 new customers buy in the same quarter a year later; those who came in 2024Q2 stay best.",
  }),
  "heatmap-many": cohorts(60),
  "heatmap-500": cohorts(500),
  "heatmap-one": cohorts(1),
  "heatmap-nothing": cohorts(5, 5, {
    series: [1, 2, 3, 4].map((column) => ({
      name: `+${column}`,
      values: [0, 1, 2, 3, 4].map((row) => (column < 5 - row ? 0 : Number.NaN)),
    })),
  }),
  "heatmap-money": cohorts(4, 4, {
    title: "What they bought since",
    series: [
      { name: "Year 1", values: [12_000_00, 9_500_00, 1_250_00, -300_00] },
      { name: "Year 2", values: [8_000_00, -2_500_00, 0, Number.NaN] },
      { name: "Year 3", values: [7_999_99, 1_000_000_00, Number.NaN, Number.NaN] },
    ],
    unit: eur,
  }),
  "heatmap-long-names": cohorts(2, 2, {
    categories: [`${long}A`, `${long}B`],
    series: [
      { name: `${long}1`, values: [0.5, 1.25] },
      { name: `${long}2`, values: [0.004, Number.NaN] },
    ],
    omission: "Two accounts without an owner are left out, because nobody may see them.",
  }),
  "funnel-one": funnel(["Anna Snelling"], [1.12], [], { message: "There is one rep to look at." }),
  "funnel-seven": funnel(people, [1.42, 0.95, 1.02, 0.7, 1.3, 1.05, 0.9], [0, 4, 3]),
  "funnel-forty": funnel(
    Array.from({ length: 40 }, (_, index) => `Rep ${index + 1}`),
    swaying(40).map((share, index) => (index === 13 ? 1.5 : index === 29 ? 0.55 : share)),
    [13, 29],
    { message: "Rep 14 brings more than chance explains, and rep 30 less." },
  ),
  "funnel-alike": funnel(
    Array.from({ length: 30 }, (_, index) => `Rep ${index + 1}`),
    swaying(30).map((share) => 1 + (share - 1) / 3),
    [],
    { message: "Chance alone brings differences like these among 30 reps." },
  ),
  "funnel-names": funnel(
    [`${long}A`, `${long}B`, "شركة النور للتجارة", "北京科技", "ብርሃን ባንክ", "Gus", "Hal"],
    [1.6, 0.4, 1.5, 0.6, 1.7, 1, 1.02],
    [0, 1, 2, 3, 4],
    { omission: "Two reps with fewer than 20 closed deals are left out." },
  ),
  "funnel-crowd": funnel(
    Array.from({ length: 12 }, (_, index) => `Representative ${index + 1}`),
    Array.from({ length: 12 }, (_, index) => 2.2 + index / 20),
    [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    {
      along: {
        title: "Expected wins",
        unit: { kind: "count", noun: "deals" },
        values: Array.from({ length: 12 }, (_, index) => 30 + 4 * index),
        named: [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
      },
    },
  ),
};
