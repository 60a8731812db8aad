import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedSpend, fitGammaGamma } from "../../../src/core/models/gamma-gamma.ts";
import { gammaGammaLikelihood } from "../../../src/core/models/gamma-gamma-likelihood.ts";
import { logGamma } from "../../../src/core/models/special-functions.ts";
import { cdnowSample } from "../../helpers/cdnow.ts";

const published = { p: 6.25, q: 3.74, v: 15.44 };

/** The 1/10 sample of CDNOW: the mean value of the days with a repeat purchase, in dollars times `unit`. */
function cdnowSpends(unit = 1) {
  const { frequency, repeatAmount } = cdnowSample();
  const meanAmount = repeatAmount.map((amount, i) => (amount / Math.max(1, frequency[i] ?? 0)) * unit);
  return { frequency, meanAmount, customers: new Float64Array(frequency.length).fill(1) };
}

function spendsOf(rows: readonly (readonly [frequency: number, meanAmount: number])[]) {
  return {
    frequency: Float64Array.from(rows, ([frequency]) => frequency),
    meanAmount: Float64Array.from(rows, ([, meanAmount]) => meanAmount),
    customers: new Float64Array(rows.length).fill(1),
  };
}

const anyRows = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.1, max: 50, noNaN: true })),
  {
    minLength: 2,
    maxLength: 8,
  },
);

describe("CDNOW", () => {
  test("the 946 repeat buyers of the 1/10 sample give the published fit", () => {
    const fit = fitGammaGamma(cdnowSpends());
    expect(fit.outcome).toEqual({ kind: "converged" });
    expect(fit.customers).toBe(946);
    expect(fit.logLikelihood).toBeCloseTo(-4055.918, 2);
    expect(rounded(fit.parameters, 2)).toEqual(published);
    // None are published; these are also those of the inverted second differences of the log-likelihood.
    expect(rounded(fit.standardErrors, 2)).toEqual({ p: 1.19, q: 0.29, v: 4.16 });
  });

  test("the first ten customers are expected to spend as published", () => {
    const { frequency, meanAmount } = cdnowSpends();
    const { parameters } = fitGammaGamma(cdnowSpends());
    const expected = [...frequency.slice(0, 10)].map((count, i) =>
      expectedSpend(parameters ?? published, count, meanAmount[i] ?? 0)?.toFixed(2),
    );
    expect(expected).toEqual([
      "24.65",
      "18.91",
      "35.17",
      "35.17",
      "35.17",
      "71.46",
      "18.91",
      "35.17",
      "27.28",
      "35.17",
    ]);
  });

  test("in cents, only what is in the unit changes", () => {
    const [dollars, cents] = [fitGammaGamma(cdnowSpends()), fitGammaGamma(cdnowSpends(100))];
    expect(cents.parameters?.p).toBeCloseTo(dollars.parameters?.p ?? 0, 4);
    expect(cents.parameters?.q).toBeCloseTo(dollars.parameters?.q ?? 0, 4);
    expect(cents.parameters?.v).toBeCloseTo(100 * (dollars.parameters?.v ?? 0), 2);
    expect(cents.logLikelihood).toBeCloseTo((dollars.logLikelihood ?? 0) - 946 * Math.log(100), 4);
  });

  test("equal customers may come as one", () => {
    const { frequency, meanAmount, customers } = cdnowSpends();
    const twice = (values: Float64Array) => Float64Array.of(...values, ...values);
    const many = fitGammaGamma({
      frequency: twice(frequency),
      meanAmount: twice(meanAmount),
      customers: twice(customers),
    });
    const weighed = fitGammaGamma({ frequency, meanAmount, customers: customers.map(() => 2) });
    expect(weighed.customers).toBe(many.customers);
    expect(weighed.logLikelihood).toBeCloseTo(many.logLikelihood ?? 0, 6);
    expect(rounded(weighed.parameters, 3)).toEqual(rounded(many.parameters, 3));
  });
});

