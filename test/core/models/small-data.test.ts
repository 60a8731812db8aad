import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bgNbd, fitBgNbd } from "../../../src/core/models/bg-nbd.ts";
import { createHistories } from "../../../src/core/models/histories.ts";
import { fitMbgNbd, mbgNbd } from "../../../src/core/models/mbg-nbd.ts";
import type { Fit, Histories, TransactionModel } from "../../../src/core/models/model.ts";
import { fitNbd, nbd } from "../../../src/core/models/nbd.ts";
import { historiesFrom } from "../../helpers/cdnow.ts";

const alike = (customers: number, frequency: number, recency: number, age: number) => ({
  ...{ history: { frequency, recency, age }, customers },
});

function fitAndCreate<Parameters extends object>(
  fitModel: (histories: Histories) => Fit<Parameters>,
  create: (parameters: Parameters) => TransactionModel,
) {
  return (histories: Histories) => {
    const fitted = fitModel(histories);
    return { ...fitted, predictions: fitted.parameters && create(fitted.parameters) };
  };
}

describe.each([
  ["the BG/NBD", fitAndCreate(fitBgNbd, bgNbd)],
  ["the MBG/NBD", fitAndCreate(fitMbgNbd, mbgNbd)],
  ["the NBD", fitAndCreate(fitNbd, nbd)],
] as const)("%s", (_, fitModel) => {
  test.each([
    [[], "There are fewer than two customers."],
    [[alike(1, 4, 20, 30)], "There are fewer than two customers."],
    [[alike(9, 0, 0, 30), alike(1, 0, 0, 0)], "Nobody has bought again."],
  ])("without signal it has no parameters: %o", (rows, reason) => {
    const { parameters, standardErrors, logLikelihood, outcome } = fitModel(historiesFrom(rows));
    expect([parameters, standardErrors, logLikelihood]).toEqual([undefined, undefined, undefined]);
    expect(outcome).toEqual({ kind: "no-signal", reason });
  });

  test.each([
    ["all are alike", [alike(30, 3, 20, 30)]],
    ["a giant", [alike(25, 0, 0, 30), alike(4, 1, 10, 30), alike(1, 900, 899, 900)]],
    ["all who came back did so on the last day", [alike(5, 0, 0, 30), alike(5, 1, 30, 30)]],
  ])("%s: finite, and said to be at an edge or converged", (_case, rows) => {
    const { parameters, logLikelihood, outcome } = fitModel(historiesFrom(rows));
    expect(["boundary", "converged"]).toContain(outcome.kind);
    for (const value of [logLikelihood, ...Object.values(parameters ?? { none: Number.NaN })]) {
      expect(value).toSatisfy(Number.isFinite);
    }
  });

  test("never a figure that is none, whatever 1 to 30 customers bought", () => {
    const purchase = fc.record({
      customerId: fc.integer({ min: 1, max: 30 }).map(String),
      day: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(0, 7, 400)),
    });
    const purchases = fc.array(purchase, { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(purchases, fc.constantFrom("day", "week"), (bought, unit) => {
        const { collapsed, ids, frequency, recency, age } = createHistories(bought, { until: 400, unit });
        const fitted = fitModel(collapsed);
        const { predictions: model } = fitted;
        if (!model || !fitted.parameters) return fitted.outcome.kind === "no-signal";
        const errors: object = fitted.standardErrors ?? {};
        const figures = [fitted.logLikelihood, ...Object.values(fitted.parameters), ...Object.values(errors)];
        const predictions = ids.slice(0, 3).flatMap((_, at) => {
          const history = { frequency: frequency[at] ?? 0, recency: recency[at] ?? 0, age: age[at] ?? 0 };
          return [0, 1, 5_000].map((duration) => [model.alive(history), model.expected(history, duration)]);
        });
        return (
          figures.every(Number.isFinite) &&
          predictions.every(
            ([alive = -1, expected = -1]) =>
              alive >= 0 && alive <= 1 && expected >= 0 && Number.isFinite(expected),
          )
        );
      }),
      { seed: 11, numRuns: process.env.PROVE ? 1_000 : 100 },
    );
  });
});

describe("edges have names", () => {
  test.each([
    ["the NBD", fitNbd, [alike(40, 3, 20, 30)], "every customer buys at the same rate"],
    ["the BG/NBD", fitBgNbd, [alike(40, 6, 29, 30), alike(40, 2, 28, 30)], "no customer ever leaves"],
    [
      "the BG/NBD",
      fitBgNbd,
      [alike(30, 1, 1, 300), alike(10, 0, 0, 300)],
      "every customer leaves at the first chance",
    ],
  ] as const)("%s", (_, fitModel, rows, meaning) => {
    const { outcome, standardErrors, parameters } = fitModel(historiesFrom(rows));
    expect(outcome).toMatchObject({ kind: "boundary", meaning });
    expect(standardErrors).toBeUndefined();
    expect(parameters).toBeDefined();
  });
});

test("the number of customers only sharpens: tenfold data have the same parameters and smaller errors", () => {
  const rows = [
    alike(12, 0, 0, 30),
    alike(5, 1, 3, 30),
    alike(4, 2, 25, 28),
    alike(3, 8, 12, 25),
    alike(2, 9, 24, 25),
  ];
  const [one, ten] = [1, 10].map((times) =>
    fitMbgNbd(historiesFrom(rows.map((row) => ({ ...row, customers: row.customers * times })))),
  );
  for (const name of ["r", "alpha", "a", "b"] as const) {
    expect((ten?.parameters?.[name] ?? 0) / (one?.parameters?.[name] ?? 1)).toBeCloseTo(1, 3);
    const shrunk = (one?.standardErrors?.[name] ?? 0) / (ten?.standardErrors?.[name] ?? 1);
    expect(shrunk).toBeCloseTo(Math.sqrt(10), 2);
  }
});
