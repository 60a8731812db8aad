/**
 * Rows for a logistic model: the same numbers in each, and of each category at most one level. Columns of the model are
 * the intercept, the numbers, then the levels of one category after the other. Only what is not 0 is kept, so that many
 * levels cost no more than few.
 */
export interface Design {
  readonly rows: number;
  /** Row by row; finite. */
  readonly numbers: Float64Array;
  readonly numberCount: number;
  /** Row by row: of each category the column of the level, or -1 for none. */
  readonly levels: Int32Array;
  readonly categoryCount: number;
  /** All columns, the intercept among them. */
  readonly columns: number;
}

export interface CategoryColumn {
  /** How many levels there are. */
  readonly levels: number;
  /** By row: which level; anything else, such as -1, for none. */
  readonly codes: ArrayLike<number>;
}

/** @param numbers by column, with a value for every row: gaps are filled and scales evened out before. */
export function createDesign(
  rows: number,
  numbers: readonly ArrayLike<number>[],
  categories: readonly CategoryColumn[],
): Design {
  const [numberCount, categoryCount] = [numbers.length, categories.length];
  const cells = new Float64Array(rows * numberCount);
  for (const [place, column] of numbers.entries()) {
    for (let row = 0; row < rows; row += 1) cells[row * numberCount + place] = column[row] ?? Number.NaN;
  }
  const levels = new Int32Array(rows * categoryCount);
  let columns = 1 + numberCount;
  for (const [place, { levels: count, codes }] of categories.entries()) {
    for (let row = 0; row < rows; row += 1) {
      const code = codes[row] ?? -1;
      levels[row * categoryCount + place] = code >= 0 && code < count ? columns + code : -1;
    }
    columns += count;
  }
  return { rows, numbers: cells, numberCount, levels, categoryCount, columns };
}

/** The log-odds of one row. */
export function linearPredictor(design: Design, weights: Float64Array, row: number): number {
  const { numbers, numberCount, levels, categoryCount } = design;
  const [firstNumber, firstLevel] = [row * numberCount, row * categoryCount];
  let sum = weights[0] ?? 0;
  for (let place = 0; place < numberCount; place += 1) {
    sum += (weights[1 + place] ?? 0) * (numbers[firstNumber + place] ?? 0);
  }
  for (let place = 0; place < categoryCount; place += 1) {
    const column = levels[firstLevel + place] ?? -1;
    if (column >= 0) sum += weights[column] ?? 0;
  }
  return sum;
}

/** The log-odds of every row. */
export function linearPredictors(design: Design, weights: Float64Array): Float64Array {
  const predictors = new Float64Array(design.rows);
  for (let row = 0; row < design.rows; row += 1) predictors[row] = linearPredictor(design, weights, row);
  return predictors;
}

/**
 * The variance of the log-odds of one row.
 *
 * @param covariance of the weights, row by row: see `weightCovariance`.
 */
export function predictionVariance(design: Design, covariance: Float64Array, row: number): number {
  const { numbers, numberCount, levels, categoryCount, columns } = design;
  const [firstNumber, firstLevel] = [row * numberCount, row * categoryCount];
  let variance = covariance[0] ?? 0;
  for (let place = 0; place < numberCount; place += 1) {
    const own = numbers[firstNumber + place] ?? 0;
    const line = (1 + place) * columns;
    let crossed = covariance[line] ?? 0;
    for (let other = 0; other < place; other += 1) {
      crossed += (covariance[line + 1 + other] ?? 0) * (numbers[firstNumber + other] ?? 0);
    }
    variance += own * (2 * crossed + own * (covariance[line + 1 + place] ?? 0));
  }
  for (let place = 0; place < categoryCount; place += 1) {
    const column = levels[firstLevel + place] ?? -1;
    if (column < 0) continue;
    const line = column * columns;
    let crossed = covariance[line] ?? 0;
    for (let other = 0; other < numberCount; other += 1) {
      crossed += (covariance[line + 1 + other] ?? 0) * (numbers[firstNumber + other] ?? 0);
    }
    for (let other = 0; other < place; other += 1) {
      const beside = levels[firstLevel + other] ?? -1;
      if (beside >= 0) crossed += covariance[line + beside] ?? 0;
    }
    variance += 2 * crossed + (covariance[line + column] ?? 0);
  }
  return variance;
}

/** The variance of the log-odds of every row. */
export function predictionVariances(design: Design, covariance: Float64Array): Float64Array {
  const variances = new Float64Array(design.rows);
  for (let row = 0; row < design.rows; row += 1) {
    variances[row] = predictionVariance(design, covariance, row);
  }
  return variances;
}

/** The chance that log-odds mean. */
export function chanceOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
