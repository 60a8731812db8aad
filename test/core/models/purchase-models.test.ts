import { describe, expect, test } from "vitest";
import { bgNbd, fitBgNbd } from "../../../src/core/models/bg-nbd.ts";
import { heldOutOf, scoreHoldout } from "../../../src/core/models/holdout.ts";
import { fitMbgNbd, mbgNbd } from "../../../src/core/models/mbg-nbd.ts";
import { fitNbd, nbd } from "../../../src/core/models/nbd.ts";
import { cdnowHoldout, cdnowSample, readCdnow, readOnlineRetail } from "../../helpers/cdnow.ts";

const nobodyYet = { frequency: 0, recency: 0, age: 0 };
const often = { frequency: 2, recency: 30.43, age: 38.86 };
const once = { frequency: 0, recency: 0, age: 38.86 };

const round = (value: number | undefined, digits: number) => Number(value?.toPrecision(digits));
const rounded = (parameters: object | undefined, digits: number) =>
  Object.values(parameters ?? {}).map((value: number) => round(value, digits));

// BG/NBD: Fader, Hardie & Lee (2005). All three were maximised with scipy too, which gave the same to seven digits.
describe("CDNOW, the 1/10 sample", () => {
  const sample = cdnowSample();

  test.each([
    ["the BG/NBD", fitBgNbd, [0.243, 4.41, 0.793, 2.43], -9582.429],
    ["the MBG/NBD", fitMbgNbd, [0.525, 6.18, 0.891, 1.61], -9582.136],
    ["the NBD", fitNbd, [0.385, 12.1], -9763.658],
  ] as const)("%s", (_, fitModel, parameters, logLikelihood) => {
    const fitted = fitModel(sample.collapsed);
    expect(fitted.outcome).toEqual({ kind: "converged" });
    expect(fitted.customers).toBe(2_357);
    expect(rounded(fitted.parameters, 3)).toEqual(parameters);
    expect(Math.abs((fitted.logLikelihood ?? 0) - logLikelihood)).toBeLessThan(0.001);
  });

  test.each([
    ["the BG/NBD", fitBgNbd, bgNbd, { mae: 0.7855, rmse: 1.608, predicted: 1653 }],
    ["the MBG/NBD", fitMbgNbd, mbgNbd, { mae: 0.7648, rmse: 1.6072, predicted: 1577 }],
  ] as const)("holdout of %s", (_, fitModel, create, expected) => {
    const { parameters } = fitModel(sample.collapsed);
    const model = parameters && create(parameters);
    const score = scoreHoldout(heldOutOf(sample), (history) => model?.expected(history, cdnowHoldout) ?? 0);
    const { mae = 0, rmse = 0, predicted = 0, actual } = score ?? {};
    expect({ mae: round(mae, 4), rmse: round(rmse, 5), predicted: Math.round(predicted) }).toEqual(expected);
    expect(actual).toBe(1_882);
  });

  test("standard errors are those of a Hessian of differences of the log-likelihood itself, by numpy", () => {
    expect(rounded(fitBgNbd(sample.collapsed).standardErrors, 3)).toEqual([0.0126, 0.378, 0.186, 0.705]);
    expect(rounded(fitNbd(sample.collapsed).standardErrors, 3)).toEqual([0.021, 0.809]);
  });
});

describe("CDNOW, all customers", () => {
  const { histories, heldOut } = readCdnow();

  test.each([
    [
      "the BG/NBD",
      fitBgNbd,
      bgNbd,
      [0.2516, 4.789, 0.7234, 2.161],
      { mae: 0.8187, rmse: 1.7329, predicted: 16_874 },
    ],
    [
      "the MBG/NBD",
      fitMbgNbd,
      mbgNbd,
      [0.6371, 7.31, 0.8075, 1.228],
      { mae: 0.7945, rmse: 1.7396, predicted: 15_934 },
    ],
  ] as const)("%s", (_, fitModel, create, expected, score) => {
    const { parameters } = fitModel(histories);
    expect(rounded(parameters, 4)).toEqual(expected);
    const model = parameters && create(parameters);
    const own = scoreHoldout(heldOut, (history) => model?.expected(history, cdnowHoldout) ?? 0);
    const { mae = 0, rmse = 0, predicted = 0, actual } = own ?? {};
    expect({ mae: round(mae, 4), rmse: round(rmse, 5), predicted: Math.round(predicted) }).toEqual(score);
    expect(actual).toBe(19_684);
  });
});

