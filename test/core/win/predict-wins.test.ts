import fc from "fast-check";
import { expect, test } from "vitest";
import { fitWinModel } from "../../../src/core/win/fit-win-model.ts";
import { explainWin, predictWins } from "../../../src/core/win/predict-wins.ts";
import type { WinModel } from "../../../src/core/win/win-model.ts";
import type { Feature, WinTable } from "../../../src/core/win/win-table.ts";
import { simulateDeals } from "../../helpers/simulated-deals.ts";

const { table, outcomes } = simulateDeals("predict", { rows: 2_000, effect: 0.7, missing: 0.05 });
const { model } = fitWinModel(table, outcomes);
const base: WinModel = { method: "base-rate", baseRate: 0.25, deals: 40, won: 10, parameters: {} };

const oneRow = (features: readonly Feature[]): WinTable => ({ rows: 1, features });
const level = (name: string, text: string): Feature => ({
  ...{ kind: "category", name, levels: [text], codes: Int32Array.of(0) },
});
const number = (name: string, value: number): Feature => ({
  ...{ kind: "number", name, values: Float64Array.of(value) },
});

test("a missing column, one of another kind and one without values are the same", () => {
  const rest = [number("number 1", 0.3), level("category 1", "level 2")];
  const [none, ...others] = [
    rest,
    [...rest, number("number 0", Number.NaN)],
    [...rest, number("number 0", Number.POSITIVE_INFINITY)],
    [...rest, level("number 0", "a lot")],
    [...rest.toReversed(), number("not seen before", 5)],
  ].map((features) => predictWins(model, oneRow(features)));
  for (const other of others) expect(other).toEqual(none);
});

test("a level that was never seen is told between those that were", () => {
  const at = (text: string) => predictWins(model, oneRow([level("category 0", text)])).probability[0] ?? 0;
  const seen = Array.from({ length: 6 }, (_, place) => at(`level ${place}`));
  expect(at("new")).toBeGreaterThan(Math.min(...seen));
  expect(at("new")).toBeLessThan(Math.max(...seen));
});

test("the base rate has the interval of its beta distribution", () => {
  const { probability, low, high } = predictWins(base, { rows: 2, features: [] });
  expect([...probability]).toEqual([0.25, 0.25]);
  // Oracle: quantiles of Beta(10.5, 30.5), by R's qbeta.
  expect(low[0]).toBeCloseTo(0.1727, 2);
  expect(high[0]).toBeCloseTo(0.3435, 2);
  expect(explainWin(base, { rows: 1, features: [] }, 0)).toEqual([]);
});

test("reasons are the three strongest steps from the average deal, with the values that are in the data", () => {
  for (let row = 0; row < 50; row += 1) {
    const reasons = explainWin(model, table, row);
    expect(reasons.length).toBeLessThanOrEqual(3);
    const sizes = reasons.map(({ points }) => Math.abs(points));
    expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
    for (const { feature, value } of reasons) {
      const column = table.features.find(({ name }) => name === feature);
      const own = column?.kind === "number" ? column.values[row] : column?.levels[column.codes[row] ?? -1];
      expect(value).toEqual(Number.isNaN(own) ? undefined : own);
    }
  }
});

test("reasons point to where the chance goes", () => {
  const low = explainWin(model, oneRow([number("number 0", -2)]), 0);
  const high = explainWin(model, oneRow([number("number 0", 2)]), 0);
  const pointsOf = (reasons: typeof low) =>
    reasons.find(({ feature }) => feature === "number 0")?.points ?? 0;
  const chanceAt = (value: number) =>
    predictWins(model, oneRow([number("number 0", value)])).probability[0] ?? 0;
  expect(Math.sign(pointsOf(high) - pointsOf(low))).toBe(Math.sign(chanceAt(2) - chanceAt(-2)));
  expect(pointsOf(high) * pointsOf(low)).toBeLessThan(0);
});

const cell = fc.oneof(fc.double(), fc.constantFrom(0, 1, Number.NaN, Number.MAX_VALUE, -Number.MAX_VALUE));
const anyTable = fc.integer({ min: 0, max: 160 }).chain((rows) =>
  fc.record({
    numbers: fc.array(fc.array(cell, { minLength: rows, maxLength: rows }), { maxLength: 3 }),
    categories: fc.array(fc.array(fc.integer({ min: -1, max: 4 }), { minLength: rows, maxLength: rows }), {
      maxLength: 2,
    }),
    won: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows }),
    at: fc.option(fc.array(cell, { minLength: rows, maxLength: rows }), { nil: undefined }),
    rows: fc.constant(rows),
  }),
);

test("whatever a table holds, chances are chances within their intervals", () => {
  fc.assert(
    fc.property(anyTable, ({ rows, numbers, categories, won, at }) => {
      const features: Feature[] = [
        ...numbers.map((values, place) => ({
          ...{ kind: "number" as const, name: `number ${place}` },
          values: Float64Array.from(values),
        })),
        ...categories.map((codes, place) => ({
          ...{ kind: "category" as const, name: `category ${place}`, levels: ["a", "b", "", "a"] },
          codes: Int32Array.from(codes),
        })),
      ];
      const fit = fitWinModel(
        { rows, features },
        { won: Uint8Array.from(won), ...(at && { at: Float64Array.from(at) }) },
      );
      const stored: WinModel = JSON.parse(JSON.stringify(fit.model));
      for (const shown of [{ rows, features }, table]) {
        const { probability, low, high } = predictWins(stored, shown);
        expect(probability).toHaveLength(shown.rows);
        for (const [row, chance] of probability.entries()) {
          expect(low[row]).toBeGreaterThanOrEqual(0);
          expect(chance).toBeGreaterThanOrEqual(low[row] ?? 1);
          expect(high[row]).toBeGreaterThanOrEqual(chance);
          expect(high[row]).toBeLessThanOrEqual(1);
        }
      }
      for (const { points } of explainWin(stored, table, 0)) expect(Number.isFinite(points)).toBe(true);
    }),
    { seed: 8, numRuns: 25 },
  );
});
