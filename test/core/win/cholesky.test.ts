import fc from "fast-check";
import { expect, test } from "vitest";
import { factorise, invert, solve } from "../../../src/core/win/cholesky.ts";

/** B · Bᵀ + a little of the identity, which is positive definite whatever B is. */
const matrices = fc
  .integer({ min: 1, max: 6 })
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      entries: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size * size, maxLength: size * size }),
      right: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size }),
    }),
  )
  .map(({ size, entries, right }) => {
    const matrix = Float64Array.from({ length: size * size }, (_, cell) => {
      const [row, column] = [Math.floor(cell / size), cell % size];
      let sum = row === column ? 0.5 : 0;
      for (let k = 0; k < size; k += 1)
        sum += (entries[row * size + k] ?? 0) * (entries[column * size + k] ?? 0);
      return sum;
    });
    return { size, matrix, right: Float64Array.from(right) };
  });

function times(matrix: Float64Array, vector: Float64Array): number[] {
  const size = vector.length;
  return Array.from(vector, (_, row) =>
    vector.reduce((sum, each, column) => sum + (matrix[row * size + column] ?? 0) * each, 0),
  );
}

function lowerOf(matrix: Float64Array, size: number): Float64Array {
  const factor = factorise(matrix, size);
  if (factor.kind !== "factor") throw new Error(`Column ${factor.column} is not positive definite.`);
  return factor.lower;
}

// Oracle: Golub & Van Loan (2013), theorem 4.2.7, by an example that can be done by hand.
test("a matrix is its factor times the factor transposed", () => {
  const matrix = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);
  expect([...lowerOf(matrix, 3)]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
});

test("what is above the diagonal is not read", () => {
  const matrix = Float64Array.of(4, Number.NaN, Number.NaN, 12, 37, Number.NaN, -16, -43, 98);
  expect([...lowerOf(matrix, 3)]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
});

test("solutions solve, and the inverse is their matrix", () => {
  fc.assert(
    fc.property(matrices, ({ size, matrix, right }) => {
      const lower = lowerOf(matrix, size);
      const solution = solve(lower, right);
      const inverse = invert(lower, size);
      const largest = Math.max(1, ...solution.map(Math.abs));
      for (const [row, value] of times(matrix, solution).entries()) {
        expect(Math.abs(value - (right[row] ?? 0))).toBeLessThan(1e-8 * largest);
      }
      for (const [row, value] of times(inverse, right).entries()) {
        expect(Math.abs(value - (solution[row] ?? 0))).toBeLessThan(1e-8 * largest);
      }
      for (let cell = 0; cell < size * size; cell += 1) {
        expect(inverse[cell]).toBe(inverse[(cell % size) * size + Math.floor(cell / size)]);
      }
    }),
    { seed: 8 },
  );
});

test.each([
  { name: "bends up", matrix: [1, 2, 2, 1], column: 1 },
  { name: "is level in one direction", matrix: [1, 2, 2, 4], column: 1 },
  { name: "is empty", matrix: [0, 0, 0, 0], column: 0 },
  { name: "is not a number somewhere", matrix: [1, 0, Number.NaN, 1], column: 1 },
  { name: "is not finite somewhere", matrix: [Number.POSITIVE_INFINITY, 0, 0, 1], column: 0 },
])("a matrix that $name is refused by its column", ({ matrix, column }) => {
  expect(factorise(Float64Array.from(matrix), 2)).toEqual({ kind: "not-positive-definite", column });
});
