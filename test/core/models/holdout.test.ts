import fc from "fast-check";
import { expect, test } from "vitest";
import { baselineNames, createBaselines } from "../../../src/core/models/baselines.ts";
import { bgNbd, fitBgNbd } from "../../../src/core/models/bg-nbd.ts";
import { chooseByErrors, type HeldOut, heldOutOf, scoreHoldout } from "../../../src/core/models/holdout.ts";
import { fitMbgNbd, mbgNbd } from "../../../src/core/models/mbg-nbd.ts";
import type { Fit, Histories, History, TransactionModel } from "../../../src/core/models/model.ts";
import { fitParetoNbd, paretoNbd } from "../../../src/core/models/pareto-nbd.ts";
import { cdnowHoldout, cdnowSample, readCdnow } from "../../helpers/cdnow.ts";

const sample = cdnowSample();
const everybody = readCdnow();

/** What a fitted model expects of the holdout. */
const predicting = <Parameters extends object>(
  learn: (histories: Histories) => Fit<Parameters>,
  create: (parameters: Parameters) => TransactionModel,
  histories: Histories,
) => {
  const { parameters } = learn(histories);
  if (!parameters) throw new Error("no parameters");
  const model = create(parameters);
  return (history: History) => model.expected(history, cdnowHoldout);
};
/** In all 39 weeks of calibration, as many as the holdout has. */
const sameAgain = createBaselines({ span: 39, purchases: 0, customers: 0 }, cdnowHoldout)[
  "same-as-calibration"
];

// Oracle: the holdout table of Fader & Hardie's data as public packages compute it.
test.each([
  {
    name: "BG/NBD",
    mae: 0.7855,
    rmse: 1.608,
    predicted: 1653,
    of: predicting(fitBgNbd, bgNbd, sample.collapsed),
  },
  {
    name: "MBG/NBD",
    mae: 0.7648,
    rmse: 1.6072,
    predicted: 1577,
    of: predicting(fitMbgNbd, mbgNbd, sample.collapsed),
  },
  // That table's parameters come from a search that stopped a little earlier: its total is 1665.
  {
    name: "Pareto/NBD",
    mae: 0.7545,
    rmse: 1.6028,
    predicted: 1666,
    of: predicting(fitParetoNbd, paretoNbd, sample.collapsed),
  },
  { name: "same as calibration", mae: 0.8973, rmse: 1.971, predicted: 2457, of: sameAgain },
])("$name on the 1/10 sample of CDNOW as published", ({ mae, rmse, predicted, of }) => {
  const score = scoreHoldout(heldOutOf(sample), of);
  expect(score?.mae).toBeCloseTo(mae, 4);
  expect(score?.rmse).toBeCloseTo(rmse, 4);
  expect(Math.round(score?.predicted ?? 0)).toBe(predicted);
  expect(score?.actual).toBe(1882);
});

test.each([
  {
    name: "BG/NBD",
    mae: 0.8187,
    rmse: 1.7329,
    predicted: 16_874,
    of: predicting(fitBgNbd, bgNbd, everybody.histories),
  },
  {
    name: "MBG/NBD",
    mae: 0.7945,
    rmse: 1.7396,
    predicted: 15_934,
    of: predicting(fitMbgNbd, mbgNbd, everybody.histories),
  },
  {
    name: "Pareto/NBD",
    mae: 0.7938,
    rmse: 1.7262,
    predicted: 17_153,
    of: predicting(fitParetoNbd, paretoNbd, everybody.histories),
  },
  { name: "same as calibration", mae: 0.9115, rmse: 1.936, predicted: 24_337, of: sameAgain },
])("$name on all of CDNOW as published", ({ mae, rmse, predicted, of }) => {
  const score = scoreHoldout(everybody.heldOut, of);
  expect(score?.mae).toBeCloseTo(mae, 3);
  expect(score?.rmse).toBeCloseTo(rmse, 3);
  expect(Math.abs((score?.predicted ?? 0) / predicted - 1)).toBeLessThan(0.001);
  expect(score?.actual).toBe(19_684);
});

