import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom, drawNormal } from "../../../src/core/random.ts";
import { chanceOf, createDesign, type Design, linearPredictors } from "../../../src/core/win/design.ts";
import { fitLogistic, type LogisticOptions, weightCovariance } from "../../../src/core/win/logistic.ts";
import { dense, designs } from "./dense-design.ts";

function standardErrors(design: Design, weights: Float64Array, options: LogisticOptions): number[] {
  const covariance = weightCovariance(design, weights, options) ?? new Float64Array();
  return Array.from(weights, (_, column) =>
    Math.sqrt(covariance[column * (design.columns + 1)] ?? Number.NaN),
  );
}

// Oracle: Milicer & Szczotka (1966), ages of 3,918 girls; weights and errors as in Venables & Ripley (2002), section 7.2.
test("menarche by age, of grouped rows", () => {
  const ages = [
    9.21, 10.21, 10.58, 10.83, 11.08, 11.33, 11.58, 11.83, 12.08, 12.33, 12.58, 12.83, 13.08, 13.33, 13.58,
    13.83, 14.08, 14.33, 14.58, 14.83, 15.08, 15.33, 15.58, 15.83, 17.58,
  ];
  const girls = [
    376, 200, 93, 120, 90, 88, 105, 111, 100, 93, 100, 108, 99, 106, 105, 117, 98, 97, 120, 102, 122, 111, 94,
    114, 1049,
  ];
  const reached = [
    0, 0, 0, 2, 2, 5, 10, 17, 16, 29, 39, 51, 47, 67, 81, 88, 79, 90, 113, 95, 117, 107, 92, 112, 1049,
  ];
  const design = createDesign(ages.length, [ages], []);
  const options = { penalty: 0, rowWeights: girls };
  const fit = fitLogistic(
    design,
    reached.map((some, row) => some / (girls[row] ?? 0)),
    options,
  );
  expect(fit.outcome).toEqual({ kind: "converged" });
  expect([...fit.weights].map((weight) => weight.toFixed(5))).toEqual(["-21.22639", "1.63197"]);
  expect(standardErrors(design, fit.weights, options).map((error) => error.toFixed(4))).toEqual([
    "0.7707",
    "0.0590",
  ]);
});

// Oracle: Bickel, Hammel & O'Connell (1975), admissions to Berkeley; weights and errors of R's glm (admitted ~ gender + department).
test("admission by gender and department, against the first of each", () => {
  const admitted = [512, 89, 353, 17, 120, 202, 138, 131, 53, 94, 22, 24];
  const rejected = [313, 19, 207, 8, 205, 391, 279, 244, 138, 299, 351, 317];
  const cells = admitted.map((_, cell) => cell);
  const design = createDesign(
    24,
    [],
    [
      { levels: 1, codes: [...cells, ...cells].map((cell) => (cell % 2) - 1) },
      { levels: 5, codes: [...cells, ...cells].map((cell) => Math.floor(cell / 2) - 1) },
    ],
  );
  const options = { penalty: 0, rowWeights: [...admitted, ...rejected] };
  const outcomes = [...cells.map(() => 1), ...cells.map(() => 0)];
  const { weights } = fitLogistic(design, outcomes, options);
  const published = [0.58205, 0.09987, -0.0434, -1.2626, -1.29461, -1.73931, -3.30648];
  const errors = [0.06899, 0.08085, 0.10984, 0.10663, 0.10582, 0.12611, 0.16998];
  for (const [column, error] of standardErrors(design, weights, options).entries()) {
    expect(weights[column]).toBeCloseTo(published[column] ?? 0, 4);
    expect(error).toBeCloseTo(errors[column] ?? 0, 4);
  }
});

interface Setting {
  readonly cells: readonly (readonly number[])[];
  readonly outcomes: readonly number[];
  readonly rows: readonly number[];
  readonly rowWeights: readonly number[];
  readonly offsets: readonly number[];
  readonly penalties: readonly number[];
}

/** The gradient by all cells, those that are 0 too. */
function denseGradient({ cells, outcomes, ...setting }: Setting, weights: ArrayLike<number>): number[] {
  const gradient = setting.penalties.map((penalty, column) => -penalty * (weights[column] ?? 0));
  for (const row of setting.rows) {
    const own = cells[row] ?? [];
    const predictor = own.reduce((sum, cell, column) => sum + cell * (weights[column] ?? 0), 0);
    const chance = 1 / (1 + Math.exp(-predictor - (setting.offsets[row] ?? 0)));
    for (const [column, cell] of own.entries()) {
      const surprise = (setting.rowWeights[row] ?? 0) * ((outcomes[row] ?? 0) - chance);
      gradient[column] = (gradient[column] ?? 0) + surprise * cell;
    }
  }
  return gradient;
}

