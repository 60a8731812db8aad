import { expect, test } from "vitest";
import { digamma, hypergeometric2F1, logBeta, logGamma } from "../../../src/core/models/special-functions.ts";

// Expected values are of mpmath, computed with 40 digits.

/** Twelve digits; near 0, fourteen after the point. */
function expectClose(value: number, expected: number): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * Math.max(0.01, Math.abs(expected)));
}

test.each([
  [1e-10, 23.025850929882736, -10000000000.577215],
  [0.1, 2.252712651734206, -10.423754940411076],
  [0.5, 0.5723649429247001, -1.9635100260214235],
  [1, 0, -0.5772156649015329],
  [1.5, -0.12078223763524522, 0.03648997397857652],
  [3.3, 0.9870985778947344, 1.0348224890596216],
  [10, 12.801827480081469, 2.251752589066721],
  [55.5, 166.32150615984037, 4.0073469585404435],
  [1e5, 1051287.7089736569, 11.512920464961896],
  [1e12, 26631021115915.652, 27.63102111592805],
])("gamma function of %d: logarithm %d and its derivative %d", (x, logarithm, derivative) => {
  expectClose(logGamma(x), logarithm);
  expectClose(digamma(x), derivative);
});

test.each([
  [0.3, 0.5, 1.516103259342938],
  [1e-8, 1e-6, 18.430631074805518],
  [2, 30, -6.835184586147301],
  [0.3, 1e10, -5.811957284153562],
  [40, 1e6, -445.9894420476577],
  [1e4, 30, -205.0966294800811],
])("logarithm of the beta function of %d and %d", (a, b, expected) => {
  expectClose(logBeta(a, b), expected);
  expectClose(logBeta(b, a), expected);
});

test.each([
  [2, 3, 4, 0, 1],
  [1, 1, 2, 0.5, 1.3862943611198906],
  [0.24, 2.4, 2.2, 0.9, 1.9257930821383178],
  [1.1595, 1.6061, 2.1595, 0.3, 1.354117633088304],
  [1.1595, 1.6061, 2.1595, 0.999999, 8283.164231538709],
  [222, 1.2856, 222.8, 0.81, 8.297084692567873],
  [222, 1.2856, 222.8, 0.999, 2259.873106357527],
  [1, 221.5, 221.8, 0.95, 19.534190521496388],
  [5, 3, 9, 0.999999999, 55.999985210456906],
  [2, 3, 4, 0.95, 48.84164613929262],
  [0.1, 0.001, 0.3, 0.8, 1.0004725104383592],
])("2F1(%d, %d; %d; %d)", (a, b, c, z, expected) => {
  expectClose(hypergeometric2F1(a, b, c, z), expected);
  expectClose(hypergeometric2F1(b, a, c, z), expected);
});
