import fc from "fast-check";
import { expect, test } from "vitest";
import { altText, rungsOf } from "../../src/charts/rungs.ts";
import { anyChart } from "./any-chart.ts";
import { chartOf } from "./sample-charts.ts";

test("what Slack draws itself is best left to it", () => {
  expect(rungsOf(chartOf("bar", ["A"], [1]))).toEqual(["native", "table", "png", "text"]);
  expect(rungsOf(chartOf("pareto", ["A"], [1]))).toEqual(["png", "table", "text"]);
  expect(rungsOf(chartOf("heatmap", ["A"], [1]))).toEqual(["png", "table", "text"]);
  expect(rungsOf(chartOf("bar", [], []))).toEqual(["text"]);
});

test("the alternative text says the title, the message and what is left out", () => {
  const chart = chartOf("bar", ["A"], [1], { message: "A makes it all", omission: "B is left out." });
  expect(altText(chart)).toBe("Spend by account. A makes it all. B is left out.");
});

test("the alternative text has 1 to 2,000 characters, whatever it is made of", () => {
  expect(altText(chartOf("bar", ["A"], [1], { message: "long ".repeat(2_000) }))).toHaveLength(2_000);
  fc.assert(
    fc.property(anyChart(3), (chart) => {
      expect(altText(chart).length).toBeGreaterThan(0);
      expect(altText(chart).length).toBeLessThanOrEqual(2_000);
    }),
    { seed: 20_264 },
  );
});