describe("the likelihood", () => {
  const anyShape = fc.double({ min: 0.2, max: 30, noNaN: true });

  test("is that of Fader, Hardie and Lee (2005), and has the derivatives that it says", () => {
    fc.assert(
      fc.property(anyShape, anyShape, anyShape, anyRows, (p, q, v, rows) => {
        const likelihood = gammaGammaLikelihood(spendsOf(rows));
        const gradient = new Float64Array(3);
        const value = likelihood(Float64Array.of(p, q, v), gradient);
        const expected = rows.reduce((sum, row) => sum + faderHardieLee(p, q, v, row), 0);
        const scale = Math.max(1, Math.abs(expected));
        expect(Math.abs(value - expected)).toBeLessThan(1e-10 * scale);
        for (const [i, slope] of gradient.entries()) {
          const shifted = (side: number) =>
            likelihood(
              Float64Array.of(p, q, v).map((each, k) => (k === i ? each + side * 1e-5 : each)),
              new Float64Array(3),
            );
          expect(Math.abs(slope - (shifted(1) - shifted(-1)) / 2e-5)).toBeLessThan(1e-5 * scale);
        }
      }),
      { seed: 9 },
    );
  });
});

describe("expected spend", () => {
  test("lies between the customer's own mean and that of all, nearer to the own the more it rests on", () => {
    const all = expectedSpend(published, 0, 0) ?? 0;
    const expected = [1, 3, 10, 1_000].map((frequency) => expectedSpend(published, frequency, 80) ?? 0);
    expect(all).toBeCloseTo((6.25 * 15.44) / 2.74, 10);
    expect([all, ...expected, 80]).toEqual([all, ...expected, 80].toSorted((left, right) => left - right));
    expect(expected.at(-1)).toBeCloseTo(80, 1);
  });

  test("does not exist without purchases where the mean of all does not", () => {
    expect(expectedSpend({ p: 2, q: 1, v: 9 }, 0, 0)).toBeUndefined();
    expect(expectedSpend({ p: 2, q: 0.5, v: 9 }, 0, 0)).toBeUndefined();
    expect(expectedSpend({ p: 2, q: 0.5, v: 9 }, 1, 30)).toBeCloseTo(52, 10);
  });
});

describe("outcomes", () => {
  test("customers who differ by many powers of ten have no mean", () => {
    const rows = Array.from({ length: 40 }, (_, i) => [3, 10 ** (i / 4)] as const);
    const { outcome, parameters } = fitGammaGamma(spendsOf(rows));
    expect(outcome).toEqual({
      kind: "boundary",
      parameter: "q",
      meaning: "customers differ so widely that the mean spend of all of them does not exist",
    });
    expect(parameters?.q).toBeLessThan(1);
  });

  test("customers whose means differ no more than chance explains spend alike", () => {
    const rows = [98, 99, 100, 101, 102].flatMap((mean) => [1, 2, 50].map((count) => [count, mean] as const));
    const { outcome } = fitGammaGamma(spendsOf([...rows, [1, 60], [1, 150]]));
    expect(outcome).toMatchObject({ kind: "boundary", parameter: "q" });
  });

  test("there is no signal in fewer than two repeat buyers, nor in equal amounts", () => {
    expect(
      fitGammaGamma(
        spendsOf([
          [0, 0],
          [2, 0],
          [3, 9],
        ]),
      ),
    ).toMatchObject({ customers: 1, parameters: undefined });
    expect(fitGammaGamma(spendsOf([])).outcome.kind).toBe("no-signal");
    expect(
      fitGammaGamma(
        spendsOf([
          [1, 9],
          [5, 9],
        ]),
      ).outcome.kind,
    ).toBe("no-signal");
  });

  test("nonsense gives an outcome and finite parameters, never NaN", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { parameters, logLikelihood, outcome } = fitGammaGamma(spendsOf(rows));
        if (outcome.kind === "no-signal") return;
        expect([logLikelihood, ...Object.values(parameters ?? {})].every(Number.isFinite)).toBe(true);
      }),
      { seed: 10, numRuns: 50 },
    );
  });
});

function rounded(parameters: object | undefined, digits: number) {
  return Object.fromEntries(
    Object.entries(parameters ?? {}).map(([name, value]) => [name, Number(Number(value).toFixed(digits))]),
  );
}

/** The logarithm of the density of a customer's mean amount, as the paper writes it. */
function faderHardieLee(p: number, q: number, v: number, [x, mean]: readonly [number, number]): number {
  return (
    logGamma(p * x + q) -
    logGamma(p * x) -
    logGamma(q) +
    q * Math.log(v) +
    (p * x - 1) * Math.log(mean) +
    p * x * Math.log(x) -
    (p * x + q) * Math.log(v + mean * x)
  );
}
