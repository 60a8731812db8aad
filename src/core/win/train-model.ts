import { type Calibration, fitCalibration } from "./calibrate.ts";
import { type Choice, chooseModel } from "./choose-model.ts";
import { chanceOf } from "./design.ts";
import { encodeTable, learnEncoding } from "./encode.ts";
import { fitLogisticParameters } from "./logistic-parameters.ts";
import { selectRows } from "./part-of-table.ts";
import { fitShrunkRates } from "./shrunk-rates.ts";
import type { WinModel } from "./win-model.ts";
import type { Outcomes, WinTable } from "./win-table.ts";

/** Without deals of both kinds there is nothing to choose by. */
const fewestOfEach = 10;

/** The same chance for every deal. */
export function trainBaseRate({ won }: Outcomes, rows: Int32Array): WinModel {
  const wins = rows.reduce((sum, row) => sum + (won[row] ?? 0), 0);
  // Of no deal, nothing is known.
  const baseRate = rows.length === 0 ? 0.5 : wins / rows.length;
  return { method: "base-rate", baseRate, deals: rows.length, won: wins, parameters: {} };
}

/**
 * Chooses a model and fits it, by the rows that are named only.
 *
 * @param mayBeBaseRate whether the base rate is among those that are chosen from.
 */
export function trainModel(
  table: WinTable,
  outcomes: Outcomes,
  rows: Int32Array,
  mayBeBaseRate: boolean,
): WinModel {
  const base = trainBaseRate(outcomes, rows);
  if (Math.min(base.won, base.deals - base.won) < fewestOfEach) return base;
  const encoding = learnEncoding(table, outcomes.won, rows);
  if (encoding.length === 0) return base;
  const design = encodeTable(encoding, table);
  const { candidate, told } = chooseModel(table, design, outcomes, rows, mayBeBaseRate);
  switch (candidate.method) {
    case "base-rate":
      return base;
    case "shrunk-rates": {
      const won = Uint8Array.from(rows, (row) => outcomes.won[row] ?? 0);
      const rates = fitShrunkRates(selectRows(table, rows), won);
      return { ...base, method: "shrunk-rates", parameters: { rates, calibration: calibrationOf(told) } };
    }
    case "logistic": {
      const fitted = fitLogisticParameters(design, outcomes.won, rows, { encoding, ...candidate });
      return { ...base, method: "logistic", parameters: { ...fitted, calibration: calibrationOf(told) } };
    }
  }
}

/** By shape only: how often deals are won is learned from all of them, and not from the latest, which were foretold. */
function calibrationOf({ logOdds, outcomes }: Choice["told"]): Calibration {
  const wins = outcomes.reduce((sum, won) => sum + won, 0);
  if (wins === 0 || wins === outcomes.length) return { kind: "none" };
  let shift = 0;
  // Newton's steps; the mean rises with the shift, steeply only where chances are not all near their ends.
  for (let step = 0; step < 50; step += 1) {
    const chances = logOdds.map((each) => chanceOf(each + shift));
    const missing = wins - chances.reduce((sum, chance) => sum + chance, 0);
    const slope = chances.reduce((sum, chance) => sum + chance * (1 - chance), 0);
    const width = Math.min(1, Math.max(-1, missing / Math.max(slope, 1e-9)));
    shift += width;
    if (Math.abs(width) < 1e-9) break;
  }
  return fitCalibration(
    logOdds.map((each) => chanceOf(each + shift)),
    outcomes,
  );
}
