import { createRandom, drawNormal, type Random } from "../src/core/random.ts";
import { chanceOf } from "../src/core/win/design.ts";
import { encodeTable, learnEncoding } from "../src/core/win/encode.ts";
import { fitWinModel } from "../src/core/win/fit-win-model.ts";
import { judge } from "../src/core/win/logistic-likelihood.ts";
import { predictWins } from "../src/core/win/predict-wins.ts";
import type { WinModel } from "../src/core/win/win-model.ts";
import type { Feature, WinTable } from "../src/core/win/win-table.ts";
import type { Column, Row } from "./report.ts";
import type { Measure } from "./run-parts.ts";
import { median } from "./statistics.ts";

const columns: readonly Column[] = [
  { key: "what", title: "one thread" },
  { key: "deals", title: "deals" },
  { key: "columns", title: "columns" },
  { key: "seconds", title: "s", digits: 3 },
  { key: "pass", title: "one pass s", digits: 3 },
  { key: "passes", title: "passes", digits: 1 },
  { key: "limit", title: "limit s" },
];

/** What was promised for 100,000 deals with 40 columns. */
const [limitDeals, fitLimit, predictLimit] = [100_000, 10, 1];
/** Half of the columns numbers, half categories; every fifth tells something. */
const [columnCount, levelCount, missing] = [40, 10, 0.05];

/** From the table to a calibrated model with its evaluation, and from that to chances with intervals. */
export const measureWin: Measure = async ({ deals, repeats }, { tell, show }) => {
  const { table, won, at } = simulate(createRandom(deals), deals);
  const rows = Int32Array.from({ length: deals }, (_, row) => row);
  const design = encodeTable(learnEncoding(table, won, rows), table);
  const penalties = new Float64Array(design.columns);
  let weight = 0;
  const pass = secondsOf(repeats, () => {
    // A hair beside the last time, so that nothing can be kept.
    weight += 1e-9;
    judge({ design, outcomes: won, penalties }, new Float64Array(design.columns).fill(weight));
  });
  const measured: Row[] = [];
  const measure = (what: string, limit: number, work: () => void) => {
    const seconds = secondsOf(repeats, work);
    const isPromised = deals === limitDeals;
    measured.push({
      ...{ what, deals, columns: columnCount, seconds, pass, passes: seconds / pass },
      ...(isPromised && { limit }),
    });
    tell(`${what} of ${deals}: ${seconds.toFixed(2)} s`);
  };
  let model: WinModel = fitWinModel({ rows: 0, features: [] }, { won: new Uint8Array() }).model;
  measure("fit, calibration and evaluation, by time", fitLimit, () => {
    model = fitWinModel(table, { won, at }).model;
  });
  measure("fit, calibration and evaluation, by folds", fitLimit, () => {
    model = fitWinModel(table, { won }).model;
  });
  measure(`chances with intervals (${model.method})`, predictLimit, () => void predictWins(model, table));
  show({
    title: "Win model",
    columns,
    rows: measured,
    notes: [
      `Medians. One pass: the likelihood of a logistic model and its slope once over every deal, ${design.columns} weights.`,
    ],
  });
};

function simulate(random: Random, deals: number) {
  const logOdds = new Float64Array(deals).fill(-0.5);
  const add = (row: number, step: number) => {
    logOdds[row] = (logOdds[row] ?? 0) + step;
  };
  const features = Array.from({ length: columnCount }, (_, place): Feature => {
    const effect = place % 5 === 0 ? 0.5 : 0;
    const name = `column ${place}`;
    if (place < columnCount / 2) {
      const values = logOdds.map(() => (random() < missing ? Number.NaN : drawNormal(random)));
      for (const [row, value] of values.entries()) if (!Number.isNaN(value)) add(row, effect * value);
      return { kind: "number", name, values };
    }
    const steps = Array.from({ length: levelCount }, () => effect * drawNormal(random));
    const codes = Int32Array.from(logOdds, () =>
      random() < missing ? -1 : Math.floor(levelCount * random()),
    );
    for (const [row, code] of codes.entries()) add(row, steps[code] ?? 0);
    return { kind: "category", name, levels: steps.map((_step, level) => `level ${level}`), codes };
  });
  const table: WinTable = { rows: deals, features };
  const won = Uint8Array.from(logOdds, (each) => Number(random() < chanceOf(each)));
  return { table, won, at: Float64Array.from(won, (_, row) => row) };
}

function secondsOf(repeats: number, work: () => void): number {
  const taken = Array.from({ length: repeats }, () => {
    const startMs = performance.now();
    work();
    return (performance.now() - startMs) / 1_000;
  });
  return median(taken) ?? 0;
}
