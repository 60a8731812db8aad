import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { heldOutOf, scoreHoldout } from "../../../src/core/models/holdout.ts";
import type { History } from "../../../src/core/models/model.ts";
import { fitNbd } from "../../../src/core/models/nbd.ts";
import { fitParetoNbd, paretoNbd } from "../../../src/core/models/pareto-nbd.ts";
import { paretoNbdLikelihood } from "../../../src/core/models/pareto-nbd-likelihood.ts";
import { hypergeometric2F1, logGamma } from "../../../src/core/models/special-functions.ts";
import {
  cdnowHoldout,
  cdnowSample,
  historiesFrom,
  readCdnow,
  readOnlineRetail,
} from "../../helpers/cdnow.ts";

const published = { r: 0.5534, alpha: 10.58, s: 0.6061, beta: 11.656 };

function alone(...histories: readonly History[]) {
  return historiesFrom(histories.map((history) => ({ history, customers: 1 })));
}

const logUniform = (least: number, most: number) =>
  fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);
const anyParameters = (least: number, most: number) =>
  fc.tuple(
    logUniform(least, most),
    logUniform(least, most),
    logUniform(least, most),
    logUniform(least, most),
  );
const anyHistory = fc
  .tuple(
    fc.nat(250),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0.1, max: 500, noNaN: true }),
  )
  .map(([frequency, share, age]) => ({ frequency, recency: frequency === 0 ? 0 : share * age, age }));

describe("CDNOW", () => {
  test("the 1/10 sample gives the published fit", () => {
    const fit = fitParetoNbd(cdnowSample().collapsed);
    expect(fit.outcome).toEqual({ kind: "converged" });
    expect(fit.customers).toBe(2_357);
    expect(fit.logLikelihood).toBeCloseTo(-9594.976, 2);
    expect(rounded(fit.parameters)).toEqual({ r: 0.553, alpha: 10.6, s: 0.606, beta: 11.7 });
    // None are published; these are also those of the inverted second differences of the log-likelihood.
    expect(rounded(fit.standardErrors)).toEqual({ r: 0.0476, alpha: 0.843, s: 0.187, beta: 6.21 });
  });

  test("with the published fit, the 1/10 sample gives the known errors in the holdout", () => {
    const sample = cdnowSample();
    // At the maximum itself, 0.00002 higher, customers are predicted 1,665.51 purchases instead of 1,665.38.
    const model = paretoNbd(published);
    const score = scoreHoldout(heldOutOf(sample), (history) => model.expected(history, cdnowHoldout));
    expect(score?.mae).toBeCloseTo(0.7545, 4);
    expect(score?.rmse).toBeCloseTo(1.6028, 4);
    expect(Math.round(score?.predicted ?? 0)).toBe(1_665);
  });

  test("all customers give the published fit, and its errors in the holdout", () => {
    const { histories, heldOut } = readCdnow();
    const { parameters, outcome } = fitParetoNbd(histories);
    expect(outcome).toEqual({ kind: "converged" });
    expect(rounded(parameters)).toEqual({ r: 0.597, alpha: 11.6, s: 0.522, beta: 8.83 });
    const model = paretoNbd(parameters ?? published);
    const score = scoreHoldout(heldOut, (history) => model.expected(history, cdnowHoldout));
    expect(score?.mae).toBeCloseTo(0.7938, 4);
    expect(score?.rmse).toBeCloseTo(1.7262, 4);
    expect(Math.round(score?.predicted ?? 0)).toBe(17_153);
  });

  test("a customer who bought in the last week is alive", () => {
    const alive = paretoNbd(published).alive({ frequency: 26, recency: 30.86, age: 31 });
    expect(alive).toBeCloseTo(0.9979, 4);
  });
});

describe("the likelihood", () => {
  test("is that of Fader and Hardie (2005), which has hypergeometric functions", () => {
    fc.assert(
      fc.property(anyParameters(0.05, 30), anyHistory, (parameters, any) => {
        // With more purchases the functions themselves overflow.
        const history = any.frequency > 60 ? { ...any, frequency: 60 } : any;
        const value = paretoNbdLikelihood(alone(history))(Float64Array.from(parameters), new Float64Array(4));
        const expected = faderHardie(parameters, history);
        expect(Math.abs(value - expected)).toBeLessThan(1e-7 * Math.max(1, Math.abs(expected)));
      }),
      { seed: 5 },
    );
  });

  test("has the derivatives that it says", () => {
    fc.assert(
      fc.property(
        anyParameters(0.1, 50),
        fc.array(anyHistory, { minLength: 1, maxLength: 5 }),
        (at, histories) => {
          const likelihood = paretoNbdLikelihood(alone(...histories));
          const gradient = new Float64Array(4);
          const value = likelihood(Float64Array.from(at), gradient);
          for (const [i, slope] of gradient.entries()) {
            const shifted = (side: number) =>
              likelihood(
                Float64Array.from(at, (each, k) => (k === i ? each * Math.exp(side * 1e-4) : each)),
                new Float64Array(4),
              );
            const difference = (shifted(1) - shifted(-1)) / 2e-4;
            expect(Math.abs(slope * (at[i] ?? 0) - difference)).toBeLessThan(
              1e-6 * Math.max(1, Math.abs(value)),
            );
          }
        },
      ),
      { seed: 6 },
    );
  });

  test("stays finite where the formula in powers is 0 ÷ 0", () => {
    const history = { frequency: 221, recency: 103.43, age: 103.57 };
    const gradient = new Float64Array(4);
    const at = [0.5143, 2.8845, 0.2856, 14.1087];
    const value = paretoNbdLikelihood(alone(history))(Float64Array.from(at), gradient);
    expect(value).toBeCloseTo(faderHardie(at, history), 8);
    expect([...gradient].every(Number.isFinite)).toBe(true);
    const [r = 0, alpha = 0, s = 0, beta = 0] = at;
    expect(paretoNbd({ r, alpha, s, beta }).alive(history)).toBeCloseTo(0.9996, 3);
  });
});

