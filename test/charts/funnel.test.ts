import { expect, test } from "vitest";
import { funnelPoints, limitCurve } from "../../src/charts/funnel.ts";
import { altText, rungsOf } from "../../src/charts/rungs.ts";
import { chartTable } from "../../src/charts/table.ts";
import { chartText } from "../../src/charts/text.ts";
import { chartOf } from "./sample-charts.ts";

const funnel = chartOf("funnel", ["Ann", "Bob"], [], {
  title: "Results beside what was expected",
  message: "Ann brings more than chance explains.",
  series: [
    { name: "Result", values: [1.5, 0.9] },
    { name: "95 % from", values: [0.8, 0.6] },
    { name: "95 % to", values: [1.2, 1.4] },
  ],
  unit: { kind: "share" },
  categoryTitle: "Rep",
  along: {
    title: "Expected",
    unit: { kind: "money", currency: "EUR" },
    values: [400_00, 100_00],
    named: [0],
  },
});

test("a limit of points whose reach falls with the root of what was expected is one curve, on both sides of them too", () => {
  const known = [100, 400].map((along) => ({ along, share: 1 + 4 / Math.sqrt(along) }));
  for (const { x, y } of limitCurve(known, [16, 100, 144, 225, 400, 1600]))
    expect(y).toBeCloseTo(1 + 4 / Math.sqrt(x), 12);
  expect(limitCurve(known.slice(0, 1), [25])[0]?.y).toBeCloseTo(1.8, 12);
  expect(limitCurve([], [1, 2])).toEqual([]);
});

test("points stand from the left to the right, and those of which nothing is known not at all", () => {
  const odd = { ...funnel, series: [{ name: "Result", values: [1.5, 0.9, Number.NaN, 1] }] };
  const along = { ...odd, along: { ...funnel.along, values: [400, 100, 50, 0] } } as typeof funnel;
  expect(funnelPoints(along).map(({ place }) => place)).toEqual([1, 0]);
});

test("Slack cannot draw it, so it is a picture, a table, or a text that all say the same", () => {
  expect(rungsOf(funnel)).toEqual(["png", "table", "text"]);
  expect(altText(funnel)).toBe("Results beside what was expected. Ann brings more than chance explains.");
  const { columns, rows } = chartTable(funnel);
  expect(columns.map(({ title }) => title)).toEqual(["Rep", "Expected", "Result", "95 % from", "95 % to"]);
  expect(rows[0]?.map(({ text }) => text)).toEqual(["Ann", "€400", "150.0 %", "80.0 %", "120.0 %"]);
  expect(chartText(funnel).split("\n").slice(2)).toEqual([
    "     Expected  of expected  by chance",
    "Ann      €400      150.0 %  80.0 % to 120.0 %",
    "Bob      €100       90.0 %  60.0 % to 140.0 %",
  ]);
});
