import fc from "fast-check";
import { expect, test } from "vitest";
import { chartTable } from "../../src/charts/table.ts";
import type { Table } from "../../src/command.ts";
import { anyChart } from "./any-chart.ts";
import { chartOf, falling } from "./sample-charts.ts";

test("a row for each category, with every digit", () => {
  const table: Table = chartTable(chartOf("bar", ["A", "\u200b"], [123_456, 700], { categoryTitle: "Tier" }));
  expect(table).toEqual({
    caption: "Spend by account",
    columns: [{ title: "Tier" }, { title: "Spend", align: "right" }],
    rows: [
      [{ text: "A" }, { text: "€1,234.56", value: 123_456 }],
      [{ text: "Tier 2" }, { text: "€7", value: 700 }],
    ],
  });
});

test("a Pareto chart adds up in its order", () => {
  const { columns, rows } = chartTable(chartOf("pareto", ["A", "B", "C"], [700, 100, 200]));
  expect(columns.map(({ title }) => title)).toEqual(["Account", "Spend", "Cumulative share"]);
  expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
    ["A", "€7", "70.0 %"],
    ["B", "€1", "80.0 %"],
    ["C", "€2", "100.0 %"],
  ]);
});

test("a total of nothing has no shares", () => {
  const { columns } = chartTable(chartOf("pareto", ["A", "B"], [100, -100]));
  expect(columns.map(({ title }) => title)).toEqual(["Account", "Spend"]);
});

test("a pie says the shares of its slices", () => {
  const { rows } = chartTable(chartOf("pie", ["A", "B"], [300, 100]));
  expect(rows.map((row) => row.at(-1)?.value)).toEqual([0.75, 0.25]);
});

test("a value that is missing is a dash", () => {
  const { rows } = chartTable(chartOf("line", ["Jan", "Feb"], [Number.NaN, 200]));
  expect(rows.map((row) => row[1])).toEqual([{ text: "–" }, { text: "€2", value: 200 }]);
});

test("a heatmap is a row for each of its rows, and says which cells are not final", () => {
  const chart = chartOf("heatmap", ["2025Q3 · 20", "2025Q4 · 31"], [], {
    series: [
      { name: "+1", values: [0.5, 0.25], unfinished: [1] },
      { name: "+2", values: [0, Number.NaN], unfinished: [0] },
    ],
    unit: { kind: "share" },
    categoryTitle: "First purchase",
  });
  const { columns, rows } = chartTable(chart);
  expect(columns.map(({ title }) => title)).toEqual(["First purchase", "+1", "+2"]);
  expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
    ["2025Q3 · 20", "50.0 %", "0.0 % so far"],
    ["2025Q4 · 31", "25.0 % so far", "–"],
  ]);
});

test("of 500 rows the first hundred are there, and the caption says so", () => {
  const names = Array.from({ length: 500 }, (_, index) => `Account ${index + 1}`);
  const { caption, rows } = chartTable(chartOf("bar", names, falling(500)));
  expect(rows).toHaveLength(100);
  expect(caption).toBe("Spend by account: the first 100 of 500 rows");
});

test("any chart is a table with equally long rows of readable cells", () => {
  fc.assert(
    fc.property(anyChart(120), (chart) => {
      const { caption, columns, rows } = chartTable(chart);
      expect(caption).not.toBe("");
      expect(rows).toHaveLength(Math.min(100, chart.categories.length));
      for (const row of rows) {
        expect(row).toHaveLength(columns.length);
        expect(row.every(({ text, value }) => text !== "" && Number.isFinite(value ?? 0))).toBe(true);
      }
    }),
    { seed: 20_262, numRuns: 80 },
  );
});
