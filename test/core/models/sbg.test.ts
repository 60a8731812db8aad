import fc from "fast-check";
import { expect, test } from "vitest";
import { renewalsOfLifetimes, renewalsOfSurvivors } from "../../../src/core/models/renewals.ts";
import {
  discountedLifetime,
  discountedResidualLifetime,
  fitSbg,
  retentionOf,
  type SbgParameters,
  survivalOf,
} from "../../../src/core/models/sbg.ts";

// Oracle: Fader & Hardie 2007 (data, parameters, likelihood, survival) and 2010 (discounted lifetimes).
const published = [
  {
    segment: "High End",
    survivors: [1000, 869, 743, 653, 593, 551, 517, 491],
    parameters: { alpha: 0.6681, beta: 3.8061 },
    logLikelihood: -1611.158,
    survival: [0.4604, 0.4358, 0.4142, 0.3951, 0.378],
    lifetime: 5.9223,
    residual: [5.414, 5.901, 6.294, 6.62, 6.897],
  },
  {
    segment: "Regular",
    survivors: [1000, 631, 468, 382, 326, 289, 262, 241],
    parameters: { alpha: 0.7041, beta: 1.182 },
    logLikelihood: -1680.265,
    survival: [0.2201, 0.2044, 0.1912, 0.1799, 0.17],
    lifetime: 3.6949,
    residual: [2.964, 4.103, 4.87, 5.442, 5.894],
  },
] as const;

const tableOf = (survivors: readonly number[]) =>
  renewalsOfSurvivors(survivors.map((left, period) => ({ period, survivors: left })));
const parametersOf = (survivors: readonly number[]): SbgParameters => {
  const { parameters } = fitSbg(tableOf(survivors));
  if (!parameters) throw new Error("no parameters");
  return parameters;
};

test.each(published)("$segment: parameters and likelihood as published", (segment) => {
  const { model, parameters, logLikelihood, customers, outcome } = fitSbg(tableOf(segment.survivors));
  expect({ model, customers, outcome }).toEqual({
    ...{ model: "sbg", customers: 1000, outcome: { kind: "converged" } },
  });
  expect(parameters?.alpha).toBeCloseTo(segment.parameters.alpha, 4);
  expect(parameters?.beta).toBeCloseTo(segment.parameters.beta, 4);
  expect(logLikelihood).toBeCloseTo(segment.logLikelihood, 3);
});

test.each(published)("$segment: survival after the seven years of the fit as published", (segment) => {
  const parameters = parametersOf(segment.survivors);
  for (const [index, share] of segment.survival.entries())
    expect(survivalOf(parameters, 8 + index)).toBeCloseTo(share, 4);
});

test.each(published)("$segment: discounted lifetimes at 10 % as published", (segment) => {
  const parameters = parametersOf(segment.survivors);
  expect(discountedLifetime(parameters, 0.1)).toBeCloseTo(segment.lifetime, 4);
  for (const [index, lifetime] of segment.residual.entries())
    expect(discountedResidualLifetime(parameters, index + 1, 0.1)).toBeCloseTo(lifetime, 3);
});

// Oracle: fits to 400 drawn cohorts of 1,000 with High End's parameters spread by 0.095 and 0.767.
test("standard errors are about the spread of fits to drawn cohorts", () => {
  const { standardErrors } = fitSbg(tableOf(published[0].survivors));
  expect(Math.abs((standardErrors?.alpha ?? 0) / 0.095 - 1)).toBeLessThan(0.15);
  expect(Math.abs((standardErrors?.beta ?? 0) / 0.767 - 1)).toBeLessThan(0.15);
});

test("lifetimes of one cohort say the same as its survival table", () => {
  const survivors = published[1].survivors.map((left) => left / 10).map(Math.round);
  const last = survivors.length - 1;
  const lifetimes = survivors.flatMap((left, period) => {
    const leaving = left - (survivors[period + 1] ?? left);
    const gone = Array.from({ length: leaving }, () => ({ periods: period + 1, ended: true }));
    const there = Array.from({ length: period === last ? left : 0 }, () => ({
      periods: period + 1,
      ended: false,
    }));
    return [...gone, ...there];
  });
  expect(renewalsOfLifetimes(lifetimes)).toEqual(tableOf(survivors));
});

