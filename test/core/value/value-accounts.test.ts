import fc from "fast-check";
import { expect, test } from "vitest";
import { bgNbd, fitBgNbd } from "../../../src/core/models/bg-nbd.ts";
import { expectedSpend, fitGammaGamma } from "../../../src/core/models/gamma-gamma.ts";
import { paretoNbd } from "../../../src/core/models/pareto-nbd.ts";
import { discountedSum } from "../../../src/core/value/discounting.ts";
import { fitPortfolio } from "../../../src/core/value/fit-portfolio.ts";
import { createValuer } from "../../../src/core/value/value-accounts.ts";
import type { PredictorName, ValueFit, ValueTerms } from "../../../src/core/value/value-fit.ts";
import { cdnowSample } from "../../helpers/cdnow.ts";
import { cdnowPortfolio } from "./portfolios.ts";

const terms: ValueTerms = { margin: 400, discountPercent: 10, horizonMonths: 36 };
const portfolio = cdnowPortfolio();
const fit = fitPortfolio(portfolio);
const predictors: readonly PredictorName[] = [
  "bg-nbd",
  "mbg-nbd",
  "pareto-nbd",
  "nbd",
  "same-as-calibration",
];

// Oracle: the guide of the Python package lifetimes, customers 1, 2, 3, 6, 7 and 9 of CDNOW. Its months of 30 are in the unit
// of the histories, which there are weeks; its searches ended a little earlier.
test("what comes within twelve months, discounted by month, is what the Python package lifetimes has", () => {
  const sample = cdnowSample();
  const count = sample.frequency.length;
  const meanAmount = sample.repeatAmount.map((amount, at) => amount / Math.max(1, sample.frequency[at] ?? 0));
  const spends = { frequency: sample.frequency, meanAmount, customers: new Float64Array(count).fill(1) };
  const spend = fitGammaGamma(spends).parameters;
  const purchases = fitBgNbd(sample.collapsed).parameters;
  if (!spend || !purchases) throw new Error("no parameters");
  const model = bgNbd(purchases);
  const months = Array.from({ length: 12 }, (_, month) => ({
    end: 30 * (month + 1),
    discount: 1.01 ** -(month + 1),
  }));
  const worthOf = (at: number) => {
    const history = {
      ...{ frequency: sample.frequency[at] ?? 0, recency: sample.recency[at] ?? 0, age: sample.age[at] ?? 0 },
    };
    const amount = expectedSpend(spend, history.frequency, meanAmount[at] ?? 0) ?? 0;
    return amount * discountedSum(months, (end) => model.expected(history, end));
  };
  const published = [140.096211, 18.943467, 38.180574, 1003.868107, 28.109683, 167.418216];
  for (const [index, at] of [0, 1, 2, 5, 6, 8].entries())
    expect(Math.abs(worthOf(at) / (published[index] ?? 1) - 1)).toBeLessThan(0.002);
});

// Oracle: the model itself, month by month.
test("an account is worth margin times spend times discounted purchases", () => {
  const history = { purchaseDays: 4, firstOn: "1997-01-01", lastOn: "1998-05-06", repeatMinor: 9_000 };
  const { parameters } = fit.models[2]?.fit ?? {};
  if (!parameters || !("s" in parameters) || !fit.spend.parameters) throw new Error("no parameters");
  const model = paretoNbd(parameters);
  const weeks = { frequency: 3, recency: 490 / 7, age: 545 / 7 };
  const month = 365 / 12 / 7;
  let discounted = 0;
  for (let m = 1; m <= 36; m += 1) {
    const bought = model.expected(weeks, m * month) - model.expected(weeks, (m - 1) * month);
    discounted += bought * 1.1 ** (-m / 12);
  }
  const spend = expectedSpend(fit.spend.parameters, 3, 3_000) ?? 0;
  const value = createValuer(fit, terms, "1998-06-30").value(history);
  expect(value.worthMinor).toBe(Math.round(0.4 * spend * discounted));
  expect(value.expected).toBeCloseTo(model.expected(weeks, 365 / 7), 10);
  expect(value.alive).toBe(model.alive(weeks));
});

test.each(predictors)(
  "one at a time and all at once, accounts are valued exactly alike by %s",
  (predictor) => {
    const valuer = createValuer({ ...fit, predictor }, terms, portfolio.asOf);
    const { alive, expected, worthMinor } = valuer.valueAll(portfolio.all);
    const alone = createValuer({ ...fit, predictor }, terms, portfolio.asOf);
    for (const [index, history] of portfolio.histories.entries())
      expect(alone.value(history)).toEqual({
        ...{ alive: alive?.[index], expected: expected[index], worthMinor: worthMinor[index] },
      });
  },
);

