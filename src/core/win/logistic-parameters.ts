import { type Design, linearPredictors, predictionVariances } from "./design.ts";
import { type Encoding, encodeTable } from "./encode.ts";
import { fitLogistic, weightCovariance } from "./logistic.ts";
import type { LogOdds } from "./shrunk-rates.ts";
import type { LogisticParameters } from "./win-parameters.ts";
import type { WinTable } from "./win-table.ts";

/**
 * How large the penalty should be is known but roughly, and one that is too large makes intervals too narrow: they are those of
 * a penalty so many times smaller, the next of those that are tried.
 */
const penaltyDoubt = 4;

/** What a logistic model that was fitted to some rows is stored as: enough digits to tell chances, not more. */
export function fitLogisticParameters(
  design: Design,
  won: Uint8Array,
  rows: Int32Array,
  {
    encoding,
    penalty,
    start,
  }: { readonly encoding: Encoding; readonly penalty: number; readonly start: Float64Array },
): Omit<LogisticParameters, "calibration"> {
  const { weights } = fitLogistic(design, won, { penalty, rows, start: { weights: start } });
  const covariance = weightCovariance(design, weights, { penalty: penalty / penaltyDoubt, rows });
  const triangle = Array.from({ length: design.columns }, (_, row) =>
    Array.from({ length: row + 1 }, (_each, column) =>
      rounded(covariance?.[row * design.columns + column] ?? 0),
    ),
  );
  return {
    encoding,
    penalty,
    weights: Array.from(weights, rounded),
    means: Array.from(meansOf(design, rows), rounded),
    covariance: triangle.flat(),
  };
}

/** Of every row of a table, before calibration. */
export function logisticLogOdds(parameters: LogisticParameters, table: WinTable): LogOdds {
  const design = encodeTable(parameters.encoding, table);
  const { columns } = design;
  const square = new Float64Array(columns * columns);
  for (let row = 0, at = 0; row < columns; row += 1)
    for (let column = 0; column <= row; column += 1, at += 1) {
      const own = parameters.covariance[at] ?? 0;
      square[row * columns + column] = own;
      square[column * columns + row] = own;
    }
  return {
    logOdds: linearPredictors(design, Float64Array.from(parameters.weights)),
    variances: predictionVariances(design, square),
  };
}

function meansOf(
  { numbers, numberCount, levels, categoryCount, columns }: Design,
  rows: Int32Array,
): Float64Array {
  const sums = new Float64Array(columns);
  for (const row of rows) {
    for (let at = 0; at < numberCount; at += 1)
      sums[1 + at] = (sums[1 + at] ?? 0) + (numbers[row * numberCount + at] ?? 0);
    for (let at = 0; at < categoryCount; at += 1) {
      const column = levels[row * categoryCount + at] ?? -1;
      if (column >= 0) sums[column] = (sums[column] ?? 0) + 1;
    }
  }
  const means = sums.map((sum) => sum / rows.length);
  means[0] = 1;
  return means;
}

function rounded(value: number): number {
  return Number(value.toPrecision(9));
}