test("who came later and is still there counts for the renewals behind them", () => {
  const lifetimes = [
    { periods: 1, ended: false },
    { periods: 2, ended: false },
    { periods: 2, ended: true },
    { periods: 4, ended: false },
  ];
  expect(renewalsOfLifetimes(lifetimes)).toEqual([
    { due: 3, renewed: 3 },
    { due: 2, renewed: 1 },
    { due: 1, renewed: 1 },
  ]);
});

test.each([
  { survivors: [1000, 1000, 1000], reason: "Nobody left." },
  { survivors: [1000, 0], reason: "Nobody renewed." },
  { survivors: [1, 0], reason: "Fewer than two customers had a renewal." },
  { survivors: [], reason: "Fewer than two customers had a renewal." },
  {
    survivors: [1000, 600],
    reason: "After a single renewal, customers who leave easily cannot be told from others.",
  },
])("$survivors: $reason", ({ survivors, reason }) => {
  expect(fitSbg(tableOf(survivors))).toMatchObject({
    ...{ parameters: undefined, standardErrors: undefined, logLikelihood: undefined },
    outcome: { kind: "no-signal", reason },
  });
});

test.each([
  { name: "constant", survivors: [1000, 500, 250, 125] },
  { name: "falling", survivors: [1000, 900, 500, 100] },
])("a $name retention is the edge where all customers are alike", ({ survivors }) => {
  const { parameters, standardErrors, outcome } = fitSbg(tableOf(survivors));
  expect(outcome).toMatchObject({
    kind: "boundary",
    meaning: expect.stringMatching(/equally likely to leave/),
  });
  expect(standardErrors).toBeUndefined();
  expect(Object.values(parameters ?? {}).every(Number.isFinite)).toBe(true);
  // Oracle: the geometric distribution's estimate.
  const renewed = survivors.slice(1).reduce((sum, left) => sum + left, 0);
  const due = survivors.slice(0, -1).reduce((sum, left) => sum + left, 0);
  expect(parameters && retentionOf(parameters, 3)).toBeCloseTo(renewed / due, 3);
});

test("a cohort that only leaves at the first renewal is the edge where nobody leaves later", () => {
  expect(fitSbg(tableOf([1000, 600, 600, 600])).outcome).toMatchObject({
    ...{ kind: "boundary", meaning: "who renews once never leaves" },
  });
});

const anyParameters = fc.record({
  alpha: fc.double({ min: 0.05, max: 20, noNaN: true }),
  beta: fc.double({ min: 0.05, max: 20, noNaN: true }),
});

// Oracle: the sum over periods, term by term.
test("discounted lifetimes are the sums of discounted survival", () => {
  fc.assert(
    fc.property(
      anyParameters,
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      fc.nat(6),
      (parameters, rate, nth) => {
        const period = nth + 1;
        let [lifetime, residual] = [0, 0];
        let survival = 1;
        for (let paid = 0; paid < 700; paid += 1) {
          lifetime += survival / (1 + rate) ** paid;
          if (paid >= period)
            residual += survival / survivalOf(parameters, period - 1) / (1 + rate) ** (paid - period);
          survival *= retentionOf(parameters, paid + 1);
        }
        expect(discountedLifetime(parameters, rate) / lifetime).toBeCloseTo(1, 9);
        expect(discountedResidualLifetime(parameters, period, rate) / residual).toBeCloseTo(1, 9);
      },
    ),
    { seed: 2007, numRuns: 100 },
  );
});

test("without a discount a lifetime is the mean of the model, and may be infinite", () => {
  // Oracle: the mean of the shifted-beta-geometric distribution, (α + β − 1) ÷ (α − 1).
  expect(discountedLifetime({ alpha: 3, beta: 5 }, 0)).toBe(3.5);
  expect(discountedLifetime({ alpha: 3, beta: 5 }, 1e-7)).toBeCloseTo(3.5, 4);
  expect(discountedLifetime({ alpha: 0.7, beta: 1.2 }, 0)).toBe(Number.POSITIVE_INFINITY);
});

test("survival falls and retention rises, whatever the parameters", () => {
  fc.assert(
    fc.property(anyParameters, fc.integer({ min: 1, max: 100 }), (parameters, period) => {
      expect(survivalOf(parameters, period)).toBeLessThan(survivalOf(parameters, period - 1));
      expect(retentionOf(parameters, period + 1)).toBeGreaterThan(retentionOf(parameters, period));
    }),
    { seed: 2007 },
  );
});
