import type { ValueAndGradient } from "./maximise.ts";

/** Relative change of a parameter over which slopes are compared. */
const width = 1e-5;

/**
 * The standard errors of parameters above 0 at a maximum of a log-likelihood: the observed information is taken on
 * their logarithms, by differences of the gradient, inverted, and brought back by the delta method. Undefined where the
 * value does not bend down in every direction, as on a ridge.
 */
export function standardErrors(
  at: Float64Array,
  valueAndGradient: ValueAndGradient,
): Float64Array | undefined {
  const information = observedInformation(at, valueAndGradient);
  const variances = invertedDiagonal(information, at.length);
  if (!variances) return undefined;
  return at.map((value, i) => value * Math.sqrt(variances[i] ?? 0));
}

/** To one side only: the gradients are exact, so that five digits are left, and the data are passed half as often. */
function observedInformation(at: Float64Array, valueAndGradient: ValueAndGradient): Float64Array {
  const size = at.length;
  const information = new Float64Array(size * size);
  const slopesAt = (x: Float64Array) => {
    const gradient = new Float64Array(size);
    valueAndGradient(x, gradient);
    return gradient.map((each, j) => each * (x[j] ?? 0));
  };
  const top = slopesAt(at);
  for (let i = 0; i < size; i += 1) {
    const beside = slopesAt(at.map((each, k) => (k === i ? each * Math.exp(width) : each)));
    for (let j = 0; j < size; j += 1) {
      const bend = ((top[j] ?? 0) - (beside[j] ?? 0)) / width;
      // Half to each side of the diagonal, so that the matrix is symmetric.
      information[i * size + j] = (information[i * size + j] ?? 0) + bend / 2;
      information[j * size + i] = (information[j * size + i] ?? 0) + bend / 2;
    }
  }
  return information;
}

/** The diagonal of the inverse, by Cholesky's decomposition; undefined unless the matrix is safely positive definite. */
function invertedDiagonal(matrix: Float64Array, size: number): Float64Array | undefined {
  const entry = (values: Float64Array, row: number, column: number) => values[row * size + column] ?? 0;
  const lower = new Float64Array(size * size);
  const inverse = new Float64Array(size * size);
  const diagonal = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let rest = entry(matrix, row, column);
      for (let k = 0; k < column; k += 1) rest -= entry(lower, row, k) * entry(lower, column, k);
      if (row === column && !(rest > 1e-8 * entry(matrix, row, row))) return undefined;
      lower[row * size + column] = row === column ? Math.sqrt(rest) : rest / entry(lower, column, column);
    }
  }
  for (let column = 0; column < size; column += 1) {
    for (let row = column; row < size; row += 1) {
      let rest = row === column ? 1 : 0;
      for (let k = column; k < row; k += 1) rest -= entry(lower, row, k) * entry(inverse, k, column);
      inverse[row * size + column] = rest / entry(lower, row, row);
      diagonal[column] = (diagonal[column] ?? 0) + entry(inverse, row, column) ** 2;
    }
  }
  return diagonal;
}
