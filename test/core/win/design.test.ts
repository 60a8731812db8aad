import fc from "fast-check";
import { expect, test } from "vitest";
import {
  chanceOf,
  createDesign,
  linearPredictor,
  linearPredictors,
  predictionVariance,
  predictionVariances,
} from "../../../src/core/win/design.ts";
import { dense, designs } from "./dense-design.ts";

test("columns are the intercept, the numbers, then the levels", () => {
  const design = createDesign(
    3,
    [
      [1, 2, 3],
      [-1, -2, -3],
    ],
    [
      { levels: 2, codes: [0, 1, -1] },
      { levels: 3, codes: [2, -1, 0] },
    ],
  );
  expect(design.columns).toBe(8);
  expect(dense(design)).toEqual([
    [1, 1, -1, 1, 0, 0, 0, 1],
    [1, 2, -2, 0, 1, 0, 0, 0],
    [1, 3, -3, 0, 0, 1, 0, 0],
  ]);
});

test("a level that there is no column for is none", () => {
  const design = createDesign(4, [], [{ levels: 2, codes: [2, 99, -5, 1] }]);
  expect([...design.levels]).toEqual([-1, -1, -1, 2]);
  expect(linearPredictor(design, Float64Array.of(0.5, 1, 2), 1)).toBe(0.5);
});

// Oracle: the same sums over all columns, those that are 0 too.
test("predictors and their variances are those of the dense rows", () => {
  fc.assert(
    fc.property(designs, fc.integer(), (design, seed) => {
      const { columns } = design;
      const weights = Float64Array.from({ length: columns }, (_, column) => Math.sin(seed + column));
      const covariance = new Float64Array(columns * columns);
      for (let i = 0; i < columns; i += 1) {
        for (let j = 0; j < columns; j += 1) covariance[i * columns + j] = Math.cos(seed + i + j);
      }
      const [predictors, variances] = [
        linearPredictors(design, weights),
        predictionVariances(design, covariance),
      ];
      for (const [row, cells] of dense(design).entries()) {
        const predictor = cells.reduce((sum, cell, column) => sum + cell * (weights[column] ?? 0), 0);
        const variance = cells.reduce(
          (sum, cell, i) =>
            cells.reduce((all, other, j) => all + cell * other * (covariance[i * columns + j] ?? 0), sum),
          0,
        );
        expect(predictors[row]).toBeCloseTo(predictor, 8);
        expect(variances[row]).toBeCloseTo(variance, 8);
        expect(linearPredictor(design, weights, row)).toBe(predictors[row]);
        expect(predictionVariance(design, covariance, row)).toBe(variances[row]);
      }
    }),
    { seed: 8 },
  );
});

test("log-odds of any size are a chance", () => {
  expect([-1e9, 0, 1e9].map(chanceOf)).toEqual([0, 0.5, 1]);
  expect(chanceOf(Math.log(3))).toBeCloseTo(0.75, 12);
});