const histories = fc
  .tuple(fc.nat(900), fc.nat(900), fc.integer({ min: 1, max: 60 }), fc.integer({ min: -1e6, max: 1e8 }))
  .map(([one, other, purchaseDays, repeatMinor]) => {
    const [first, last] = [Math.min(one, other), Math.max(one, other)];
    const days = Math.min(purchaseDays, last - first + 1);
    const day = (number: number) => new Date(Date.UTC(1996, 0, 1 + number)).toISOString().slice(0, 10);
    return days === 1
      ? { purchaseDays: 1, firstOn: day(first), lastOn: day(first), repeatMinor: 0 }
      : { purchaseDays: days, firstOn: day(first), lastOn: day(last), repeatMinor };
  });

test("values are finite, and grow with the horizon, the margin and without a discount", () => {
  fc.assert(
    fc.property(histories, fc.constantFrom(...predictors), (history, predictor) => {
      const valued = (change: Partial<ValueTerms>) =>
        createValuer({ ...fit, predictor }, { ...terms, ...change }, "1998-06-30").value(history);
      const { alive, expected, worthMinor } = valued({});
      expect(alive).toBeGreaterThanOrEqual(0);
      expect(alive).toBeLessThanOrEqual(1);
      expect(expected).toBeGreaterThanOrEqual(0);
      expect(expected).toBeLessThanOrEqual(365);
      expect(Number.isSafeInteger(worthMinor) && worthMinor >= 0).toBe(true);
      expect(valued({ horizonMonths: 48 }).worthMinor).toBeGreaterThanOrEqual(worthMinor);
      expect(valued({ margin: 500 }).worthMinor).toBeGreaterThanOrEqual(worthMinor);
      expect(valued({ discountPercent: 0 }).worthMinor).toBeGreaterThanOrEqual(worthMinor);
    }),
    { seed: 6, numRuns: 60 },
  );
});

test("where the spend model has no mean, what the account spent counts, and else what all spend", () => {
  const edge: ValueFit["spend"]["outcome"] = { kind: "boundary", parameter: "q", meaning: "no mean" };
  const without = { ...fit, predictor: "nbd", spend: { ...fit.spend, outcome: edge } } as const;
  const oneYear = { margin: 1000, discountPercent: 0, horizonMonths: 12 };
  const valuer = createValuer(without, oneYear, "1998-06-30");
  const repeated = { purchaseDays: 3, firstOn: "1997-06-30", lastOn: "1997-12-30", repeatMinor: 5_000 };
  const { expected, worthMinor } = valuer.value(repeated);
  expect(worthMinor).toBe(Math.round(expected * 2_500));
  const once = { purchaseDays: 1, firstOn: "1997-06-30", lastOn: "1997-06-30", repeatMinor: 0 };
  const first = valuer.value(once);
  expect(first.worthMinor).toBe(Math.round(first.expected * fit.meanPurchase));
  expect(valuer.value({ ...repeated, repeatMinor: -100 }).worthMinor).toBe(0);
});

test("a spend model that a few large amounts led astray is not believed", () => {
  const { parameters } = fit.spend;
  if (!parameters) throw new Error("no parameters");
  const wild: ValueFit["spend"] = { ...fit.spend, parameters: { ...parameters, q: 1.0001 } };
  const once = { purchaseDays: 1, firstOn: "1998-06-01", lastOn: "1998-06-01", repeatMinor: 0 };
  const oneYear = { margin: 1000, discountPercent: 0, horizonMonths: 12 };
  const { expected, worthMinor } = createValuer({ ...fit, spend: wild }, oneYear, "1998-06-30").value(once);
  expect(worthMinor).toBe(Math.round(expected * fit.meanPurchase));
});

test("as time goes by without a purchase, an account is less likely to be there, and expected to buy less", () => {
  const history = { purchaseDays: 6, firstOn: "1997-02-01", lastOn: "1998-06-01", repeatMinor: 20_000 };
  const at = (asOf: string) => createValuer(fit, terms, asOf).value(history);
  const [now, later] = [at("1998-06-30"), at("1998-12-31")];
  expect(later.alive).toBeLessThan(now.alive ?? 0);
  expect(later.expected).toBeLessThan(now.expected);
  expect(later.worthMinor).toBeLessThan(now.worthMinor);
});
