import fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { chartText } from "../../src/charts/text.ts";
import { anyChart } from "./any-chart.ts";
import { chartOf, falling, sampleCharts } from "./sample-charts.ts";

test("bars line up behind names of any script", () => {
  expect(chartText(chartOf("bar", ["A", "北京", "شركة"], [400_00, 200_00, -100_00])).split("\n")).toEqual([
    "Spend by account",
    "The largest of them makes a third of what is spent.",
    "A      €400  ████████████████████",
    "北京   €200  ██████████",
    "شركة  -€100  ▒▒▒▒▒",
  ]);
});

test("a Pareto chart has its cumulative shares", () => {
  const lines = chartText(chartOf("pareto", ["A", "B"], [300, 100])).split("\n");
  expect(lines.slice(2)).toEqual(["A  €3   75.0 %  ████████████████████", "B  €1  100.0 %  ██████▋"]);
});

test("a long line is one line, from its start to its end", () => {
  const months = Array.from({ length: 24 }, (_, index) => `Month ${index + 1}`);
  const lines = chartText(
    chartOf(
      "line",
      months,
      months.map((_, index) => index * 100),
    ),
  ).split("\n");
  expect(lines.slice(2)).toEqual([
    "24 points, from Month 1 to Month 24:",
    "Spend  €0  €23  ▁▁▂▂▂▃▃▃▃▄▄▄▅▅▅▆▆▆▆▇▇▇██",
  ]);
});

test("a heatmap is a grid of figures, empty where nothing is yet", () => {
  const chart = chartOf("heatmap", ["2025Q3", "2025Q4"], [], {
    series: [
      { name: "+1", values: [0.5, 0.25], unfinished: [1] },
      { name: "+2", values: [0, Number.NaN], unfinished: [0] },
    ],
    unit: { kind: "share" },
  });
  expect(chartText(chart).split("\n").slice(2)).toEqual([
    "in %    +1   +2",
    "2025Q3  50    0*",
    "2025Q4  25*",
    "* so far",
  ]);
});

test("a large heatmap says what it leaves out", () => {
  const columns = Array.from({ length: 14 }, (_, index) => ({
    name: `${index}`,
    values: Array(20).fill(100),
  }));
  const names = Array.from({ length: 20 }, (_, index) => `Row ${index}`);
  const lines = chartText(chartOf("heatmap", names, [], { series: columns })).split("\n");
  expect(lines.slice(-2)).toEqual(["… and 8 more rows.", "… and 2 more columns."]);
});

test("what is left out is said", () => {
  const names = Array.from({ length: 500 }, (_, index) => `Account ${index + 1}`);
  const text = chartText(chartOf("bar", names, falling(500), { omission: "Closed accounts are not in it." }));
  expect(text).toContain("… and 488 more, together €");
  expect(text.split("\n").at(-1)).toBe("Closed accounts are not in it.");
});

test("nothing to show is said", () => {
  expect(chartText(chartOf("bar", [], []))).toContain("Nothing to show.");
});

test("every bar of a sample starts in the same column", () => {
  for (const [name, chart] of Object.entries(sampleCharts)) {
    const starts = chartText(chart)
      .split("\n")
      .filter((line) => /[\u2581-\u2592]/.test(line))
      .map((line) => stringWidth(line.slice(0, line.search(/[\u2581-\u2592]/))));
    expect(new Set(starts).size, name).toBeLessThanOrEqual(1);
  }
});

test("any chart is at most about 20 lines", () => {
  fc.assert(
    fc.property(anyChart(60), (chart) => {
      const lines = chartText(chart).split("\n");
      expect(lines.length).toBeLessThanOrEqual(20);
      expect(lines.every((line) => line.trim() !== "")).toBe(true);
    }),
    { seed: 20_263, numRuns: 100 },
  );
});