describe("BG/NBD, by printed numbers", () => {
  const model = bgNbd({ r: 0.242594516, alpha: 4.413601992, a: 0.792921983, b: 2.425906567 });

  test.each([
    [0.1429, 0.0078],
    [1, 0.0532],
    [3, 0.1506],
    [31.857, 1.0405],
    [32, 1.0437],
    // Printed as 1.8576, which is what the first 150 terms of the series come to. All of them, by mpmath, are this.
    [78, 1.858],
  ])("in %d weeks a new customer buys %d times", (weeks, expected) => {
    expect(Number(model.expected(nobodyYet, weeks).toFixed(4))).toBe(expected);
  });

  test("a customer who bought twice, and chances of counts", () => {
    expect(model.expected(often, 39)).toBeCloseTo(1.226, 3);
    const paper = bgNbd({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
    expect(paper.chanceOf(0, 39)).toBeCloseTo(0.5737864, 7);
    expect(paper.chanceOf(10, 2)).toBeCloseTo(1.07869e-7, 12);
  });

  test("whoever did not buy again is alive for certain", () => {
    expect(model.alive(once)).toBe(1);
    expect(model.alive(often)).toBeLessThan(1);
  });
});

// Integrals over the chance to leave, by mpmath with 30 digits.
describe("MBG/NBD, by numerical integration", () => {
  const model = mbgNbd({ r: 0.5248, alpha: 6.1831, a: 0.8914, b: 1.614 });

  test.each([
    [1, 0.05305494076],
    [32, 1.03649602],
    [78, 1.803431565],
  ])("in %d weeks a new customer buys %d times", (weeks, expected) => {
    expect(model.expected(nobodyYet, weeks)).toBeCloseTo(expected, 8);
  });

  test("a customer who bought twice, and one who never came back", () => {
    expect(model.alive(often)).toBeCloseTo(0.706118000264, 11);
    expect(model.expected(often, 39)).toBeCloseTo(1.26262670585, 10);
    expect(model.alive(once)).toBeCloseTo(0.389724533257, 11);
    expect(model.expected(once, 39)).toBeCloseTo(0.153945160254, 11);
  });

  test.each([
    [{ r: 0.5, alpha: 4, a: 1, b: 2 }, 1.5272946853],
    [{ r: 0.5, alpha: 4, a: 0.3, b: 0.4 }, 1.8059915485],
    [{ r: 2_000, alpha: 1, a: 0.8, b: 2.4 }, 80.8367331213],
  ])("where the closed form has a gap or overflows: %o", (parameters, expected) => {
    expect(mbgNbd(parameters).expected(nobodyYet, 39)).toBeCloseTo(expected, 9);
  });
});

test.each([
  bgNbd({ r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4259 }),
  mbgNbd({ r: 0.5248, alpha: 6.1831, a: 0.8914, b: 1.614 }),
  nbd({ r: 0.3848, alpha: 12.072 }),
])("chances of all counts are one together, and their mean is what is expected", (model) => {
  const chances = Array.from({ length: 400 }, (_, count) => model.chanceOf(count, 52));
  expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 10);
  const mean = chances.reduce((sum, chance, count) => sum + chance * count, 0);
  expect(mean).toBeCloseTo(model.expected(nobodyYet, 52), 8);
});

// Public packages end far out on the edge without a word, or with an error.
describe("Online Retail", () => {
  const { histories, heldOut } = readOnlineRetail();

  test.each([
    ["the BG/NBD", fitBgNbd, bgNbd],
    ["the MBG/NBD", fitMbgNbd, mbgNbd],
  ] as const)("%s says that nobody leaves, and predicts what the NBD does", (_, fitModel, create) => {
    const fitted = fitModel(histories);
    expect(fitted.outcome).toEqual({ kind: "boundary", parameter: "a", meaning: "no customer ever leaves" });
    expect(fitted.standardErrors).toBeUndefined();
    const { parameters, outcome } = fitNbd(histories);
    expect(outcome).toEqual({ kind: "converged" });
    const [own, simple] = [fitted.parameters && create(fitted.parameters), parameters && nbd(parameters)];
    const errorOf = (model: typeof simple) =>
      scoreHoldout(heldOut, (history) => model?.expected(history, 184 / 7) ?? 0)?.mae;
    expect(errorOf(own)).toBeCloseTo(1.512, 3);
    expect(errorOf(simple)).toBeCloseTo(1.512, 3);
  });
});
