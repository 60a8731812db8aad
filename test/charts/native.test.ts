import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Chart } from "../../src/charts/chart.ts";
import { type NativeChart, nativeChart } from "../../src/charts/native.ts";
import { validateMessage } from "../../src/playground/validate-blocks.ts";
import { anyChart } from "./any-chart.ts";
import { chartOf, falling, sampleCharts } from "./sample-charts.ts";

const problemsOf = (block: NativeChart) => validateMessage({ text: "A chart", blocks: [block] });
const letters = (count: number) => Array.from({ length: count }, (_, index) => `Account ${index + 1}`);

function drawn(chart: Chart): NativeChart {
  const block = nativeChart(chart);
  if (!block) throw new Error("not drawn");
  return block;
}

/** Labels and values of the first series, or of the slices. */
function points({ chart }: NativeChart) {
  return chart.type === "pie" ? chart.segments : (chart.series[0]?.data ?? []);
}

/** Slack adds nothing up itself: whatever a chart merges must still be in it. */
function total(block: NativeChart): number {
  return points(block).reduce((sum, { value }) => sum + value, 0);
}

test("a bar chart of money is in major units, and its axis names them", () => {
  expect(nativeChart(chartOf("bar", ["A", "B"], [123_456, 7_89], { categoryTitle: "Tier" }))).toEqual({
    type: "data_visualization",
    title: "Spend by account",
    chart: {
      type: "bar",
      series: [
        {
          name: "Spend",
          data: [
            { label: "A", value: 1235 },
            { label: "B", value: 7.89 },
          ],
        },
      ],
      axis_config: { categories: ["A", "B"], x_label: "Tier", y_label: "EUR" },
    },
  });
});

test.each([
  ["JPY", 1_234_567, 1_234_567],
  ["KWD", 12_345, 12.345],
  ["EUR", 1e15, 1e13],
])("%s has its own number of digits", (currency, value, plain) => {
  const block = drawn(chartOf("bar", ["A"], [value], { unit: { kind: "money", currency } }));
  expect(points(block)).toEqual([{ label: "A", value: plain }]);
});

test("shares are in percent", () => {
  const block = drawn(chartOf("line", ["Jan", "Feb"], [0.12345, 1], { unit: { kind: "share" } }));
  expect(points(block).map(({ value }) => value)).toEqual([12.35, 100]);
  expect(block.chart).toMatchObject({ axis_config: { y_label: "%" } });
});

describe("what Slack's chart cannot say", () => {
  test.each<[string, Chart]>([
    ["a Pareto chart", chartOf("pareto", ["A"], [1])],
    ["no categories", chartOf("bar", [], [])],
    ["no series", { ...chartOf("bar", ["A"], [1]), series: [] }],
    ["a slice of nothing", chartOf("pie", ["A", "B"], [1, 0])],
    ["a negative slice", chartOf("pie", letters(9), [9, 8, 7, 6, 5, 4, 3, 2, -1])],
    ["a value that is missing", chartOf("bar", ["A", "B"], [1, Number.NaN])],
    ["seven series", chartOf("bar", ["A"], [[1], [2], [3], [4], [5], [6], [7]])],
    ["a line of 21 points", chartOf("line", letters(21), falling(21))],
    [
      "bars of 24 months",
      chartOf(
        "bar",
        Array.from({ length: 24 }, (_, index) => `${2015 + Math.floor(index / 12)}-${(index % 12) + 1}`),
        falling(24),
      ),
    ],
  ])("%s", (_what, chart) => {
    expect(nativeChart(chart)).toBeUndefined();
  });
});

describe("too much for Slack's chart", () => {
  test("the smallest slices are merged", () => {
    const block = drawn(chartOf("pie", letters(9), [100, 900, 800, 200, 700, 600, 500, 300, 400]));
    expect(points(block)).toEqual([
      { label: "Account 2", value: 9 },
      { label: "Account 3", value: 8 },
      { label: "Account 5", value: 7 },
      { label: "Account 6", value: 6 },
      { label: "Account 7", value: 5 },
      { label: "Other (4)", value: 10 },
    ]);
  });

  test("bars from the 20th on are summed, and the axis says so", () => {
    const block = drawn(
      chartOf(
        "bar",
        letters(30),
        Array.from({ length: 30 }, () => 100),
      ),
    );
    expect(points(block)).toHaveLength(20);
    expect(points(block).at(-1)).toEqual({ label: "Other (11)", value: 11 });
    expect(block.chart).toMatchObject({ axis_config: { x_label: "Account; Other sums 11 more" } });
  });

  test("rates are not summed", () => {
    const rates = Array.from({ length: 30 }, () => 0.5);
    const block = drawn(chartOf("bar", letters(30), rates, { unit: { kind: "share" } }));
    expect(points(block).at(-1)).toEqual({ label: "Account 20", value: 50 });
    expect(block.chart).toMatchObject({ axis_config: { x_label: "Account; 10 more not shown" } });
  });
});

test("equal and long names are told apart in 20 characters, cut between what people see", () => {
  const block = drawn(
    chartOf(
      "bar",
      ["Acme", "Acme", "Brightwater Logistics GmbH", "Brightwater Logistics AG", "👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻"],
      [1, 2, 3, 4, 5],
    ),
  );
  expect(points(block).map(({ label }) => label)).toEqual([
    "Acme",
    "Acme (2)",
    "Brightwater Logisti…",
    "Brightwater L…ics AG",
    "👩‍💻👩‍💻👩‍💻…",
  ]);
});

test("a name that nobody can see is numbered", () => {
  expect(points(drawn(chartOf("bar", ["A", "\u200b"], [1, 2])))[1]?.label).toBe("Account 2");
});

test("Slack takes every sample", () => {
  for (const [name, chart] of Object.entries(sampleCharts)) {
    const block = nativeChart(chart);
    expect(block ? problemsOf(block) : [], name).toEqual([]);
  }
});

test("any chart is a valid block or none, with labels apart", () => {
  fc.assert(
    fc.property(anyChart(45), (chart) => {
      const block = nativeChart(chart);
      if (!block) return;
      expect(problemsOf(block)).toEqual([]);
      const labels = points(block).map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
    }),
    { seed: 20_260, numRuns: 150 },
  );
});

test("merging keeps the sum", () => {
  const values = fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.constantFrom("bar", "pie"), values, (kind, list) => {
      const chart = chartOf(kind, letters(list.length), list);
      const exact = list.reduce((sum, value) => sum + value, 0) / 100;
      // Every value from 100 on is rounded to a whole unit.
      expect(Math.abs(total(drawn(chart)) - exact)).toBeLessThanOrEqual(0.5 * list.length);
    }),
    { seed: 20_261 },
  );
});
