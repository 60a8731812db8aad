/**
 * Symmetric matrices, row by row in one array, by Cholesky's decomposition A = L · Lᵀ (Golub & Van Loan 2013, Matrix
 * Computations, section 4.2). Inner loops run along rows: that is what makes them quick.
 */
export type Factorisation =
  /** L, row by row; 0 above the diagonal. */
  | { readonly kind: "factor"; readonly lower: Float64Array }
  /** No such L: the matrix bends up, or not at all, in a direction that this column takes part in. */
  | { readonly kind: "not-positive-definite"; readonly column: number };

/** Share of a diagonal entry: less than this left of it is rounding. */
const lost = 1e-13;

/** @param matrix of which what is above the diagonal is not read. */
export function factorise(matrix: Float64Array, size: number): Factorisation {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    const line = row * size;
    for (let column = 0; column < row; column += 1) {
      const above = column * size;
      let rest = matrix[line + column] ?? 0;
      for (let k = 0; k < column; k += 1) rest -= (lower[line + k] ?? 0) * (lower[above + k] ?? 0);
      lower[line + column] = rest / (lower[above + column] ?? 0);
    }
    const diagonal = matrix[line + row] ?? 0;
    let rest = diagonal;
    for (let k = 0; k < row; k += 1) rest -= (lower[line + k] ?? 0) ** 2;
    if (!(rest > lost * diagonal && rest < Number.POSITIVE_INFINITY)) {
      return { kind: "not-positive-definite", column: row };
    }
    lower[line + row] = Math.sqrt(rest);
  }
  return { kind: "factor", lower };
}

/** The x with A · x = right. */
export function solve(lower: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const x = right.slice();
  for (let row = 0; row < size; row += 1) {
    let rest = x[row] ?? 0;
    for (let k = 0; k < row; k += 1) rest -= (lower[row * size + k] ?? 0) * (x[k] ?? 0);
    x[row] = rest / (lower[row * size + row] ?? 0);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    const own = (x[row] ?? 0) / (lower[row * size + row] ?? 0);
    x[row] = own;
    for (let k = 0; k < row; k += 1) x[k] = (x[k] ?? 0) - (lower[row * size + k] ?? 0) * own;
  }
  return x;
}

/** The inverse of A, all of it: the inverse of L times itself, transposed. */
export function invert(lower: Float64Array, size: number): Float64Array {
  const half = invertLower(lower, size);
  const inverse = new Float64Array(size * size);
  for (let k = 0; k < size; k += 1) {
    for (let row = 0; row <= k; row += 1) {
      const own = half[k * size + row] ?? 0;
      if (own !== 0) addTimes(inverse, row * size, half, k * size, own, row + 1);
    }
  }
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1) {
      inverse[column * size + row] = inverse[row * size + column] ?? 0;
    }
  }
  return inverse;
}

function invertLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    const line = row * size;
    const scale = 1 / (lower[line + row] ?? 0);
    for (let k = 0; k < row; k += 1) {
      addTimes(inverse, line, inverse, k * size, -scale * (lower[line + k] ?? 0), k + 1);
    }
    inverse[line + row] = scale;
  }
  return inverse;
}

/** Adds so many entries of one array, times a factor, to those of another. */
function addTimes(
  to: Float64Array,
  toFirst: number,
  from: Float64Array,
  fromFirst: number,
  factor: number,
  count: number,
): void {
  for (let k = 0; k < count; k += 1) {
    to[toFirst + k] = (to[toFirst + k] ?? 0) + factor * (from[fromFirst + k] ?? 0);
  }
}