const history = { frequency: 2, recency: 10, age: 20 };
const heldOut: readonly HeldOut[] = [
  { history, actual: 3, customers: 1 },
  { history: { frequency: 0, recency: 0, age: 20 }, actual: 0, customers: 3 },
];

test("errors are per customer, totals are over all of them", () => {
  // Misses by 1 once and by 0.5 three times.
  const score = scoreHoldout(heldOut, ({ frequency }) => (frequency > 0 ? 2 : 0.5));
  expect(score).toEqual({ mae: 2.5 / 4, rmse: Math.sqrt(1.75 / 4), predicted: 3.5, actual: 3 });
});

test("there is no error without customers, nor of a prediction that is no number", () => {
  expect(scoreHoldout([], () => 1)).toBeUndefined();
  expect(scoreHoldout(heldOut, () => Number.NaN)).toBeUndefined();
  expect(scoreHoldout(heldOut, () => Number.POSITIVE_INFINITY)).toBeUndefined();
});

test("baselines are in proportion to the time", () => {
  const baselines = createBaselines({ span: 40, purchases: 30, customers: 20 }, 10);
  expect(baselineNames.map((name) => baselines[name](history))).toEqual([0.5, 0, 0.375]);
});

test("baselines of nobody in no time expect nothing", () => {
  const baselines = createBaselines({ span: 0, purchases: 0, customers: 0 }, 10);
  expect(baselineNames.map((name) => baselines[name](history))).toEqual([0, 0, 0]);
});

const guess = { name: "same-as-calibration", mae: 1.25, rmse: 2 } as const;

test("the model with the smallest absolute error is seen, of equal ones the first", () => {
  const models = [
    { name: "bg-nbd", mae: 1.2, rmse: 2.5 },
    { name: "nbd", mae: 1.1, rmse: 3 },
    { name: "pareto-nbd", mae: 1.1, rmse: 2 },
  ] as const;
  expect(chooseByErrors<string>(models, guess)).toBe("nbd");
});

test("the guess is seen where it errs less by both measures, and by both alone", () => {
  const model = (mae: number, rmse: number) => [{ name: "bg-nbd", mae, rmse }];
  expect(chooseByErrors<string>(model(1.3, 2.1), guess)).toBe("same-as-calibration");
  expect(chooseByErrors<string>(model(1.3, 1.9), guess)).toBe("bg-nbd");
  expect(chooseByErrors<string>(model(1.2, 2.1), guess)).toBe("bg-nbd");
  expect(chooseByErrors<string>(model(1.25, 2), guess)).toBe("bg-nbd");
});

test("without a model there is the guess, and without either nothing", () => {
  expect(chooseByErrors<string>([], guess)).toBe("same-as-calibration");
  expect(chooseByErrors([], undefined)).toBeUndefined();
});

test("customers who are alike come as one, and none is lost", () => {
  const customers = fc.array(
    fc.record({ frequency: fc.nat(2), recency: fc.nat(3), age: fc.nat(3), heldOut: fc.nat(2) }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(customers, (all) => {
      const column = (name: "frequency" | "recency" | "age" | "heldOut") =>
        Float64Array.from(all, (each) => each[name]);
      const grouped = [
        ...heldOutOf({
          ...{ frequency: column("frequency"), recency: column("recency") },
          ...{ age: column("age"), heldOut: column("heldOut") },
        }),
      ];
      const keys = grouped.map(({ history, actual }) => JSON.stringify([history, actual]));
      expect(new Set(keys).size).toBe(keys.length);
      const expected = new Map<string, number>();
      for (const { heldOut: actual, ...each } of all) {
        const key = JSON.stringify([each, actual]);
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
      expect(new Map(grouped.map(({ customers: count }, index) => [keys[index], count]))).toEqual(expected);
    }),
    { seed: 39 },
  );
});