const settings = designs.chain((design) => {
  const each = <Cell>(cell: fc.Arbitrary<Cell>, length = design.rows) =>
    fc.array(cell, { minLength: length, maxLength: length });
  return fc.record({
    design: fc.constant(design),
    outcomes: each(fc.constantFrom(0, 1)),
    rows: fc.array(fc.nat(design.rows - 1), { minLength: 1, maxLength: 60 }),
    rowWeights: each(fc.constantFrom(0.5, 1, 3)),
    offsets: each(fc.constantFrom(-1, 0, 0.5)),
    penalties: each(fc.constantFrom(0.1, 1, 10), design.columns),
    from: each(fc.constantFrom(-30, -1, 0, 2), design.columns),
  });
});

// Oracle: the first and second derivatives by plain sums over dense rows, the second by differences. The value is strictly
// concave, so that a point without a slope is the maximum.
test("fits of any rows, weights, offsets and penalties are at the maximum, wherever they start", () => {
  let converged = 0;
  fc.assert(
    fc.property(settings, ({ design, from, ...drawn }) => {
      const options = {
        penalty: Float64Array.from(drawn.penalties),
        rows: Int32Array.from(drawn.rows),
        rowWeights: drawn.rowWeights,
        offsets: drawn.offsets,
      };
      const start = { weights: Float64Array.from(from) };
      const [fit, again] = [{ ...options }, { ...options, start }].map((each) =>
        fitLogistic(design, drawn.outcomes, each),
      );
      expect(fit?.weights.every(Number.isFinite)).toBe(true);
      if (!fit || !again || fit.outcome.kind !== "converged") {
        const seen = new Set(drawn.rows.map((row) => drawn.outcomes[row]));
        expect([fit?.outcome.kind, seen.size]).toEqual(["one-outcome", 1]);
        return;
      }
      converged += 1;
      const penalties = drawn.penalties.map((penalty, column) => (column === 0 ? 0 : penalty));
      const setting: Setting = { ...drawn, cells: dense(design), penalties };
      for (const slope of denseGradient(setting, fit.weights)) expect(Math.abs(slope)).toBeLessThan(1e-5);
      for (const [column, weight] of again.weights.entries()) {
        expect(weight).toBeCloseTo(fit.weights[column] ?? 0, 4);
      }
      const covariance = weightCovariance(design, fit.weights, options) ?? new Float64Array();
      expectInverse(covariance, design.columns, (column) => {
        const [less, more] = [-1e-5, 1e-5].map((width) =>
          denseGradient(
            setting,
            fit.weights.map((weight, place) => weight + (place === column ? width : 0)),
          ),
        );
        return (less ?? []).map((slope, place) => (slope - (more?.[place] ?? 0)) / 2e-5);
      });
    }),
    { seed: 8 },
  );
  expect(converged).toBeGreaterThan(50);
});

function expectInverse(inverse: Float64Array, size: number, columnAt: (column: number) => number[]): void {
  for (let column = 0; column < size; column += 1) {
    const bends = columnAt(column);
    for (let row = 0; row < size; row += 1) {
      const product = bends.reduce((sum, bend, k) => sum + (inverse[row * size + k] ?? 0) * bend, 0);
      expect(product).toBeCloseTo(row === column ? 1 : 0, 4);
    }
  }
}

/** A team of reps: what a deal is like matters, and who sells it. */
function simulateTeam(seed: number, reps: number, deals: number) {
  const random = createRandom(seed);
  const rows = reps * deals;
  const numbers = [0, 1].map(() => Float64Array.from({ length: rows }, () => drawNormal(random)));
  const codes = Int32Array.from({ length: rows }, () => Math.floor(random() * 5) - 1);
  const design = createDesign(rows, numbers, [{ levels: 4, codes }]);
  const truth = Float64Array.of(-1, 0.8, -0.4, 0.5, -0.5, 1, 0);
  const won = linearPredictors(design, truth).map((each) => Number(random() < chanceOf(each)));
  return { design, won, truth, repOf: Int32Array.from({ length: rows }, (_, row) => row % reps) };
}

test("without one rep's deals, a fit from that of all is the fit from nothing", () => {
  const { design, won, repOf } = simulateTeam(8, 6, 60);
  const all = fitLogistic(design, won, { penalty: 1 });
  const covariance = weightCovariance(design, all.weights, { penalty: 1 });
  if (!covariance) throw new Error("All weights are penalised, so that there is a covariance.");
  for (let rep = 0; rep < 6; rep += 1) {
    const rows = Int32Array.from(repOf.keys()).filter((row) => repOf[row] !== rep);
    const cold = fitLogistic(design, won, { penalty: 1, rows });
    const warm = fitLogistic(design, won, {
      penalty: 1,
      rows,
      start: { weights: all.weights, covariance },
    });
    expect(warm.outcome).toEqual({ kind: "converged" });
    for (const [column, weight] of cold.weights.entries()) {
      expect(warm.weights[column]).toBeCloseTo(weight, 6);
    }
  }
});

