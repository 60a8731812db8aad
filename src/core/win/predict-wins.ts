import jStat from "jstat";
import { calibrate } from "./calibrate.ts";
import { chanceOf } from "./design.ts";
import { encodeTable, featureOfColumns } from "./encode.ts";
import { logisticLogOdds } from "./logistic-parameters.ts";
import { rowOf } from "./part-of-table.ts";
import { type LogOdds, rateSteps, ratesOf } from "./shrunk-rates.ts";
import type { WinModel, WinPredictions, WinReason } from "./win-model.ts";
import { readLogistic, readRates } from "./win-parameters.ts";
import type { WinTable } from "./win-table.ts";

/** The normal quantile of an interval of 80 %. */
const reach = 1.2815515655446004;
const mostReasons = 3;
/** A smaller step in log-odds is no reason: it moves a chance by less than a percentage point. */
const leastPoints = 0.02;

/**
 * The chance of every deal of a table, with an interval of 80 % of that chance. Columns are found by their names: one that
 * is not there, or of another kind than it was, is not known of any deal.
 *
 * @throws ZodError for a model that was not made by `fitWinModel`.
 */
export function predictWins(model: WinModel, table: WinTable): WinPredictions {
  switch (model.method) {
    case "base-rate":
      return sameForAll(model, table.rows);
    case "shrunk-rates": {
      const { rates, calibration } = readRates(model);
      return calibrated(ratesOf(rates, table), (chances) => calibrate(calibration, chances));
    }
    case "logistic": {
      const parameters = readLogistic(model);
      return calibrated(logisticLogOdds(parameters, table), (chances) =>
        calibrate(parameters.calibration, chances),
      );
    }
  }
}

/**
 * At most three, the strongest first: what makes a deal's log-odds differ from the average deal's. None by the base rate.
 *
 * @param untold columns that are no reason, such as what all deals that are shown have in common.
 */
export function explainWin(
  model: WinModel,
  table: WinTable,
  row: number,
  untold: readonly string[] = [],
): readonly WinReason[] {
  const one = rowOf(table, row);
  return stepsOf(model, one)
    .filter(({ name, points }) => Math.abs(points) >= leastPoints && !untold.includes(name))
    .toSorted((left, right) => Math.abs(right.points) - Math.abs(left.points))
    .slice(0, mostReasons)
    .map(({ name, points }) => ({ feature: name, value: featureValue(one, name), points }));
}

/** Of a table with one row. */
function stepsOf(
  model: WinModel,
  one: WinTable,
): readonly { readonly name: string; readonly points: number }[] {
  switch (model.method) {
    case "base-rate":
      return [];
    case "shrunk-rates":
      return rateSteps(readRates(model).rates, one);
    case "logistic": {
      const { encoding, weights, means } = readLogistic(model);
      const { numbers, levels } = encodeTable(encoding, one);
      const own = new Float64Array(weights.length);
      own.set(numbers, 1);
      for (const column of levels) if (column >= 0) own[column] = 1;
      const points = new Float64Array(encoding.length);
      for (const [column, at] of featureOfColumns(encoding).entries())
        if (at >= 0)
          points[at] =
            (points[at] ?? 0) + (weights[column] ?? 0) * ((own[column] ?? 0) - (means[column] ?? 0));
      return encoding.map(({ coding }, at) => ({ name: coding.name, points: points[at] ?? 0 }));
    }
  }
}

/** A rate lies in its beta distribution, before which half a deal of each kind was seen (Jeffreys). */
function sameForAll({ baseRate, deals, won }: WinModel, rows: number): WinPredictions {
  const [alpha, beta] = [won + 0.5, deals - won + 0.5];
  // That all ended alike so far does not make the next certain.
  const chance = won > 0 && won < deals ? baseRate : alpha / (alpha + beta);
  const [low, high] = [jStat.beta.inv(0.1, alpha, beta), jStat.beta.inv(0.9, alpha, beta)];
  return {
    probability: new Float64Array(rows).fill(chance),
    low: new Float64Array(rows).fill(Math.min(low, chance)),
    high: new Float64Array(rows).fill(Math.max(high, chance)),
  };
}

/** Intervals are those of the log-odds, on the scale of chances. */
function calibrated(
  { logOdds, variances }: LogOdds,
  calibrateAll: (chances: Float64Array) => Float64Array,
): WinPredictions {
  const at = (deviations: number) =>
    calibrateAll(
      logOdds.map((each, row) => chanceOf(each + deviations * Math.sqrt(Math.max(0, variances[row] ?? 0)))),
    );
  return { probability: at(0), low: at(-reach), high: at(reach) };
}

function featureValue({ features }: WinTable, name: string): string | number | undefined {
  const feature = features.find((each) => each.name === name);
  if (feature?.kind === "category") return feature.levels[feature.codes[0] ?? -1];
  const value = feature?.values[0];
  return Number.isFinite(value) ? value : undefined;
}
