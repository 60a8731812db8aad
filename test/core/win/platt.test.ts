import { expect, test } from "vitest";
import { fitPlatt } from "../../../src/core/win/platt.ts";

// Oracle: the log-likelihood of Platt's (1999) smoothed targets, which has no slope at its maximum.
test("the line is the most likely one for targets a little short of certain", () => {
  const probabilities = [0.1, 0.3, 0.2, 0.6, 0.9, 0.5];
  const outcomes = [0, 0, 1, 0, 1, 1];
  const line = fitPlatt(probabilities, outcomes) ?? { slope: Number.NaN, intercept: Number.NaN };
  let [bySlope, byIntercept] = [0, 0];
  for (const [row, probability] of probabilities.entries()) {
    const logOdds = Math.log(probability / (1 - probability));
    // Three were won and three were not.
    const surprise =
      (outcomes[row] === 1 ? 4 / 5 : 1 / 5) - 1 / (1 + Math.exp(-line.intercept - line.slope * logOdds));
    bySlope += surprise * logOdds;
    byIntercept += surprise;
  }
  expect(line.slope).toBeGreaterThan(0);
  expect(bySlope).toBeCloseTo(0, 6);
  expect(byIntercept).toBeCloseTo(0, 6);
});

test("perfect foresight is not believed without end", () => {
  const { slope, intercept } = fitPlatt([0.2, 0.3, 0.7, 0.8], [0, 0, 1, 1]) ?? { slope: 0, intercept: 0 };
  const told = 1 / (1 + Math.exp(-intercept - slope * Math.log(4)));
  expect(told).toBeGreaterThan(0.7);
  expect(told).toBeLessThan(0.9);
});

test("without a rising line log-odds are moved so that as much is foretold as came", () => {
  for (const probabilities of [
    [0.9, 0.8, 0.7, 0.6],
    [0.7, 0.7, 0.7, 0.7],
    [1, 1, 1, 1],
  ]) {
    const line = fitPlatt(probabilities, [0, 0, 0, 1]);
    expect(line?.slope).toBe(1);
    const foretold = probabilities.map((each) => {
      const bounded = Math.min(each, 1 - 1e-6);
      return 1 / (1 + Math.exp(-(line?.intercept ?? 0) - Math.log(bounded / (1 - bounded))));
    });
    // The sum of the smoothed targets: one of 2/3 and three of 1/5.
    expect(foretold.reduce((sum, each) => sum + each)).toBeCloseTo(2 / 3 + 3 / 5, 6);
  }
});
