import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { fitWinModel } from "../../../src/core/win/fit-win-model.ts";
import { auc } from "../../../src/core/win/measures.ts";
import { selectRows } from "../../../src/core/win/part-of-table.ts";
import { predictWins } from "../../../src/core/win/predict-wins.ts";
import type { WinModel } from "../../../src/core/win/win-model.ts";
import type { Outcomes, WinTable } from "../../../src/core/win/win-table.ts";
import { fitPlainLogistic, plainAuc } from "../../helpers/plain-logistic.ts";
import { simulateDeals } from "../../helpers/simulated-deals.ts";

const proving = process.env.PROVE !== undefined;

function between(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, at) => from + at);
}

function part(table: WinTable, { won, at }: Outcomes, rows: Int32Array) {
  return {
    table: selectRows(table, rows),
    won: Uint8Array.from(rows, (row) => won[row] ?? 0),
    at: Float64Array.from(rows, (row) => at?.[row] ?? Number.NaN),
  };
}

// Oracle: the chances that the deals were drawn from.
test.for(["time", "folds"] as const)(
  "tells new deals nearly as well as their true chances do, by %s",
  (split) => {
    const { table, outcomes, chances } = simulateDeals(split, { rows: 12_000, effect: 0.5, missing: 0.05 });
    const shown = part(table, outcomes, between(0, 6_000));
    const { model, evaluation } = fitWinModel(
      shown.table,
      split === "time" ? { won: shown.won, at: shown.at } : { won: shown.won },
    );
    const rows = between(6_000, 12_000);
    const hidden = part(table, outcomes, rows);
    const told = predictWins(model, hidden.table).probability;
    const best =
      auc(
        Array.from(rows, (row) => chances[row] ?? 0),
        hidden.won,
      ) ?? 0;
    expect(best).toBeGreaterThan(0.7);
    expect(auc(told, hidden.won)).toBeGreaterThan(best - 0.01);
    expect(evaluation).toMatchObject({ split, method: "logistic", signal: true });
    expect(evaluation.tested).toBe(split === "time" ? 1_800 : 6_000);
    // What was said of deals not shown holds of these, which nobody was shown, but for chance.
    expect(Math.abs((evaluation.auc ?? 0) - (auc(told, hidden.won) ?? 0))).toBeLessThan(0.04);
    const foretold = told.reduce((sum, chance) => sum + chance, 0) / told.length;
    const came = hidden.won.reduce((sum, won) => sum + won, 0) / told.length;
    expect(Math.abs(foretold - came)).toBeLessThan(0.02);
  },
);

// Oracle: an independent dense logistic regression by gradient steps.
test("is as good as a plain logistic regression on all columns", () => {
  const { table, outcomes } = simulateDeals("plain", { rows: 4_000, effect: 0.4, categories: 2 });
  const { evaluation } = fitWinModel(table, outcomes);
  const rows = Array.from({ length: 4_000 }, (_, row) =>
    table.features.flatMap((feature) =>
      feature.kind === "number"
        ? [feature.values[row] ?? 0]
        : feature.levels.map((_, level) => Number(feature.codes[row] === level)),
    ),
  );
  const won = Array.from(outcomes.won);
  const chance = fitPlainLogistic(rows.slice(0, 2_800), won.slice(0, 2_800));
  const plain = plainAuc(rows.slice(2_800).map(chance), won.slice(2_800));
  expect(plain).toBeGreaterThan(0.7);
  expect(Math.abs((evaluation.auc ?? 0) - plain)).toBeLessThan(0.01);
});

test("intervals of 80 % hold the true chance of at least about so many deals", () => {
  let [held, deals] = [0, 0];
  for (let seed = 0; seed < (proving ? 60 : 8); seed += 1) {
    const { table, outcomes, chances } = simulateDeals(seed, { rows: 1_500, effect: 0.6 });
    const { model } = fitWinModel(table, outcomes);
    const { low, high } = predictWins(model, table);
    for (const [row, chance] of chances.entries()) {
      deals += 1;
      held += Number((low[row] ?? 1) <= chance && chance <= (high[row] ?? 0));
    }
  }
  expect(held / deals).toBeGreaterThan(0.74);
  expect(held / deals).toBeLessThan(0.92);
});

