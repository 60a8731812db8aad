import { type Design, linearPredictor } from "./design.ts";

/** The rows that weights are judged on, and what large weights cost. */
export interface LogisticRows {
  readonly design: Design;
  /** The rows that count; all without. One may be there twice. */
  readonly rows?: Int32Array;
  /** By row of the design, how much it counts; all alike without. */
  readonly rowWeights?: ArrayLike<number>;
  /** By row of the design, log-odds that are added to those of the weights. */
  readonly offsets?: ArrayLike<number>;
  /** By column: λ in λ/2 · w². */
  readonly penalties: Float64Array;
}

export interface LogisticTask extends LogisticRows {
  /** By row of the design: 0, 1, or a share. */
  readonly outcomes: ArrayLike<number>;
}

/** Weights, and how they do. */
export interface Judged {
  readonly weights: Float64Array;
  /** Log-odds, by place in `rows`. */
  readonly predictors: Float64Array;
  readonly logLikelihood: number;
  /** The log-likelihood without what the weights cost. */
  readonly value: number;
  /** Of the value, by column. */
  readonly gradient: Float64Array;
}

export function judge(task: LogisticTask, weights: Float64Array): Judged {
  const { design, outcomes, rows, rowWeights, penalties } = task;
  const { numbers, numberCount, levels, categoryCount } = design;
  const predictors = predictorsAt(task, weights);
  const gradient = new Float64Array(design.columns);
  let [logLikelihood, overall] = [0, 0];
  for (let at = 0; at < predictors.length; at += 1) {
    const row = rows ? (rows[at] ?? 0) : at;
    const rowWeight = rowWeights ? (rowWeights[row] ?? 0) : 1;
    const outcome = outcomes[row] ?? 0;
    const predictor = predictors[at] ?? 0;
    const small = Math.exp(-Math.abs(predictor));
    logLikelihood += rowWeight * (outcome * predictor - Math.max(0, predictor) - Math.log1p(small));
    const surprise = rowWeight * (outcome - (predictor > 0 ? 1 : small) / (1 + small));
    overall += surprise;
    const [firstNumber, firstLevel] = [row * numberCount, row * categoryCount];
    for (let place = 0; place < numberCount; place += 1) {
      gradient[1 + place] = (gradient[1 + place] ?? 0) + surprise * (numbers[firstNumber + place] ?? 0);
    }
    for (let place = 0; place < categoryCount; place += 1) {
      const column = levels[firstLevel + place] ?? -1;
      if (column >= 0) gradient[column] = (gradient[column] ?? 0) + surprise;
    }
  }
  gradient[0] = overall;
  let value = logLikelihood;
  for (let column = 0; column < design.columns; column += 1) {
    const [weight, penalty] = [weights[column] ?? 0, penalties[column] ?? 0];
    value -= (penalty / 2) * weight ** 2;
    gradient[column] = (gradient[column] ?? 0) - penalty * weight;
  }
  return { weights, predictors, logLikelihood, value, gradient };
}

/** The log-odds of the rows that count, by place in `rows`. */
export function predictorsAt(task: LogisticRows, weights: Float64Array): Float64Array {
  const { design, rows, offsets } = task;
  const predictors = new Float64Array(rows ? rows.length : design.rows);
  for (let at = 0; at < predictors.length; at += 1) {
    const row = rows ? (rows[at] ?? 0) : at;
    predictors[at] = linearPredictor(design, weights, row) + (offsets ? (offsets[row] ?? 0) : 0);
  }
  return predictors;
}

/**
 * How the value bends down, a square matrix of which only what is not above the diagonal is filled. Numbers are crossed
 * with numbers and with the levels of their row, which lie along one line each; levels with levels by single additions.
 *
 * @param predictors of the weights at which it is asked for: see `predictorsAt`.
 */
export function curvatureAt(task: LogisticRows, predictors: Float64Array): Float64Array {
  const { design, rows, rowWeights, penalties } = task;
  const { numbers, numberCount, levels, categoryCount, columns } = design;
  const curvature = new Float64Array(columns * columns);
  // Of the row: what the intercept and the numbers add, and in which columns it has its levels.
  const own = new Float64Array(1 + numberCount);
  const active = new Int32Array(categoryCount);
  for (let at = 0; at < predictors.length; at += 1) {
    const row = rows ? (rows[at] ?? 0) : at;
    const small = Math.exp(-Math.abs(predictors[at] ?? 0));
    const bend = ((rowWeights ? (rowWeights[row] ?? 0) : 1) * small) / (1 + small) ** 2;
    if (bend === 0) continue;
    own[0] = bend;
    curvature[0] = (curvature[0] ?? 0) + bend;
    for (let place = 1; place <= numberCount; place += 1) {
      const number = numbers[row * numberCount + place - 1] ?? 0;
      own[place] = bend * number;
      const line = place * columns;
      curvature[line] = (curvature[line] ?? 0) + bend * number;
      for (let other = 1; other <= place; other += 1) {
        const crossed = number * (own[other] ?? 0);
        curvature[line + other] = (curvature[line + other] ?? 0) + crossed;
      }
    }
    let count = 0;
    for (let place = 0; place < categoryCount; place += 1) {
      const column = levels[row * categoryCount + place] ?? -1;
      if (column < 0) continue;
      active[count] = column;
      count += 1;
      const line = column * columns;
      for (let other = 0; other <= numberCount; other += 1) {
        curvature[line + other] = (curvature[line + other] ?? 0) + (own[other] ?? 0);
      }
      for (let other = 0; other < count; other += 1) {
        const cell = line + (active[other] ?? 0);
        curvature[cell] = (curvature[cell] ?? 0) + bend;
      }
    }
  }
  for (let column = 0; column < columns; column += 1) {
    const cell = column * columns + column;
    curvature[cell] = (curvature[cell] ?? 0) + (penalties[column] ?? 0);
  }
  return curvature;
}

/** How many outcomes count, and how many of them are wins, both by weight. */
export function countOutcomes(task: LogisticTask): { readonly total: number; readonly won: number } {
  const { design, outcomes, rows, rowWeights } = task;
  const count = rows ? rows.length : design.rows;
  let [total, won] = [0, 0];
  for (let at = 0; at < count; at += 1) {
    const row = rows ? (rows[at] ?? 0) : at;
    const rowWeight = rowWeights ? (rowWeights[row] ?? 0) : 1;
    total += rowWeight;
    won += rowWeight * (outcomes[row] ?? 0);
  }
  return { total, won };
}