test("regions of 95 % hold the truth in about 95 % of samples", () => {
  let [held, asked] = [0, 0];
  for (let seed = 0; seed < 60; seed += 1) {
    const { design, won, truth } = simulateTeam(seed, 10, 80);
    const { weights } = fitLogistic(design, won, { penalty: 1e-6 });
    for (const [column, error] of standardErrors(design, weights, { penalty: 1e-6 }).entries()) {
      asked += 1;
      if (Math.abs((weights[column] ?? 0) - (truth[column] ?? 0)) < 1.96 * error) held += 1;
    }
  }
  expect(held / asked).toBeGreaterThan(0.91);
  expect(held / asked).toBeLessThan(0.985);
});

test("what is passed is not changed, and the intercept has no penalty", () => {
  const design = createDesign(4, [], []);
  const [penalty, start] = [Float64Array.of(1e9), { weights: Float64Array.of(0.3) }];
  const fit = fitLogistic(design, Object.freeze([1, 0, 0, 0]), { penalty, start });
  expect(fit.weights[0]).toBeCloseTo(Math.log(1 / 3), 9);
  expect([penalty[0], start.weights[0]]).toEqual([1e9, 0.3]);
  expect(fit.logLikelihood).toBeCloseTo(Math.log(0.25) + 3 * Math.log(0.75), 9);
});

test("where all ended alike the base rate is told, short of certainty", () => {
  const design = createDesign(9, [[1, 2, 3, 4, 5, 6, 7, 8, 9]], []);
  const fit = fitLogistic(design, new Array(9).fill(1), { penalty: 1 });
  expect(fit.outcome).toEqual({ kind: "one-outcome" });
  expect(chanceOf(fit.weights[0] ?? 0)).toBeCloseTo(9.5 / 10, 9);
  expect(fit.weights[1]).toBe(0);
});

test("of no rows nothing is known", () => {
  const design = createDesign(2, [[1, 2]], []);
  const fit = fitLogistic(design, [0, 1], { penalty: 1, rows: new Int32Array() });
  expect(fit.outcome).toEqual({ kind: "one-outcome" });
  expect([...fit.weights]).toEqual([0, 0]);
  expect(
    weightCovariance(design, fit.weights, { penalty: 1, rows: new Int32Array() }),
    "the intercept is open",
  ).toBeUndefined();
});

test.each([
  { reason: "separated", numbers: [[1, 2, 3, 4, 5, 6]], won: [0, 0, 0, 1, 1, 1] },
  { reason: "separated", numbers: [[0, 0, 0, 0, 1, 1]], won: [0, 1, 0, 1, 1, 1] },
  {
    reason: "singular",
    numbers: [
      [1, 2, 3, 4, 5, 6],
      [2, 4, 6, 8, 10, 12],
    ],
    won: [0, 1, 0, 1, 0, 1],
  },
  { reason: "singular", numbers: [[7, 7, 7, 7, 7, 7]], won: [0, 1, 0, 1, 0, 1] },
  { reason: "not-finite", numbers: [[1, 2, 3, Number.NaN, 5, 6]], won: [0, 1, 0, 1, 0, 1] },
  { reason: "not-finite", numbers: [[1, 2, 3, Number.POSITIVE_INFINITY, 5, 6]], won: [0, 1, 0, 1, 0, 1] },
])("$numbers, without a penalty, are $reason", ({ reason, numbers, won }) => {
  const design = createDesign(6, numbers, []);
  const fit = fitLogistic(design, won, { penalty: 0 });
  expect(fit.outcome).toEqual({ kind: "did-not-converge", reason });
  expect(fit.weights.every(Number.isFinite)).toBe(true);
});

test("a penalty ends what would go on for ever, whatever the scale", () => {
  for (const scale of [1e-4, 1, 1e4]) {
    const design = createDesign(
      6,
      [[1, 2, 3, 4, 5, 6].map((each) => each * scale), [2, 4, 6, 8, 10, 12].map((each) => each * scale)],
      [],
    );
    const fit = fitLogistic(design, [0, 0, 0, 1, 1, 1], { penalty: 1 });
    expect(fit.outcome).toEqual({ kind: "converged" });
    expect(fit.weights[1]).toBeGreaterThan(0);
    // Of two columns that say the same, the one that needs smaller weights says more of it.
    expect((fit.weights[2] ?? 0) / (fit.weights[1] ?? 1)).toBeCloseTo(2, 5);
  }
});