test("says that there is no signal in noise, and tells the base rate", () => {
  const runs = proving ? 1_000 : 200;
  let signals = 0;
  for (let seed = 0; seed < runs; seed += 1) {
    const intercept = 3 * createRandom(seed)() - 1.5;
    const { table, outcomes } = simulateDeals(`noise ${seed}`, {
      rows: 300,
      effect: 0,
      missing: 0.05,
      intercept,
    });
    const { model, evaluation, excluded } = fitWinModel(
      table,
      seed % 2 === 0 ? outcomes : { won: outcomes.won },
    );
    signals += Number(evaluation.signal);
    expect(excluded).toEqual([]);
    if (!evaluation.signal) expect(model.method).toBe("base-rate");
  }
  expect(signals / runs).toBeLessThanOrEqual(0.05);
});

test("a base rate that drifts is no signal by itself", () => {
  const { table, outcomes } = simulateDeals("drift", { rows: 4_000, effect: 0 });
  const random = createRandom("drifting");
  const won = outcomes.won.map((_, row) => Number(random() < 0.3 + (0.4 * row) / 4_000));
  const { evaluation } = fitWinModel(table, { won, at: outcomes.at });
  expect(evaluation.signal).toBe(false);
  expect(evaluation.baseRate).toBeCloseTo(0.5, 1);
  expect(evaluation.logLoss).toBeCloseTo(evaluation.baseLogLoss, 2);
});

test.for([
  { deals: 0, wins: 0 },
  { deals: 1, wins: 1 },
  { deals: 60, wins: 30 },
  { deals: 500, wins: 24 },
  { deals: 500, wins: 500 },
])("$wins wins of $deals deals are too few: the base rate stands, and says so", ({ deals, wins }) => {
  const { table, outcomes } = simulateDeals("few", { rows: deals, effect: 1 });
  const won = new Uint8Array(deals).map((_, row) => Number(row < wins));
  const fit = fitWinModel(table, { won, at: outcomes.at });
  expect(fit.model).toMatchObject({ method: "base-rate", deals, won: wins });
  expect(fit.evaluation).toMatchObject({ method: "base-rate", signal: false });
  for (const each of [fit.evaluation.brier, fit.evaluation.logLoss, fit.evaluation.gain, fit.model.baseRate])
    expect(Number.isFinite(each)).toBe(true);
});

test("a stored model tells the same", () => {
  const { table, outcomes } = simulateDeals("stored", { rows: 1_500, effect: 0.8, missing: 0.1 });
  const { model } = fitWinModel(table, outcomes);
  const stored: WinModel = JSON.parse(JSON.stringify(model));
  expect(model.method).not.toBe("base-rate");
  expect(predictWins(stored, table)).toEqual(predictWins(model, table));
});

test("a number that bends is told by its fifths", () => {
  const random = createRandom("bend");
  const values = new Float64Array(3_000).map(() => 4 * random() - 2);
  // Won in the middle, lost at both ends: no line tells that.
  const won = Uint8Array.from(values, (value) => Number(random() < (Math.abs(value) < 0.8 ? 0.8 : 0.2)));
  const table: WinTable = { rows: 3_000, features: [{ kind: "number", name: "size", values }] };
  const { evaluation } = fitWinModel(table, { won });
  expect(evaluation.signal).toBe(true);
  expect(evaluation.auc).toBeGreaterThan(0.7);
});

test("what holds only of two columns together is told by shrunk rates", () => {
  const random = createRandom("together");
  const column = (name: string) => ({
    ...{ kind: "category" as const, name, levels: ["a", "b", "c", "d"] },
    codes: new Int32Array(3_000).map(() => Math.floor(4 * random())),
  });
  const [one, other] = [column("industry"), column("source")];
  const won = Uint8Array.from(one.codes, (code, row) =>
    Number(
      random() <
        (code === 0 ? ((other.codes[row] ?? 0) < 2 ? 0.95 : 0.35) : (other.codes[row] ?? 0) < 2 ? 0.25 : 0.5),
    ),
  );
  const { model, evaluation } = fitWinModel({ rows: 3_000, features: [one, other] }, { won });
  expect(model.method).toBe("shrunk-rates");
  expect(evaluation.signal).toBe(true);
});