describe("predictions", () => {
  const newcomer = { frequency: 0, recency: 0, age: 0 };

  test.each([0.3, 0.9999999, 1, 1.0000001, 2.5])("of a newcomer are the closed form, with s = %d", (s) => {
    const { r, alpha, beta } = published;
    const closed =
      s === 1
        ? ((r * beta) / alpha) * Math.log(1 + 39 / beta)
        : ((r * beta) / (alpha * (s - 1))) * (1 - (beta / (beta + 39)) ** (s - 1));
    expect(paretoNbd({ ...published, s }).expected(newcomer, 39)).toBeCloseTo(closed, 6);
  });

  test("are finite for any parameters and history, chances between 0 and 1, and grow with time", () => {
    fc.assert(
      fc.property(anyParameters(1e-9, 1e9), anyHistory, ([r, alpha, s, beta], history) => {
        const model = paretoNbd({ r, alpha, s, beta });
        const alive = model.alive(history);
        expect(alive >= 0 && alive <= 1).toBe(true);
        const [short, long] = [model.expected(history, 1), model.expected(history, 50)];
        expect(short >= 0 && short <= long && Number.isFinite(long)).toBe(true);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("with equal purchases, whoever was away longer is less likely to be there", () => {
    const { alive } = paretoNbd(published);
    const chances = [38, 30, 20, 10, 1].map((recency) => alive({ frequency: 5, recency, age: 39 }));
    expect(chances).toEqual(chances.toSorted((left, right) => right - left));
    expect(new Set(chances).size).toBe(5);
  });
});

describe("outcomes", () => {
  test("nobody leaves where everybody bought again on the last day", () => {
    const histories = [0.5, 1, 2, 3, 5, 8, 12].map((rate) => ({
      frequency: rate * 2,
      recency: 30,
      age: 30,
    }));
    const fit = fitParetoNbd(alone(...histories, { frequency: 1, recency: 29, age: 29 }));
    expect(fit.outcome).toEqual({ kind: "boundary", parameter: "s", meaning: "no customer ever leaves" });
    expect(fit.standardErrors).toBeUndefined();
    expect(Object.values(fit.parameters ?? {}).every(Number.isFinite)).toBe(true);
  });

  test("Online Retail, on which the public packages run away: nobody leaves, and the NBD says as much", () => {
    const { histories } = readOnlineRetail();
    const fit = fitParetoNbd(histories);
    expect(fit.outcome).toEqual({ kind: "boundary", parameter: "s", meaning: "no customer ever leaves" });
    expect(fit.logLikelihood).toBeCloseTo(fitNbd(histories).logLikelihood ?? 0, 3);
    expect(fit.parameters?.r).toBeCloseTo(fitNbd(histories).parameters?.r ?? 0, 4);
  });

  test("there is no signal without customers or repeats", () => {
    const idle = { frequency: 0, recency: 0, age: 9 };
    expect(fitParetoNbd(alone()).outcome.kind).toBe("no-signal");
    expect(fitParetoNbd(alone(idle, idle))).toMatchObject({
      parameters: undefined,
      logLikelihood: undefined,
      customers: 2,
      outcome: { kind: "no-signal" },
    });
  });

  test("nonsense gives an outcome and finite parameters, never NaN", () => {
    fc.assert(
      fc.property(fc.array(anyHistory, { minLength: 2, maxLength: 12 }), (histories) => {
        const { parameters, logLikelihood, outcome } = fitParetoNbd(alone(...histories));
        if (outcome.kind === "no-signal") return;
        expect([logLikelihood, ...Object.values(parameters ?? {})].every(Number.isFinite)).toBe(true);
      }),
      { seed: 8, numRuns: 30 },
    );
  });
});

/** To 3 significant digits, as the reference tables are compared. */
function rounded(parameters: object | undefined) {
  return Object.fromEntries(
    Object.entries(parameters ?? {}).map(([name, value]) => [name, Number(Number(value).toPrecision(3))]),
  );
}

/** The logarithm of the likelihood as "A note on deriving the Pareto/NBD model" (2005) has it. */
function faderHardie([r = 0, alpha = 0, s = 0, beta = 0]: readonly number[], history: History): number {
  const { frequency: x, recency, age } = history;
  const [least, most] = [Math.min(alpha, beta), Math.max(alpha, beta)];
  const power = r + s + x;
  const b = alpha >= beta ? s + 1 : r + x;
  const logTerm = (time: number) =>
    Math.log(hypergeometric2F1(power, b, power + 1, (most - least) / (most + time))) -
    power * Math.log(most + time);
  const stayed = -(r + x) * Math.log(alpha + age) - s * Math.log(beta + age);
  const [from, to] = [logTerm(recency), logTerm(age)];
  const left = Math.log(s / power) + from + Math.log(Math.max(0, -Math.expm1(to - from)));
  const top = Math.max(stayed, left);
  const common = logGamma(r + x) - logGamma(r) + r * Math.log(alpha) + s * Math.log(beta);
  return common + top + Math.log(Math.exp(stayed - top) + Math.exp(left - top));
}
