import { expect, test } from "vitest";
import { createLeavingLikelihood, createNbdLikelihood } from "../../../src/core/models/likelihoods.ts";
import type { Histories } from "../../../src/core/models/model.ts";
import { logBeta, logGamma } from "../../../src/core/models/special-functions.ts";

const histories: Histories = {
  frequency: Float64Array.of(0, 1, 1, 4, 90),
  recency: Float64Array.of(0, 3, 20, 30.5, 38),
  age: Float64Array.of(38, 20, 20, 31, 38),
  customers: Float64Array.of(7, 2, 1, 3, 1),
  total: 14,
};
const at = Float64Array.of(0.7, 5, 0.9, 1.6);

/** Equation 6 of Fader, Hardie & Lee (2005) and its like in Batislam et al. (2007), row by row. */
function asInPapers([r = 0, alpha = 0, a = 0, b = 0]: Float64Array, firstLeaves: 0 | 1): number {
  return histories.frequency.reduce((sum, x, row) => {
    const [recency = 0, age = 0] = [histories.recency[row], histories.age[row]];
    const chances = x + firstLeaves;
    const stayed =
      Math.exp(logBeta(a, b + chances) - logBeta(a, b)) * ((alpha + recency) / (alpha + age)) ** (r + x);
    const left = chances > 0 ? Math.exp(logBeta(a + 1, b + chances - 1) - logBeta(a, b)) : 0;
    const purchases =
      logGamma(r + x) - logGamma(r) + r * Math.log(alpha) - (r + x) * Math.log(alpha + recency);
    return sum + (histories.customers[row] ?? 0) * (purchases + Math.log(stayed + left));
  }, 0);
}

test.each([0, 1] as const)(
  "is that of the papers, with %d chances to leave at the first purchase",
  (firstLeaves) => {
    const value = createLeavingLikelihood(histories, firstLeaves)(at, new Float64Array(4));
    expect(value).toBeCloseTo(asInPapers(at, firstLeaves), 9);
  },
);

test.each([
  ["the NBD", createNbdLikelihood(histories), 2],
  ["the BG/NBD", createLeavingLikelihood(histories, 0), 4],
  ["the MBG/NBD", createLeavingLikelihood(histories, 1), 4],
] as const)("the gradient of %s is that of its value", (_, likelihood, size) => {
  const gradient = new Float64Array(size);
  likelihood(at.slice(0, size), gradient);
  for (let i = 0; i < size; i += 1) {
    const beside = (change: number) => {
      const x = at.slice(0, size);
      x[i] = (x[i] ?? 0) + change;
      return likelihood(x, new Float64Array(size));
    };
    expect((beside(1e-5) - beside(-1e-5)) / 2e-5).toBeCloseTo(gradient[i] ?? 0, 5);
  }
});

test("where hardly anybody leaves the three are one", () => {
  const nobody = Float64Array.of(0.7, 5, 1e-9, 1e6);
  const value = createNbdLikelihood(histories)(nobody.slice(0, 2), new Float64Array(2));
  for (const firstLeaves of [0, 1] as const) {
    expect(createLeavingLikelihood(histories, firstLeaves)(nobody, new Float64Array(4))).toBeCloseTo(
      value,
      9,
    );
  }
});
